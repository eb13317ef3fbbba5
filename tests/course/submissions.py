"""Made-up submissions to each assignment in source/: solution, starter, zoo, variants, cheats, sample class.

An assignment's are found by its name: tests/zoo/NAME.py, tests/variants/NAME/*.py, tests/attacks/NAME.py and
tests/sample_class/NAME/, whose loses.json says which checks students must lose (those on whose answers others
build are left out).
"""

import importlib
import json
import re

import nbformat

from emgrader.course import assignments
from emgrader.examiner.walk import is_test
from emgrader.submission import build, read
from tests.conftest import PROJECT

_MARK = re.compile(r"^[ \t]*### (BEGIN|END) SOLUTION\n?", re.MULTILINE)


def source_notebook(assignment):
    return nbformat.read(PROJECT / "source" / assignment / f"{assignment}.ipynb", as_version=4)


def release_notebook(assignment):
    return nbformat.read(PROJECT / "release" / assignment / f"{assignment}.ipynb", as_version=4)


def marks(cell):
    """nbgrader's metadata of a cell, or nothing."""
    return cell.metadata.get("nbgrader", {})


def checks(assignment) -> list[str]:
    """The grade ids of the autograded cells, in order."""
    return [marks(cell)["grade_id"] for cell in source_notebook(assignment).cells if is_test(cell)]


# what is handed out without anything to grade (a first notebook to try) needs no gate
GRADED = [name for name in assignments(PROJECT) if checks(name)]


def _listed(kind, assignment, name):
    try:
        return getattr(importlib.import_module(f"tests.{kind}.{assignment}"), name)
    except ModuleNotFoundError:
        return []


def zoo(assignment) -> dict:
    """The wrong solutions by name."""
    return {wrong.name: wrong for wrong in _listed("zoo", assignment, "ZOO")}


def attacks(assignment) -> dict:
    """The cheats by name."""
    return {attack.name: attack for attack in _listed("attacks", assignment, "ATTACKS")}


def variants(assignment) -> dict[str, str]:
    """Other right solutions by name: what differs from the course's own, see emgrader.submission."""
    return _texts("variants", assignment)


def sample_class(assignment) -> dict[str, set]:
    """{student: the checks that must be lost} of those in the sample class of whom the gates know."""
    path = PROJECT / "tests" / "sample_class" / assignment / "loses.json"
    found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {student: set(lost.split()) for student, lost in found.items()}


def _texts(kind, assignment):
    folder = PROJECT / "tests" / kind / assignment
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py"))}


def _put_in(nb, assignment, edits):
    """Write the course's own answers into `nb`, changed by the `edits` of a wrong solution."""
    edits = dict(edits or {})
    solved = {
        marks(cell)["grade_id"]: _MARK.sub("", cell.source + "\n").rstrip("\n")
        for cell in source_notebook(assignment).cells
        if marks(cell).get("solution")
    }
    for cell in nb.cells:
        name = marks(cell).get("grade_id")
        if name in solved:
            cell.source = solved[name]
            for right, wrong in edits.pop(name, []):
                assert right in cell.source, f"the solution of {name} has no {right!r}: mend the zoo's edit"
                cell.source = cell.source.replace(right, wrong)
    assert not edits, f"there are no cells {sorted(edits)}"
    return nb


def solution(assignment, edits=None):
    """What a student with the course's own solution hands in, changed by the `edits` of an entry of ZOO."""
    return _put_in(release_notebook(assignment), assignment, edits)


def solved_source(assignment, edits=None, variant=""):
    """The same, and the tests with their hidden parts: the notebook as grading runs it."""
    assert not variant or read(variant).blocks, f"a variant without a block is the solution itself: {variant}"
    return build(_put_in(source_notebook(assignment), assignment, edits), variant)


def class_and_cheats(assignment) -> dict:
    """Submissions by name, student… and attack-…: (notebook, {file: text beside it})."""
    release = release_notebook(assignment)
    texts = _texts("sample_class", assignment)
    made = {name: (build(release, texts[name], name, texts), {}) for name in sample_class(assignment)}
    for attack in attacks(assignment).values():
        nb = release_notebook(assignment)
        for cell in nb.cells:
            cell.source = attack.cells.get(marks(cell).get("grade_id"), cell.source)
        made[f"attack-{attack.name}"] = (nb, attack.files)
    return made
