"""The gates of exercise 1: solutions full, starters zero, wrong ones lose as intended, cheats get nothing."""

import html
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from emgrader.course import open_course
from emgrader.release import generate
from emgrader.report import rows
from tests.attacks.few_shot import ATTACKS
from tests.course.conftest import hand_in, make_course
from tests.course.exercise1 import (
    ASSIGNMENT,
    PROJECT,
    SAMPLE_CLASS,
    checks,
    is_test,
    release_notebook,
    solution,
    source_notebook,
)
from tests.zoo.few_shot import ZOO

pytestmark = pytest.mark.timeout(2400)

_HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS\n(.*?)### END HIDDEN TESTS", re.DOTALL)
# Compared with stock nbgrader in CI, beside the solution and the starter.
DIFFERENTIAL = ("claim_does_not_hold",)
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


def hidden_lines() -> set[str]:
    """Lines of hidden tests that are code. A line that is a message may be shown when its check fails."""
    code = "\n".join(part for cell in source_notebook().cells for part in _HIDDEN.findall(cell.source))
    lines = {line.strip() for line in code.split("\n")}
    return {
        line for line in lines if len(line) > 30 and not line.startswith(('"', "'", "raise AssertionError"))
    }


# points


def test_the_points_are_17_by_machine_and_8_by_a_person():
    cells = [cell.metadata.nbgrader for cell in source_notebook().cells if "nbgrader" in cell.metadata]
    assert sum(m["points"] for m in cells if m["grade"] and not m["solution"]) == 17
    assert sum(m["points"] for m in cells if m["grade"] and m["solution"]) == 8
    assert all(1 <= m["points"] <= 3 for m in cells if m["grade"] and not m["solution"])


def test_the_solution_gets_full_marks(graded):
    assert graded.lost("solution") == set()
    assert graded.rows["solution"].auto == 17 and graded.rows["solution"].manual_waiting == 8


def test_the_starter_gets_nothing_in_any_cell(graded):
    row = graded.rows["starter"]
    assert [check.points for check in row.checks] == [0.0] * len(checks())
    assert row.manual_score == row.manual_waiting == 0  # untouched answers don't wait for a person


def test_stock_nbgrader_gives_the_same_marks(graded, tmp_path):
    """Cell by cell. EMLAB_WHOLE_ZOO=1 takes the whole zoo: about half a minute of CPU for each entry."""
    chosen = [w for w in ZOO if os.environ.get("EMLAB_WHOLE_ZOO") == "1" or w.name in DIFFERENTIAL]
    assert len(chosen) >= len(DIFFERENTIAL)
    root = make_course(tmp_path / "stock", STOCK)
    with open_course(root) as course:
        generate(course, ASSIGNMENT)
        hand_in(root, "solution", solution())
        hand_in(root, "starter", release_notebook())
        for wrong in chosen:
            hand_in(root, f"zoo-{wrong.name}", solution(wrong.edits))
    command = [sys.executable, "-m", "nbgrader", "autograde", ASSIGNMENT]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    with open_course(root) as course:
        found = {row.student: row for row in rows(course, ASSIGNMENT)}
    assert len(found) == 2 + len(chosen)
    for name, row in found.items():
        ours = {check.grade_id: check.points for check in graded.rows[name].checks}
        assert {check.grade_id: check.points for check in row.checks} == ours, name


# the zoo and the sample class


@pytest.mark.parametrize("wrong", ZOO, ids=lambda wrong: wrong.name)
def test_a_wrong_solution_loses_exactly_the_intended_checks(graded, wrong):
    assert graded.lost(f"zoo-{wrong.name}") == wrong.loses


def test_every_check_is_the_killer_of_a_wrong_solution():
    assert set(checks()) == set().union(*(wrong.loses for wrong in ZOO))


@pytest.mark.parametrize("name", SAMPLE_CLASS)
def test_the_sample_class_gets_what_it_should(graded, name):
    assert graded.lost(name) == set(SAMPLE_CLASS[name].split())


def test_an_endless_loop_is_told_in_plain_words(graded):
    assert any("posterior" in event for event in graded.rows["student10"].events)


# cheats


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_a_cheat_gains_nothing(graded, attack):
    assert graded.rows[f"attack-{attack.name}"].auto == 0


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_a_cheat_sees_nothing(graded, attack):
    name = f"attack-{attack.name}"
    path = graded.root / "autograded" / name / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    outputs = [
        o for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] for o in cell.get("outputs", [])
    ]
    said = " ".join("".join(o.get("text", [])) + o.get("evalue", "") for o in outputs)
    assert not re.search("LEAK|FOUND|WROTE|SEEN", said), said


def test_no_cheat_ran_outside_the_sandbox(graded):
    assert not Path("/tmp/emgrader-was-here").exists()


# what students see


def test_the_release_is_in_step_with_the_source():
    done = subprocess.run(
        [sys.executable, "-m", "emgrader.cli", "release", ASSIGNMENT, "--check"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_release_holds_no_solution_and_no_hidden_test():
    text = "\n".join(cell.source for cell in release_notebook().cells)
    assert not re.search(r"(BEGIN|END) (SOLUTION|HIDDEN TESTS|MARK SCHEME)", text)
    assert len(hidden_lines()) > 100
    assert [line for line in hidden_lines() if line in text] == []


def test_visible_checks_are_released():
    cells = [cell for cell in release_notebook().cells if is_test(cell)]
    assert len(cells) == len(checks()) and all("assert" in cell.source.lower() for cell in cells)


def test_no_feedback_shows_a_hidden_test(graded):
    lines = hidden_lines()
    for name, page in graded.feedback.items():
        text = html.unescape(re.sub(r"<[^>]+>", "", page))
        assert "HIDDEN TESTS" not in text, name
        assert [line for line in lines if line in text] == [], name


def test_feedback_shows_why_a_check_failed(graded):
    lost = {
        check.grade_id: check.message for check in graded.rows["zoo-interval_wald"].checks if check.message
    }
    text = html.unescape(re.sub(r"<[^>]+>", "", graded.feedback["zoo-interval_wald"]))
    assert lost and all(" ".join(message.split()) in " ".join(text.split()) for message in lost.values())
