"""What students get to see: nothing hidden, nothing from grading, nothing that a browser would run."""

import re

import pytest
from nbformat.v4 import new_markdown_cell, new_output, new_raw_cell

from emgrader.feedback import safe_markdown, safe_output
from tests.emgrader.small_course import CANARY, CONFIG, SOLVED, SmallCourse, grade_id

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
SCRIPT = "<script>alert('GAINED')</script>"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The feedback of a submission that is half right and full of markup."""
    course = SmallCourse(tmp_path_factory.mktemp("feedback") / "course", config=CONFIG)

    def change(nb):
        answer = next(cell for cell in nb.cells if grade_id(cell) == "double")
        answer.outputs = [
            new_output("stream", text="as submitted " + SCRIPT),
            new_output("display_data", data={"text/html": SCRIPT, "text/plain": "plain text"}),
            new_output("display_data", data={"image/png": PIXEL}),
        ]
        thoughts = next(cell for cell in nb.cells if grade_id(cell) == "thoughts")
        thoughts.source = (
            f"**bold** {SCRIPT} <img src=x onerror=alert('GAINED')> [x](javascript:alert('GAINED'))"
        )
        nb.cells += [new_markdown_cell(SCRIPT), new_raw_cell(SCRIPT)]
        nb.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {"a": SCRIPT}}
        nb.metadata["title"] = SCRIPT

    course.submit(
        "student01", {**SOLVED, "mean": "def mean(v):\n    return v[0]"}, ["print(6 * 7000)"], change
    )
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
    assert "as submitted" in page and "plain text" in page and PIXEL in page
    assert "42000" not in page  # printed while grading, and not in what was handed in


def test_nothing_runs(page):
    body = page[page.index("<body") :]
    for text in (SCRIPT, "<img src=x", "<img src=&quot;x", 'href="javascript', "widget-state"):
        assert text not in body
    assert not re.search(r"<[^>]*\bonerror", body)
    assert "<strong>bold</strong>" in body


@pytest.mark.parametrize(
    ("source", "bad"),
    [
        ("<a href='JaVa\tscript:x()'>x</a>", "script:"),
        ("<a href='data:text/html,x'>x</a>", "data:"),
        ("<svg onload=x()></svg>", "<svg"),
        ("<iframe src='https://example.org'></iframe>", "<iframe"),
        ("<p style='position:fixed'>x</p>", "position"),
        ("![x](javascript:x)", "javascript"),
        ("<form action=x><input></form>", "<form"),
    ],
)
def test_markdown_is_made_safe(source, bad):
    assert bad not in safe_markdown(source)


def test_markdown_keeps_what_is_harmless():
    html = safe_markdown("# Title\n\n- a *b* `c`\n\n[link](https://example.org) $x < y$")
    for part in ("<h1", "<li>", "<em>b</em>", "<code>c</code>", 'href="https://example.org"', "$x &lt; y$"):
        assert part in html


@pytest.mark.parametrize(
    ("output", "shown"),
    [
        ({"output_type": "display_data", "data": {"image/png": 'x" onload="x'}}, "cannot be shown"),
        ({"output_type": "display_data", "data": {"image/svg+xml": "<svg/>"}}, "cannot be shown"),
        ({"output_type": "display_data", "data": {"application/javascript": "x()", "text/plain": "t"}}, "t"),
        ({"output_type": "display_data", "data": 7}, "cannot be shown"),
        ({"output_type": "execute_result", "data": {"text/latex": "x", "text/plain": ["a", "b"]}}, "ab"),
        ({"output_type": "stream", "name": "x", "text": 7}, "stdout"),
        ({"output_type": "error", "ename": 1, "evalue": None, "traceback": "x"}, "error"),
        ({"output_type": "stream", "text": "x" * 10**6}, " …"),
        ({}, "cannot be shown"),
    ],
)
def test_odd_outputs(output, shown):
    safe = safe_output(output)
    assert shown in str(safe) and len(str(safe)) < 25_000
    assert not set(safe.get("data", {})) - {"text/plain", "image/png", "image/jpeg"}
