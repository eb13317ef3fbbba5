"""Each check's hidden part finds a wrong solution that its visible part lets pass."""

import ast

import pytest

from emgrader.examiner.source import hidden_lines
from emgrader.examiner.walk import is_test
from tests.course.submissions import GRADED, marks, source_notebook, zoo

pytestmark = pytest.mark.timeout(2400)


def plain(text):
    """Without what an output's representation may write in another way."""
    return "".join(c for c in text if c.isalnum())


def hidden_messages(source) -> set[str]:
    """What the hidden part of a check says where it fails, and the visible part doesn't."""
    said = {True: set(), False: set()}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assert):
            said[node.lineno in hidden_lines(source)].add(plain(ast.literal_eval(node.msg)))
    return said[True] - said[False]


@pytest.mark.parametrize("assignment", GRADED)
def test_every_hidden_part_is_the_killer_of_a_wrong_solution(graded, assignment):
    checks = [cell for cell in source_notebook(assignment).cells if is_test(cell)]
    outputs = {
        name: plain(graded(assignment).examined[f"zoo-{name}"].shown)
        for name in zoo(assignment)
        if f"zoo-{name}" in graded(assignment).examined
    }
    for cell in checks:
        messages = hidden_messages(cell.source)
        check = marks(cell).grade_id
        killed = [
            name
            for name, said in outputs.items()
            if check in zoo(assignment)[name].loses and any(message in said for message in messages)
        ]
        assert killed, check
