"""What an attack on the small course is, and what they share.

The answers are right where the attack doesn't need them wrong, so that a score of 0 is the attack's own doing
and full marks show that the attack spoilt nothing. A cell that prints "GAINED" has reached something.
"""

from dataclasses import dataclass, field

from tests.emgrader.small_course import SOLVED

FULL = {"double_test": 2.0, "mean_test": 3.0, "thoughts": 0.0}
NOTHING = {"double_test": 0.0, "mean_test": 0.0, "thoughts": 0.0}
NO_DOUBLE = {**FULL, "double_test": 0.0}


@dataclass
class Attack:
    """One submission: sources by grade_id, cells added at the end, files beside it, and what must come out."""

    name: str
    scores: dict
    sources: dict = field(default_factory=dict)
    added: tuple = ()
    files: dict = field(default_factory=dict)
    change: object = None
    event: str | None = None  # part of a sentence that must stand in a comment


def before(text, *names):
    """The right answers with `text` in front of the given ones (all if none is given)."""
    return {
        name: (f"{text}\n{answer}" if name in (names or SOLVED) else answer)
        for name, answer in SOLVED.items()
    }


# A right answer that remembers its inputs.
COLLECT = """
seen = []
def double(x):
    seen.append(x)
    return 2 * x
"""
