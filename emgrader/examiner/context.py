"""Everything that examining one notebook depends on, besides the notebook."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from emgrader.sandbox import IMAGE, Limits


class Broker(Protocol):
    """The model server, as far as the examiner knows it."""

    def open(self, submission: str, directory: Path) -> Path:
        """Make a socket in `directory` that speaks for `submission`, and return its path."""

    def close(self, submission: str) -> object:
        """Remove that socket."""


@dataclass(frozen=True)
class Timeouts:
    """Seconds that each step may take."""

    cell: float = 180.0  # one cell of the student's
    call: float = 30.0  # one look-up or call from a test
    test: float = 120.0  # one test cell
    notebook: float = 900.0  # all of it, replays included


@dataclass(frozen=True)
class Context:
    """One submission's surroundings."""

    submission: str  # "assignment/student/notebook", for logs
    files: dict[str, Path] = field(default_factory=dict)  # what lies beside the notebook: name → file
    seed: str = ""  # EMGRADER_SEED while tests run; never in the sandbox
    engine: str = "auto"
    image: str = IMAGE  # what containers are made of
    timeouts: Timeouts = field(default_factory=Timeouts)
    limits: Limits = field(default_factory=Limits)
    distributions: tuple[str, ...] = ("numpy", "pandas", "matplotlib")
    packages: tuple[str, ...] = ("emlab",)
    results: Path | None = None  # folder of finished results; None keeps none
    broker: Broker | None = None
