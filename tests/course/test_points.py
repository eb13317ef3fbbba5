"""The points: each exercise's as planned, all of them together 64 by machine and 36 by a person."""

import pytest

from emgrader.examiner.walk import is_test
from emgrader.release import title_of
from tests.conftest import PROJECT
from tests.course.submissions import GRADED, marks, source_notebook

PLAN = {"few_shot": (17, 8), "capability": (20, 10), "prompting": (15, 10), "benchmark": (12, 8)}


def test_the_plan_adds_up_and_names_every_exercise():
    assert (sum(auto for auto, _ in PLAN.values()), sum(manual for _, manual in PLAN.values())) == (64, 36)
    assert set(GRADED) <= set(PLAN)


@pytest.mark.parametrize("assignment", GRADED)
def test_an_exercise_has_its_points(assignment):
    cells = [cell for cell in source_notebook(assignment).cells if marks(cell).get("grade")]
    by_machine = [marks(cell)["points"] for cell in cells if is_test(cell)]
    by_person = [marks(cell)["points"] for cell in cells if not is_test(cell)]
    assert (sum(by_machine), sum(by_person)) == PLAN[assignment]
    assert all(1 <= points <= 3 for points in by_machine)


@pytest.mark.parametrize("assignment", GRADED)
def test_the_page_lists_the_exercise(assignment):
    auto, manual = PLAN[assignment]
    number = 1 + list(PLAN).index(assignment)
    (row,) = [
        line
        for line in (PROJECT / "README.md").read_text(encoding="utf-8").splitlines()
        if line.startswith(f"| {number} [") and f"(release/{assignment}/{assignment}.ipynb)" in line
    ]
    assert f"| {auto} + {manual} |" in row
    assert title_of(source_notebook(assignment))
