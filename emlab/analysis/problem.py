"""One thing that an analysis lacks."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """What is missing (message), and which check it belongs to (id). A warning costs nothing."""

    id: str
    message: str
    warning: bool = False

    def __str__(self) -> str:
        return self.message
