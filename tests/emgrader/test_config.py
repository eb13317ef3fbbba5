"""Two lines in nbgrader_config.py are enough, with stock nbgrader's commands and marks."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell

from tests.emgrader.small_course import CONFIG, SOLVED, STOCK, SmallCourse, graded, source_notebook

PARTIAL = graded(
    new_code_cell("0.5 * (mean([2, 4]) == 3)"), "partial_test", grade=True, locked=True, points=1
)
TABLE_TEST = """\
import pytest
assert table.equals(pd.DataFrame({"a": [1, 2]})), "the table should hold 1 and 2"
### BEGIN HIDDEN TESTS
with pytest.raises(ZeroDivisionError):
    mean([])
assert isinstance(np.sum(table["a"]), np.integer), "the table should hold integers"
### END HIDDEN TESTS"""
TABLE = graded(new_code_cell("# YOUR CODE HERE"), "table", solution=True)
EXTRA = (TABLE, graded(new_code_cell(TABLE_TEST), "table_test", grade=True, locked=True, points=2), PARTIAL)
IMPORTS = "import numpy as np, pandas as pd\n"
HONEST = {
    "all": {**SOLVED, "table": IMPORTS + "table = pd.DataFrame({'a': [1, 2]})"},
    "nothing": {},
    "wrong": {
        **SOLVED,
        "double": "def double(x):\n    return 4",
        "table": IMPORTS + "table = pd.DataFrame({'a': [1., 2.]})",
    },
    "syntax": {
        **SOLVED,
        "mean": "def mean(values) return 1",
        "table": "import pandas as pd, numpy as np\ntable = None",
    },
    "raising": {
        "double": "def double(x):\n    raise KeyError(x)",
        "mean": "import statistics\nmean = statistics.mean",
    },
}


@pytest.fixture(scope="module")
def courses(tmp_path_factory):
    """The same course with the examiner and with nbgrader's own preprocessors."""
    folder = tmp_path_factory.mktemp("config")
    made = [
        SmallCourse(folder / name, source_notebook(EXTRA), text)
        for name, text in (("ours", CONFIG), ("stock", STOCK))
    ]
    for course in made:
        for student, sources in HONEST.items():
            course.submit(student, sources)
            (result,) = course.autograde(student)
            assert result["success"], result["log"]
    return made


@pytest.mark.parametrize("student", HONEST)
def test_honest_work_gets_the_same_marks(courses, student):
    ours, stock = courses
    assert ours.scores(student) == stock.scores(student)


def test_full_marks(courses):
    assert courses[0].scores("all") == {
        "double_test": 2, "mean_test": 3, "thoughts": 0, "table_test": 2, "partial_test": 0.5,
    }  # fmt: skip


def test_a_second_run_takes_the_finished_results(courses):
    ours = courses[0]
    before = {path: path.stat().st_mtime_ns for path in (ours.root / ".emgrader" / "results").iterdir()}
    cells = ours.graded("wrong").cells
    started = time.monotonic()
    assert ours.autograde("wrong")[0]["success"]
    assert time.monotonic() - started < 10
    assert {
        path: path.stat().st_mtime_ns for path in (ours.root / ".emgrader" / "results").iterdir()
    } == before
    assert ours.graded("wrong").cells == cells


def test_a_warning_costs_nothing(courses):
    """Where stock nbgrader gives no points for anything on stderr."""
    ours = courses[0]
    noisy = "import sys\ndef double(x):\n    print('a warning', file=sys.stderr)\n    return 2 * x"
    ours.submit("noisy", {**HONEST["all"], "double": noisy})
    assert ours.autograde("noisy")[0]["success"]
    assert ours.scores("noisy")["double_test"] == 2


def test_the_command_line(courses):
    ours = courses[0]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    ours.submit("cli", HONEST["all"])
    for command in (["autograde", "small", "--student=cli"], ["generate_feedback", "small", "--student=cli"]):
        done = subprocess.run(
            [Path(sys.executable).with_name("nbgrader"), *command],
            cwd=ours.root,
            capture_output=True,
            text=True,
            env=environment,
        )
        assert done.returncode == 0, done.stderr
    assert ours.scores("cli") == ours.scores("all")
    assert (ours.root / "feedback" / "cli" / "small" / "small.html").exists()


def test_importing_emgrader_is_cheap():
    code = "import sys, emgrader; print(sys.modules.keys() & {'nbgrader', 'zmq', 'numpy', 'traitlets'})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
