"""The walk through a notebook in a real sandbox: order, replay after a kernel's end, limits, surroundings."""

import os
import socket
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from emgrader.examiner import Context, Timeouts, examine
from emgrader.examiner import walk as walk_module
from emgrader.examiner.walk import walk
from emgrader.sandbox import SandboxError, get_engine
from tests.conftest import require
from tests.emgrader.small_course import graded


@pytest.fixture(autouse=True)
def sandbox():
    try:
        get_engine("auto")
    except SandboxError as error:
        require(False, str(error))


def notebook(*cells):
    """Sources; those that start with "test:" become test cells."""
    made = []
    for number, source in enumerate(cells):
        if source.startswith("test:"):
            cell = new_code_cell(source.removeprefix("test:"))
            made.append(graded(cell, f"test{number}", grade=True, locked=True, points=1))
        else:
            made.append(new_code_cell(source))
    return new_notebook(cells=[new_markdown_cell("text"), *made])


def context(**options):
    return Context("a/student01/n", packages=(), **options)


def passed(outcome):
    return [cell.passed for cell in outcome.cells if cell is not None and cell.passed is not None]


def keys(outcome):
    return [event.key.removeprefix("event.") for event in outcome.events]


def test_tests_see_what_is_above_them():
    nb = notebook("x = 1", "test:assert x == 1", "x = 2", "test:assert x == 2", "test:assert y == 1", "y = 1")
    outcome = walk(nb, context())
    assert passed(outcome) == [True, True, False] and outcome.events == []
    assert outcome.engine == "bubblewrap" and len(outcome.cells) == 7 and outcome.cells[0] is None


def test_after_a_kernels_end_the_cells_above_run_again_without_the_one_that_ended_it():
    nb = notebook(
        "runs = [1]\nprint('once')",
        "import os\nos._exit(1)",
        "runs.append(2)",
        "test:assert runs == [1, 2]",
        "def end(): os._exit(1)\nimport os",
        "test:end()",
        "runs.append(3)",
        "test:assert runs == [1, 2, 3]",
    )
    outcome = walk(nb, context())
    assert passed(outcome) == [True, False, True]
    assert keys(outcome) == ["cell_died", "call_died"]
    assert outcome.cells[1].outputs[0]["text"] == "once\n"
    assert "number 3" in outcome.events[0].text and "test5" in outcome.events[1].text


def test_a_cell_that_fails_does_not_stop_the_rest():
    outcome = walk(notebook("def (", "1 / 0", "x = 1", "test:assert x == 1"), context())
    assert passed(outcome) == [True] and outcome.events == []
    assert outcome.cells[1].outputs[0]["ename"] == "SyntaxError"


def test_a_notebook_that_keeps_ending_its_kernel_is_given_up(monkeypatch):
    monkeypatch.setattr(walk_module, "MAX_STARTS", 2)
    die = "import os\nos._exit(1)"
    outcome = walk(
        notebook("x = 1", "test:assert x == 1", die, die, "test:assert x == 1", "test:1"), context()
    )
    assert passed(outcome) == [True, False, False]
    assert keys(outcome) == ["cell_died", "cell_died", "gave_up"]
    assert "was not checked" in outcome.cells[5].outputs[0]["evalue"]


def test_the_notebooks_time_is_bounded():
    nb = notebook("import time", *["time.sleep(1)"] * 20, "test:1")
    outcome = walk(nb, context(timeouts=Timeouts(notebook=3)))
    assert passed(outcome) == [False] and keys(outcome)[-1] == "gave_up" and outcome.seconds < 15


def test_a_kernel_that_ends_behind_the_examiners_back():
    nb = notebook(
        "import os, threading\nx = 1\nthreading.Timer(0.3, os._exit, [1]).start()",
        "test:import time\ntime.sleep(1)\nassert x == 1",
        "test:assert x == 1",
    )
    assert passed(walk(nb, context())) == [False, True]


def test_the_seed_is_in_the_examiner_and_not_in_the_sandbox():
    nb = notebook(
        "import os\nseen = sorted(os.environ)",
        "test:import os\nassert os.environ['EMGRADER_SEED'] == 'abc'\nassert 'EMGRADER_SEED' not in seen",
    )
    assert passed(walk(nb, context(seed="abc"))) == [True]
    assert "EMGRADER_SEED" not in os.environ


class Broker:
    """Opens sockets that say whose they are."""

    def __init__(self):
        self.open_now = {}

    def open(self, submission, directory):
        server = socket.socket(socket.AF_UNIX)
        path = Path(directory) / "socket"
        server.bind(str(path))
        path.chmod(0o666)
        server.listen()
        self.open_now[submission] = server
        return path

    def close(self, submission):
        self.open_now.pop(submission).close()


def test_sandbox_and_examiner_have_a_socket_each():
    broker = Broker()
    connect = "import os, socket\ns = socket.socket(socket.AF_UNIX)\ns.connect(os.environ['EMLAB_BROKER'])\n"
    nb = notebook(
        connect + "place = os.environ['EMLAB_BROKER']",
        f"test:{connect}assert os.environ['EMLAB_BROKER'] != place",
    )
    assert passed(walk(nb, context(broker=broker))) == [True]
    assert broker.open_now == {} and "EMLAB_BROKER" not in os.environ


def test_responses_that_no_model_gave_are_told_by_row():
    nb = notebook(
        "import pandas as pd\n"
        "said = ['yes', 'no', 'yes']\n"
        "table = pd.DataFrame({'run_id': 'r', 'model': 'mock:constant/yes', 'condition': 'c', "
        "'prompt': 'p', 'response': said, 'parsed': said, 'gold': 'yes'})",
        "test:import random\nfrom emlab import checks\n"
        "assert not checks.reask(table, 3, random.Random(0)), 'other answers'",
    )
    outcome = walk(nb, context(distributions=("pandas",)))
    assert passed(outcome) == [False]
    assert [event.text for event in outcome.events] == [
        "test1: Asked again, the models say something else in 1 of 3 responses: rows 1, counted from 0."
    ]


def test_a_finished_result_is_used_again(tmp_path):
    nb = notebook("import random\nprint(random.random())", "test:1")
    first = examine(nb, context(results=tmp_path, seed="s"))
    second = examine(nb, context(results=tmp_path, seed="s"))
    assert not first.cached and second.cached and first.cells == second.cells
    (entry,) = tmp_path.iterdir()
    entry.write_text("spoilt")
    third = examine(nb, context(results=tmp_path, seed="s"))
    assert not third.cached and third.cells != first.cells


def test_no_sandbox_no_result(monkeypatch):
    def refuse(name, image):
        raise SandboxError("none here")

    monkeypatch.setattr(walk_module, "get_engine", refuse)
    with pytest.raises(SandboxError, match="none here"):
        walk(notebook("test:1"), context())


def test_without_cells():
    assert walk(new_notebook(), context()).cells == []
