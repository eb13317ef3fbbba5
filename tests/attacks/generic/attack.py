"""What an attack on the small course is, and what they share.

The answers are right where the attack doesn't need them wrong, so that a score of 0 is the attack's own doing
and full marks show that the attack spoilt nothing. A cell that prints "GAINED" has reached something.

In sources and added cells {root} stands for the course's folder, {port} for a server on this machine and {nap}
for the seconds of a `sleep` that must not outlive its sandbox.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.emgrader.small_course import SOLVED

FULL = {"double_test": 2.0, "mean_test": 3.0, "thoughts": 0.0}
NOTHING = {"double_test": 0.0, "mean_test": 0.0, "thoughts": 0.0}
NO_DOUBLE = {**FULL, "double_test": 0.0}


@dataclass
class Attack:
    """One submission: sources by grade_id, cells added at the end, files beside it, and what must come out.

    `scores` is None for what must not be graded; `event` is then part of the reason, which is told. With
    `upload` it is sent in, and goes through `emgrader intake`; else it lies in submitted/ already.
    """

    name: str
    scores: dict | None
    sources: dict = field(default_factory=dict)
    added: tuple = ()
    files: dict = field(default_factory=dict)
    change: Callable | None = None  # gets the notebook and may do anything to it
    place: Callable | None = None  # likewise the submission's folder and the course's
    upload: Callable | None = None  # gets the notebook's text and gives what is sent: (its ending, bytes)
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
