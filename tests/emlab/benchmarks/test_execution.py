"""Programs that models write: what passes, and what the limits stop."""

import os
import sys
import time

import pytest

from emlab.benchmarks import humaneval
from emlab.benchmarks.execution import run_program

posix = pytest.mark.skipif(os.name != "posix", reason="limits of the system")


@pytest.mark.parametrize(
    "program, reason",
    [
        ("assert 1 + 1 == 2", ""),
        ("def f(): return 3\nassert f() == 4", "AssertionError"),
        ("import sys; sys.exit(0)", "SystemExit"),
        ("import os; os._exit(0)", "ended early"),
        ("def f(:", "SyntaxError"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("print('x' * 10**6)", ""),
        ("print('passed', flush=True); import os; os._exit(0)", "ended early"),
        ("input()", "EOFError"),
        ("x = 1\x00", "Error"),
        ("'\ud800'", "Error"),
    ],
)
def test_a_program_passes_if_it_comes_to_its_end(program, reason):
    outcome = run_program(program)
    assert outcome.passed == (reason == "")
    assert reason in outcome.reason


def test_time_is_bounded():
    started = time.monotonic()
    assert run_program("while True: pass", seconds=1.0).reason == "timed out"
    assert time.monotonic() - started < 30


@posix
@pytest.mark.parametrize(
    "program",
    [
        "x = bytearray(4 * 2**30)",
        "open('big', 'wb').write(bytes(8 * 2**20))",
        "files = [open('f%d' % i, 'w') for i in range(200)]",
    ],
)
def test_memory_and_files_are_bounded(program):
    assert not run_program(program).passed


@posix
def test_the_environment_and_the_folder_are_empty(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hidden")
    assert run_program(
        "import os; assert 'SECRET_KEY' not in os.environ; assert os.listdir('.') == []"
    ).passed


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="namespaces are Linux's")
def test_there_is_no_network_where_it_says_so():
    program = "import socket; socket.create_connection(('127.0.0.1', 1), timeout=2)"
    outcome = run_program(program)
    assert not outcome.passed
    # even the machine's own addresses are gone: "unreachable", not "refused"
    assert ("unreachable" in outcome.reason) == outcome.isolated


def test_humaneval_s_own_solutions_pass(data):
    docs = humaneval.docs()
    assert len(docs) == 164
    for doc in docs[::8]:
        assert humaneval.passes(doc["prompt"] + doc["canonical_solution"], doc), doc["item_id"]


def test_a_wrong_solution_does_not_pass(data):
    for doc in humaneval.docs()[:5]:
        assert not humaneval.passes(doc["prompt"] + "    return None\n", doc)


def test_the_task_scores_pass_at_1(data):
    task = humaneval.TASKS[0]
    doc = humaneval.docs()[2]
    (metric,), (chosen,) = task.metric_list, task.filter_list
    right, wrong = doc["canonical_solution"], "    return 0\n"
    scores = [metric.score(chosen.apply(text, doc), "", doc) for text in (right, wrong)]
    assert scores == [1.0, 0.0]
