"""Hidden lines, constant messages, and what a student may see of a test."""

import ast

import pytest

from emgrader.examiner.source import TestSource, constant_text, hidden_lines, without_hidden

SOURCE = """\
assert f(1) == 1, "visible"
if True:
    ### BEGIN HIDDEN TESTS
    secret = 2
    ### END HIDDEN TESTS
    pass
### BEGIN HIDDEN TESTS
assert (
    f(2) == 2
), f"hidden {secret} of {3}"
"""


def test_hidden_lines():
    assert hidden_lines(SOURCE) == {3, 4, 5, 7, 8, 9, 10, 11}


def test_what_students_see():
    seen = without_hidden(SOURCE, "# hidden")
    assert seen == 'assert f(1) == 1, "visible"\nif True:\n    # hidden\n    pass\n# hidden'
    assert "secret" not in without_hidden(SOURCE)


def test_messages_are_constant_text():
    test = TestSource(SOURCE, "x")
    assert test.assert_message(1) == "visible"
    assert test.assert_message(9) == "hidden … of …"
    assert test.assert_message(2) is None
    assert test.is_hidden(None) and test.is_hidden(4) and not test.is_hidden(2)


@pytest.mark.parametrize(
    ("text", "expected"), [("'a' 'b'", "ab"), ("'%d' % x", None), ("x", None), ("3", None)]
)
def test_constant_text(text, expected):
    assert constant_text(ast.parse(text, mode="eval").body) == expected


def test_visible_names():
    assert TestSource(SOURCE, "x").visible_names == {"f"}
