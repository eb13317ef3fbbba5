"""What stands in a zoo: plausible wrong solutions, each an edit of the right one.

Each entry says what is wrong, which autograded cells must be lost (exactly these), and the edit: for a
solution cell, pairs of (text of the right solution, text of the wrong one).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wrong:
    """One wrong solution: its name, why it is wrong, the checks that it loses, and the edits by cell."""

    name: str
    why: str
    loses: frozenset[str]
    edits: dict[str, list[tuple[str, str]]]


class Zoo(list[Wrong]):
    """The wrong solutions of one exercise."""

    def wrong(self, name: str, why: str, loses: str, **edits: list[tuple[str, str]]) -> None:
        """Add one; `loses` names its checks, with spaces between."""
        self.append(Wrong(name, why, frozenset(loses.split()), edits))
