"""A small nbgrader course for tests: release, submit, autograde, feedback through nbgrader's own API."""

import copy
import logging
import os
import sys
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook
from nbgrader.apps import NbGrader, NbGraderAPI

from tests import conftest

# nbgrader starts the program `alembic`, which lies beside Python.
os.environ["PATH"] = os.pathsep.join([os.path.dirname(sys.executable), os.environ.get("PATH", "")])

CANARY = "canary-hidden-4711"  # in the hidden tests; must never be seen by a student
CONFIG = (
    "from emgrader import configure\nc = get_config()\nc.CourseDirectory.course_id = 'small'\nconfigure(c)\n"
)
STOCK = "c = get_config()\nc.CourseDirectory.course_id = 'small'\n"

DOUBLE = "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION"
DOUBLE_TEST = f"""\
assert double(2) == 4, "double(2) should be 4"
### BEGIN HIDDEN TESTS
canary = "{CANARY}"
for number in (31337, 27182):
    assert double(number) == 2 * number, "double fails for a large number"
### END HIDDEN TESTS"""
MEAN = "def mean(values):\n    ### BEGIN SOLUTION\n    return sum(values) / len(values)\n    ### END SOLUTION"
MEAN_TEST = f"""\
assert mean([1, 3]) == 2, "mean([1, 3]) should be 2"
### BEGIN HIDDEN TESTS
secret = "{CANARY}"
assert mean([271, 828, 182]) == 427, "mean fails for three numbers"
### END HIDDEN TESTS"""


def graded(cell, grade_id, **marks):
    """Give a cell nbgrader's metadata, and an id like them."""
    cell["id"] = grade_id.replace("_", "-")
    return conftest.graded(cell, grade_id, **marks)


def source_notebook(extra=()):
    """The instructor's notebook: two functions with a test each (2 and 3 points), a question (4 points)."""
    cells = [
        graded(new_markdown_cell("# Small"), "title", locked=True),
        graded(new_code_cell(DOUBLE), "double", solution=True),
        graded(new_code_cell(DOUBLE_TEST), "double_test", grade=True, locked=True, points=2),
        graded(new_code_cell(MEAN), "mean", solution=True),
        graded(new_code_cell(MEAN_TEST), "mean_test", grade=True, locked=True, points=3),
        graded(new_markdown_cell("Your thoughts."), "thoughts", grade=True, solution=True, points=4),
        *extra,
    ]
    nb = new_notebook(cells=cells)
    nb.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nb


SOLVED = {
    "double": "def double(x):\n    return 2 * x",
    "mean": "def mean(values):\n    return sum(values) / len(values)",
}


def grade_id(cell):
    """A cell's grade_id, or None."""
    return cell.metadata.get("nbgrader", {}).get("grade_id")


class SmallCourse:
    """A course folder at `root` with the assignment `small`, released."""

    def __init__(self, root, nb=None, config=CONFIG):
        self.root = Path(root)
        folder = self.root / "source" / "small"
        folder.mkdir(parents=True)
        nbformat.write(nb or source_notebook(), folder / "small.ipynb")
        (self.root / "nbgrader_config.py").write_text(config)
        result = self.call("generate_assignment", "small", force=True)
        assert result["success"], result
        self.released = nbformat.read(self.root / "release" / "small" / "small.ipynb", as_version=4)

    def call(self, command, *args, **options):
        """One nbgrader API command in this process; its result dict."""
        before = os.getcwd()
        os.chdir(self.root)
        app = NbGrader()
        try:
            app.initialize([], root=str(self.root))
            app.log.setLevel(logging.CRITICAL)
            return getattr(NbGraderAPI(app.coursedir, parent=app), command)(*args, **options)
        finally:
            app.reset()
            os.chdir(before)

    def submit(self, student, sources=None, added=(), change=None, files=None):
        """Hand in the released notebook: new sources by grade_id, cells added at the end, files beside it.

        `change` is a function that gets the notebook and may do anything to it.
        """
        nb = copy.deepcopy(self.released)
        for cell in nb.cells:
            if grade_id(cell) in (sources or {}):
                cell.source = sources[grade_id(cell)]
        nb.cells += [new_code_cell(source, id=f"added-{n}") for n, source in enumerate(added)]
        if change is not None:
            change(nb)
        folder = self.root / "submitted" / student / "small"
        folder.mkdir(parents=True, exist_ok=True)
        nbformat.write(nb, folder / "small.ipynb")
        for name, content in (files or {}).items():
            (folder / name).write_text(content)
        return folder

    def autograde(self, student="*", force=True):
        """Run nbgrader autograde for one student or all."""
        students = (
            [student] if student != "*" else sorted(p.name for p in (self.root / "submitted").iterdir())
        )
        return [self.call("autograde", "small", name, force=force) for name in students]

    def scores(self, student):
        """grade_id → points by machine (None where a person must mark)."""
        with Gradebook(f"sqlite:///{self.root}/gradebook.db", "small") as gradebook:
            notebook = gradebook.find_submission_notebook("small", "small", student)
            return {grade.cell.name: grade.auto_score for grade in notebook.grades}

    def comments(self, student):
        """grade_id → comment."""
        with Gradebook(f"sqlite:///{self.root}/gradebook.db", "small") as gradebook:
            notebook = gradebook.find_submission_notebook("small", "small", student)
            return {comment.cell.name: comment.comment for comment in notebook.comments}

    def graded(self, student):
        """The autograded notebook."""
        return nbformat.read(self.root / "autograded" / student / "small" / "small.ipynb", as_version=4)

    def feedback(self, student):
        """Generate feedback and return its HTML."""
        result = self.call("generate_feedback", "small", student, force=True)
        assert result["success"], result
        return (self.root / "feedback" / student / "small" / "small.html").read_text()
