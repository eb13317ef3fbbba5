import nbformat
import pytest
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook
from rich.console import Console

from emgrader import grade as grading
from emgrader.course import CourseError, open_course
from emgrader.examiner import run
from emgrader.grade import grade
from emgrader.report import export, rows, why
from tests.conftest import tree


def hand_in(course, mini_release, write_notebook, **sources):
    """Put submissions straight into submitted/: student → source of the cell `add`."""
    for student, source in sources.items():
        mini_release.cells[1].source = source
        write_notebook(mini_release, course.folder("submitted", "mini", student) / "mini.ipynb")


@pytest.fixture
def course(released_course):
    with open_course(released_course) as course:
        yield course


@pytest.fixture
def quiet(tmp_path):
    with (tmp_path / "progress.txt").open("w") as file:
        yield Console(file=file, width=120)


def auto(course):
    return {row.student: (row.auto, row.maximum) for row in rows(course, "mini")}


RIGHT, WRONG = "def add(a, b):\n    return a + b", "def add(a, b):\n    return 3"


def test_grades_side_by_side_once_and_only_what_changed(
    course, mini_release, write_notebook, quiet, tmp_path
):
    hand_in(
        course,
        mini_release,
        write_notebook,
        student01=RIGHT,
        student02=WRONG,
        student03="import os; os._exit(1)",
    )
    summary = grade(course, "mini", jobs=2, console=quiet)
    assert (summary.graded, summary.problems) == (["student01", "student02", "student03"], {})
    assert auto(course) == {"student01": (3, 3), "student02": (0, 3), "student03": (0, 3)}
    quiet.file.flush()
    lines = (tmp_path / "progress.txt").read_text().splitlines()
    assert lines[0].startswith("Submissions run in bubblewrap.")
    assert len(lines) == 4 and any("student01" in line and "3 of 3 by machine" in line for line in lines)

    again = grade(course, "mini", jobs=2, console=quiet)
    assert (again.graded, again.unchanged) == ([], ["student01", "student02", "student03"])

    with Gradebook(course.api.coursedir.db_url, course.api.coursedir.course_id) as gradebook:
        by_hand = gradebook.find_grade("why", "mini", "mini", "student02")
        by_hand.manual_score = 2
        gradebook.db.commit()
    hand_in(course, mini_release, write_notebook, student02=RIGHT)
    third = grade(course, "mini", jobs=2, console=quiet)
    assert third.graded == ["student02"]
    assert auto(course)["student02"] == (3, 3)
    (row,) = [row for row in rows(course, "mini") if row.student == "student02"]
    assert row.manual_score == 2, "what a person gave stays"


def test_one_that_breaks_costs_only_itself(course, mini_release, write_notebook, quiet, monkeypatch):
    hand_in(course, mini_release, write_notebook, student01=RIGHT, student02=RIGHT)
    (course.folder("submitted", "mini", "student01") / "mini.ipynb").write_text("{")
    summary = grade(course, "mini", jobs=1, console=quiet)
    assert summary.graded == ["student02"] and list(summary.problems) == ["student01"]
    assert auto(course)["student02"] == (3, 3)
    (row, _) = rows(course, "mini")
    assert "no valid JSON" in why(row)[0]


def test_a_stopped_run_goes_on_where_it_was(course, mini_release, write_notebook, quiet, monkeypatch):
    hand_in(course, mini_release, write_notebook, student01=RIGHT, student02=WRONG)
    record = grading._record

    def stop_after_one(course, assignment, student, prints):
        if student == "student02":
            raise KeyboardInterrupt
        return record(course, assignment, student, prints)

    monkeypatch.setattr(grading, "_record", stop_after_one)
    with pytest.raises(KeyboardInterrupt):
        grade(course, "mini", jobs=1, console=quiet)
    monkeypatch.setattr(grading, "_record", record)
    assert auto(course)["student01"] == (3, 3)
    summary = grade(course, "mini", jobs=2, console=quiet)
    assert (summary.graded, summary.unchanged) == (["student02"], ["student01"])


def test_one_run_at_a_time(course, quiet):
    with grading._alone(course), pytest.raises(CourseError, match="Another emgrader grade is at work"):
        grade(course, "mini", console=quiet)
    assert grade(course, "mini", console=quiet) == grading.Summary()


def test_nbgraders_own_run_finds_every_result(course, mini_release, write_notebook, quiet, monkeypatch):
    """The workers examine, side by side; nothing is left to be run one after another."""
    monkeypatch.setattr(run, "walk", lambda nb, context: pytest.fail("examined again"))
    mini_release.cells[2].source = "pass"  # what is restored must be found as well
    mini_release.cells.append(new_code_cell("x = 1\r\ny = 2\x85", id="title"))
    hand_in(course, mini_release, write_notebook, student01=RIGHT, student02=f"{RIGHT}\n\n", student03="")
    assert grade(course, "mini", console=quiet).problems == {}
    assert auto(course) == {"student01": (3, 3), "student02": (3, 3), "student03": (0, 3)}


def test_submissions_and_sources_are_not_changed(course, mini_release, write_notebook, quiet):
    hand_in(course, mini_release, write_notebook, student01="open('mini.ipynb', 'w').write('mine')")
    before = {name: tree(course.root / name) for name in ("source", "submitted", "release")}
    grade(course, "mini", jobs=1, console=quiet)
    assert {name: tree(course.root / name) for name in before} == before


def test_an_assignment_that_was_never_released_is_named(course, quiet):
    source = course.folder("source", "mini") / "mini.ipynb"
    (course.root / "source" / "maxi").mkdir()
    (course.root / "source" / "maxi" / "maxi.ipynb").write_bytes(source.read_bytes())
    with pytest.raises(CourseError, match="emgrader release maxi"):
        grade(course, "maxi", console=quiet)


def test_export(course, mini_release, write_notebook, quiet, tmp_path):
    hand_in(course, mini_release, write_notebook, student01=RIGHT, student02=WRONG)
    grade(course, "mini", console=quiet)
    grades, checks = export(course, "mini", tmp_path / "exports")
    lines = grades.read_text().splitlines()
    assert lines[0].startswith("assignment,duedate,timestamp,student_id")
    assert len(lines) == 3 and ",student01," in lines[1]
    assert checks.read_text().splitlines()[:2] == [
        "student,check,points,max_points,message",
        "student01,add_test,3,3,",
    ]
    assert checks.read_text().splitlines()[2].startswith("student02,add_test,0,3,")
    nbformat.read(course.folder("autograded", "mini", "student02") / "mini.ipynb", as_version=4)
