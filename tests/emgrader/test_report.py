import pytest
from rich.console import Console

from emgrader.report import Check, Row, first_sentence, plain, safe_for_sheets, table, why


def row(*messages, **fields):
    checks = [Check(f"check{n}", 0 if m else 1, 1, m) for n, m in enumerate(messages)]
    return Row("student01", checks=checks, **fields)


def test_a_full_row():
    full = row("", "")
    assert (full.auto, full.maximum) == (2, 2)
    assert why(full) == ["all checks passed"]


def test_a_message_is_told_once_with_the_checks_it_cost():
    failing = row("no add. Write it.", "no add. Write it.", "no add. Write it.", "wrong sum.", "")
    assert why(failing) == ["check0 and 2 more: no add.", "check3: wrong sum."]


def test_what_happened_comes_first_and_once():
    assert why(row("bad.", events=["The kernel was stopped.", "The kernel was stopped."])) == [
        "The kernel was stopped.",
        "check0: bad.",
    ]


def test_a_problem_is_all_there_is_to_say():
    assert why(row("bad.", problem="not graded yet")) == ["not graded yet"]


def test_long_messages_are_cut_to_a_sentence():
    assert first_sentence("One thing. Another.") == "One thing."
    assert first_sentence("x" * 500) == "x" * 119 + "…"


def test_nothing_a_submission_says_reaches_the_terminal_as_a_command():
    assert plain("red \x1b[31mtext\x1b[0m\r\n\x07two") == "red text two"


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_no_field_starts_a_formula(value):
    assert safe_for_sheets(value) == "'" + value
    assert safe_for_sheets("x" + value) == "x" + value


def test_the_table_shows_points_penalty_and_what_waits():
    rows = [
        row("", late_seconds=10, penalty=0.5, manual_waiting=8),
        row(*[f"reason {n}." for n in range(9)], late_seconds=10),
        Row("student02", problem="[red]not graded[/red]"),
    ]
    console = Console(width=100, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
    console.print(table(rows, "mini"))
    text = console.export_text()
    assert "1/1" in text and "-0.5" in text and "8" in text
    assert "and 4 more: see the feedback" in text
    assert "[red]not graded[/red]" in text, "shown as it is, not read as markup"
