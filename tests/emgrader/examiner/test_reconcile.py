"""Graded cells agree with the instructor's afterwards, and nothing of the student's is lost."""

import copy

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.utils import compute_checksum

from emgrader.examiner.reconcile import InstructorCell, reconcile
from emgrader.examiner.source import without_hidden
from tests.emgrader.small_course import grade_id, source_notebook


def instructor():
    """The small course's cells as the gradebook has them."""
    cells = []
    for cell in source_notebook().cells:
        data = cell.metadata["nbgrader"]
        cells.append(
            InstructorCell(
                grade_id=data["grade_id"],
                cell_type=cell.cell_type,
                source=cell.source,
                released=without_hidden(cell.source),
                grade=data["grade"],
                solution=data["solution"],
                locked=data["locked"],
                task=False,
                points=data.get("points"),
                checksum=compute_checksum(cell),
            )
        )
    return cells


@pytest.fixture
def submitted():
    nb = source_notebook()
    for cell in nb.cells:
        cell.source = without_hidden(cell.source)
    return nb


def by_id(nb, name):
    (found,) = [cell for cell in nb.cells if grade_id(cell) == name]
    return found


def keys(events):
    return [(event.key.removeprefix("event."), event.cell) for event in events]


def check(nb):
    """nbgrader accepts it, and every graded cell is there once with the instructor's data."""
    MetadataValidator().validate_nb(nb)
    for cell in instructor():
        assert by_id(nb, cell.grade_id).metadata["nbgrader"] == cell.metadata()
        assert not cell.fixed or by_id(nb, cell.grade_id).source == cell.source
    assert len({cell["id"] for cell in nb.cells}) == len(nb.cells)


def test_an_honest_notebook_only_gets_its_hidden_tests(submitted):
    submitted.cells.insert(2, new_code_cell("mine"))
    assert reconcile(submitted, instructor()) == []
    check(submitted)
    assert submitted.cells[2].source == "mine"
    assert "BEGIN HIDDEN" in by_id(submitted, "double_test").source


def test_twice_gives_the_same(submitted):
    reconcile(submitted, instructor())
    again = copy.deepcopy(submitted)
    assert reconcile(again, instructor()) == []
    assert again == submitted


def test_of_two_answers_the_one_with_work_counts(submitted):
    twin = copy.deepcopy(by_id(submitted, "double"))
    twin.source = "def double(x): return 2 * x"
    submitted.cells.append(twin)
    assert keys(reconcile(submitted, instructor())) == [("duplicate", "double")]
    check(submitted)
    assert by_id(submitted, "double") is twin


def test_of_two_worked_answers_the_first_counts_and_the_other_stays(submitted):
    first = by_id(submitted, "double")
    first.source = "first"
    twin = copy.deepcopy(first)
    twin.source = "second"
    submitted.cells.append(twin)
    reconcile(submitted, instructor())
    assert by_id(submitted, "double").source == "first"
    assert submitted.cells[-1].source == "second" and "nbgrader" not in submitted.cells[-1].metadata


def test_a_missing_cell_comes_back_in_its_place(submitted):
    submitted.cells = [c for c in submitted.cells if grade_id(c) not in ("double_test", "thoughts", "title")]
    submitted.cells.insert(0, new_markdown_cell("mine"))
    events = reconcile(submitted, instructor())
    assert keys(events) == [("missing", "title"), ("missing", "double_test"), ("missing", "thoughts")]
    check(submitted)
    order = [grade_id(cell) for cell in submitted.cells]
    assert order == ["title", None, "double", "double_test", "mean", "mean_test", "thoughts"]


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_a_retyped_cell_is_turned_back(submitted, kind):
    cell = by_id(submitted, "double_test")
    cell.cell_type = kind
    del cell["outputs"], cell["execution_count"]
    assert keys(reconcile(submitted, instructor())) == [("type", "double_test")]
    check(submitted)
    assert by_id(submitted, "double_test").cell_type == "code"
    assert by_id(submitted, "double_test").outputs == []


@pytest.mark.parametrize(
    "change",
    [
        {"points": 100},
        {"grade": False},
        {"solution": True},
        {"locked": False},
        {"schema_version": 4},
        {"task": True},
    ],
)
def test_changed_metadata_are_restored(submitted, change):
    by_id(submitted, "double_test").metadata["nbgrader"].update(change)
    assert keys(reconcile(submitted, instructor())) == [("metadata", "double_test")]
    check(submitted)


@pytest.mark.parametrize(
    "data", [None, "x", 3, [], {}, {"grade_id": 7, "grade": True}, {"grade_id": None, "locked": True}]
)
def test_metadata_of_any_shape(submitted, data):
    by_id(submitted, "double_test").metadata["nbgrader"] = data
    assert ("missing", "double_test") in keys(reconcile(submitted, instructor()))
    check(submitted)


def test_a_claim_to_an_unknown_cell_is_taken_away(submitted):
    cell = new_code_cell("1000", metadata={"nbgrader": {"grade_id": "bonus", "grade": True, "points": 1000}})
    submitted.cells.append(cell)
    assert keys(reconcile(submitted, instructor())) == [("unknown", "bonus")]
    assert "nbgrader" not in cell.metadata
    check(submitted)


def test_a_rewritten_test_is_the_instructors_again(submitted):
    by_id(submitted, "double_test").source = "pass"
    assert keys(reconcile(submitted, instructor())) == [("changed", "double_test")]
    check(submitted)


def test_without_cells_all_come_back(submitted):
    submitted.cells = []
    assert {key for key, _ in keys(reconcile(submitted, instructor()))} == {"missing"}
    check(submitted)
    assert [grade_id(cell) for cell in submitted.cells] == [cell.grade_id for cell in instructor()]


def test_the_students_order_is_kept(submitted):
    submitted.cells.reverse()
    order = [grade_id(cell) for cell in submitted.cells]
    assert reconcile(submitted, instructor()) == []
    assert [grade_id(cell) for cell in submitted.cells] == order
