"""What students get to see: nothing hidden, nothing from grading, nothing that a browser would run."""

import pytest
from bs4 import BeautifulSoup

from tests.emgrader.hostile_page import MARKDOWN, PIXEL, active, hostile
from tests.emgrader.small_course import CANARY, SOLVED, SmallCourse


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The feedback of a submission that is half right and full of markup."""
    course = SmallCourse(tmp_path_factory.mktemp("feedback") / "course")
    wrong = {"mean": "def mean(v):\n    return v[0]", "thoughts": f"**bold** {MARKDOWN[1]} {MARKDOWN[5]}"}
    course.submit("student01", {**SOLVED, **wrong}, ["print(6 * 7000)"], hostile)
    assert course.autograde("student01")[0]["success"]
    assert course.scores("student01") == {"double_test": 2.0, "mean_test": 0.0, "thoughts": None}
    return course.feedback("student01")


def test_the_failed_check_is_named(page):
    assert "mean([1, 3]) should be 2" in page
    assert "All checks of this cell passed." in page


def test_nothing_hidden_is_shown(page):
    for secret in (CANARY, "HIDDEN TESTS", "31337", "mean fails for three numbers"):
        assert secret not in page
    assert page.count("(hidden checks)") == 2


def test_outputs_are_those_that_were_submitted(page):
    assert "as submitted red" in page and "kept column" in page and PIXEL in page
    assert "42000" not in page  # printed while grading, and not in what was handed in


def test_nothing_runs(page):
    assert active(page) == [] and "\x1b" not in page
    assert "<strong>bold</strong>" in page


def test_the_contents_name_each_graded_cell(page):
    soup = BeautifulSoup(page, "html.parser")
    entries = [" ".join(entry.text.split()) for entry in soup.select("#toc li")]
    assert entries == [
        "double_test (Score: 2.0 / 2.0)",
        "mean_test (Score: 0.0 / 3.0)",
        "thoughts (Score: 0.0 / 4.0)",
    ]
    anchors = {anchor["name"] for anchor in soup.select("a[name]")}
    assert {link["href"].removeprefix("#") for link in soup.select("#toc a")} <= anchors
