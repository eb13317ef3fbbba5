"""Fixtures shared by the tests: a small course with one assignment of three cells, ready to release."""

import importlib
import os
import shutil
from pathlib import Path

import hypothesis
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

# A busy machine is slow now and then; that is no property of the code.
hypothesis.settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("unhurried")

# The quickest sandbox for whatever test doesn't choose one by name; tests/emgrader/sandbox tries them all.
os.environ.setdefault("EMGRADER_ENGINE", "bubblewrap")

PROJECT = Path(__file__).resolve().parents[1]
SOLUTION = "def add(a, b):\n    ### BEGIN SOLUTION\n    return a + b\n    ### END SOLUTION"
TEST = (
    "assert add(1, 2) == 3, 'add(1, 2) should be 3'\n"
    "### BEGIN HIDDEN TESTS\n"
    "assert add(20, 22) == 42, 'add fails for larger numbers'\n"
    "### END HIDDEN TESTS"
)


def graded(cell, grade_id, *, grade=False, solution=False, locked=False, points=None):
    """Give a cell nbgrader's metadata."""
    cell.metadata["nbgrader"] = {
        "grade": grade, "solution": solution, "locked": locked, "task": False,
        "grade_id": grade_id, "schema_version": 3,
    }  # fmt: skip
    if points is not None:
        cell.metadata["nbgrader"]["points"] = points
    return cell


def mini_source():
    """An instructor's notebook: one function, its test (3 points), one question for a person (2 points)."""
    nb = new_notebook(
        cells=[
            new_markdown_cell("# Adding", id="title"),
            graded(new_code_cell(SOLUTION, id="add"), "add", solution=True),
            graded(new_code_cell(TEST, id="add-test"), "add_test", grade=True, locked=True, points=3),
            graded(
                new_markdown_cell(
                    "Why?\n\n=== BEGIN MARK SCHEME ===\nbecause\n=== END MARK SCHEME ===", id="why"
                ),
                "why",
                grade=True,
                solution=True,
                points=2,
            ),  # fmt: skip
        ]
    )
    nb.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nb


def _write_course(root):
    (root / "source" / "mini").mkdir(parents=True)
    nbformat.write(mini_source(), root / "source" / "mini" / "mini.ipynb")
    settings = (
        "from emgrader import configure\nc = get_config()\nc.CourseDirectory.course_id = 'mini-course'\n"
    )
    settings += "configure(c)\n"
    (root / "nbgrader_config.py").write_text(settings)


@pytest.fixture
def mini_course(tmp_path):
    """A course folder with the assignment `mini` in source/ and the examiner."""
    _write_course(tmp_path / "course")
    return tmp_path / "course"


@pytest.fixture(scope="session")
def _released_once(tmp_path_factory):
    from emgrader.course import open_course
    from emgrader.release import generate

    root = tmp_path_factory.mktemp("released") / "course"
    _write_course(root)
    with open_course(root) as course:
        generate(course, "mini")
    return root


@pytest.fixture
def released_course(_released_once, tmp_path):
    """`mini_course` after its release (made once: a new gradebook takes nbgrader seconds)."""
    shutil.copytree(_released_once, tmp_path / "released")
    return tmp_path / "released"


@pytest.fixture
def mini_release():
    """What students of `mini` get, as a notebook, without running nbgrader."""
    nb = mini_source()
    nb.cells[1].source = "def add(a, b):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
    nb.cells[2].source = "assert add(1, 2) == 3, 'add(1, 2) should be 3'"
    nb.cells[3].source = "Why?"
    return nb


@pytest.fixture
def write_notebook():
    """Write a notebook into a file, folders and all; returns the path."""

    def write(nb, path, encoding="utf-8", before=b""):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(before + nbformat.writes(nb).encode(encoding))
        return path

    return write


def tree(folder):
    """All files below a folder with their bytes: to show that nothing changed."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def require(condition, why):
    """Skip a test whose needs this machine doesn't meet; a failure where EMLAB_REQUIRE_ALL=1 (CI)."""
    if condition:
        return
    if os.environ.get("EMLAB_REQUIRE_ALL") == "1":
        pytest.fail(f"required here (EMLAB_REQUIRE_ALL=1): {why}")
    pytest.skip(why)


def needed(module):
    """An oracle's module; see `require` where it is not installed."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        require(False, f"{module} ({error})")
