"""The gates of each assignment: solutions full, starters zero, wrong ones as intended, cheats nothing."""

import html
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from emgrader.course import assignments, open_course
from emgrader.examiner.models import broker_for
from emgrader.examiner.source import hidden_lines
from emgrader.examiner.walk import is_test
from emgrader.release import findings, generate, out_of_step
from emgrader.report import rows
from emgrader.sandbox.folder import PrivateFolder
from tests.conftest import PROJECT
from tests.course.conftest import hand_in, make_course, whole_way
from tests.course.submissions import (
    GRADED,
    attacks,
    checks,
    release_notebook,
    sample_class,
    solution,
    source_notebook,
    variants,
    zoo,
)

pytestmark = pytest.mark.timeout(2400)
each_assignment = pytest.mark.parametrize("assignment", GRADED)

STOCK = """
c = get_config()
c.CourseDirectory.course_id = "stock"
from nbgrader.converters import GenerateAssignment
from emgrader.prose import ClearProse
from nbgrader.preprocessors import ClearSolutions
c.GenerateAssignment.preprocessors = [
    ClearProse if p is ClearSolutions else p for p in GenerateAssignment.preprocessors.default_args[0]
]
c.Execute.timeout = 600
"""


def each(found):
    """Parameters (assignment, name) for what `found` names in each assignment."""
    pairs = [(assignment, name) for assignment in GRADED for name in found(assignment)]
    return pytest.mark.parametrize(("assignment", "name"), pairs, ids=[f"{a}-{n}" for a, n in pairs])


def hidden_code(assignment) -> set[str]:
    """Lines of hidden tests that are code. A line that is a message may be shown when its check fails."""
    lines = set()
    for cell in source_notebook(assignment).cells:
        text = cell.source.split("\n")
        lines |= {text[number - 1].strip() for number in hidden_lines(cell.source)}
    messages = ('"', "'", "raise AssertionError", "###")
    return {line for line in lines if len(line) > 30 and not line.startswith(messages)}


def shown(page):
    """The text of a feedback page."""
    return html.unescape(re.sub(r"<[^>]+>", "", page))


@each_assignment
def test_the_solution_gets_full_marks(graded, assignment):
    row = graded(assignment).rows["solution"]
    assert graded(assignment).lost("solution") == set()
    assert row.auto == row.maximum and row.manual_waiting > 0


@each_assignment
def test_the_starter_gets_nothing_in_any_cell(graded, assignment):
    row = graded(assignment).rows["starter"]
    assert [check.points for check in row.checks] == [0.0] * len(checks(assignment))
    assert row.manual_score == row.manual_waiting == 0  # untouched answers don't wait for a person


@each_assignment
def test_stock_nbgrader_gives_the_same_marks(graded, assignment, tmp_path):
    """Cell by cell, with the same answers of the models. EMLAB_WHOLE_ZOO=1 takes the whole zoo."""
    ours = graded(assignment)
    chosen = whole_way(assignment)
    assert chosen
    root = make_course(tmp_path / "stock", assignment, STOCK)
    with open_course(root) as course:
        generate(course, assignment)
        hand_in(root, assignment, "solution", solution(assignment))
        hand_in(root, assignment, "starter", release_notebook(assignment))
        for name, nb in chosen.items():
            hand_in(root, assignment, name, nb)
    command = [sys.executable, "-m", "nbgrader", "autograde", assignment]
    broker = broker_for(ours.root)
    with PrivateFolder() as folder:
        environment = {**os.environ, "EMLAB_BROKER": str(broker.open("stock", folder.path))}
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, env=environment)
        broker.close("stock")
    assert done.returncode == 0, done.stderr[-2000:]
    with open_course(root) as course:
        found = {row.student: row for row in rows(course, assignment)}
    assert found.keys() == {"solution", "starter", *chosen}
    for name, row in found.items():
        expected = {check.grade_id: check.points for check in ours.rows[name].checks}
        assert {check.grade_id: check.points for check in row.checks} == expected, name


@each_assignment
def test_stock_nbgrader_loses_the_same_checks_of_wrong_solutions(graded, assignment):
    """One for each check; EMLAB_WHOLE_ZOO=1 takes the whole zoo and all variants."""
    found = {n: each for n, each in graded(assignment).examined.items() if each.lost_by_stock is not None}
    assert found
    assert {name: each.lost_by_stock for name, each in found.items()} == {
        name: each.lost for name, each in found.items()
    }


# the zoo, the variants and the sample class


@each(zoo)
def test_a_wrong_solution_loses_exactly_the_intended_checks(graded, assignment, name):
    assert graded(assignment).lost(f"zoo-{name}") == zoo(assignment)[name].loses


@each_assignment
def test_every_check_is_the_killer_of_a_wrong_solution(assignment):
    assert set(checks(assignment)) == set().union(*(wrong.loses for wrong in zoo(assignment).values()))


@each(variants)
def test_another_right_solution_gets_full_marks(graded, assignment, name):
    assert graded(assignment).lost(f"variant-{name}") == set()


@each(sample_class)
def test_the_sample_class_gets_what_it_should(graded, assignment, name):
    assert graded(assignment).lost(name) == sample_class(assignment)[name]


@pytest.mark.parametrize("assignment", ["few_shot"])
def test_an_endless_loop_is_told_in_plain_words(graded, assignment):
    assert any("posterior" in event for event in graded(assignment).rows["student10"].events)


# cheats


@each(attacks)
def test_a_cheat_gains_nothing(graded, assignment, name):
    assert graded(assignment).rows[f"attack-{name}"].auto == 0


@each(attacks)
def test_a_cheat_sees_nothing(graded, assignment, name):
    path = graded(assignment).root / "autograded" / f"attack-{name}" / assignment / f"{assignment}.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    said = " ".join(output.get("text", "") + output.get("evalue", "") for output in outputs)
    assert not re.search("LEAK|FOUND|WROTE|SEEN", said), said


@each_assignment
def test_no_cheat_ran_outside_the_sandbox(graded, assignment):
    assert graded(assignment).rows
    assert not Path("/tmp/emgrader-was-here").exists()


# what students see


def test_everything_is_released_and_in_step_with_its_source():
    released = sorted(path.name for path in (PROJECT / "release").iterdir() if path.is_dir())
    assert released == assignments(PROJECT)
    for assignment in released:
        assert out_of_step(PROJECT, assignment) == []


@each_assignment
def test_the_author_is_told_nothing(assignment):
    assert findings(PROJECT, assignment) == []


@each_assignment
def test_the_release_holds_no_solution_and_no_hidden_test(assignment):
    text = "\n".join(cell.source for cell in release_notebook(assignment).cells)
    assert not re.search(r"(BEGIN|END) (SOLUTION|HIDDEN TESTS|MARK SCHEME)", text)
    assert len(hidden_code(assignment)) > 100
    assert [line for line in hidden_code(assignment) if line in text] == []


@each_assignment
def test_visible_checks_are_released(assignment):
    cells = [cell for cell in release_notebook(assignment).cells if is_test(cell)]
    assert len(cells) == len(checks(assignment)) and all("assert" in cell.source.lower() for cell in cells)


@each_assignment
def test_no_student_is_shown_a_hidden_test(graded, assignment):
    course, lines = graded(assignment), hidden_code(assignment)
    texts = {name: shown(page) for name, page in course.feedback.items()}
    texts |= {name: each.shown for name, each in course.examined.items()}
    for name, text in texts.items():
        assert "HIDDEN TESTS" not in text, name
        assert [line for line in lines if line in text] == [], name


@each_assignment
def test_feedback_shows_why_a_check_failed(graded, assignment):
    course = graded(assignment)
    for name in ("starter", *whole_way(assignment)):
        text = " ".join(shown(course.feedback[name]).split())
        messages = [check.message for check in course.rows[name].checks if check.message]
        assert messages and all(" ".join(message.split()) in text for message in messages), name
