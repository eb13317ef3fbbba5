"""What examining a notebook gives: outputs per cell, and events. Plain data, kept in the cache."""

from dataclasses import asdict, dataclass, field

import nbformat


@dataclass
class CellOutcome:
    """One code cell's outputs, as a notebook stores them. `passed` is None for what is no test cell."""

    outputs: list = field(default_factory=list)
    execution_count: int | None = None
    passed: bool | None = None


@dataclass
class Event:
    """Something that a grader should know. `cell` is a grade_id, or None for a cell without one."""

    key: str  # of emgrader.messages
    cell: str | None
    text: str  # goes into the comment, which the student reads too
    detail: str = ""  # for the grader alone: may tell of hidden tests

    def __str__(self):
        return f"{self.text} [{self.detail}]" if self.detail else self.text


@dataclass
class Outcome:
    """One notebook's result. `cells` is as long as the notebook; None stands for what is no code cell."""

    cells: list[CellOutcome | None]
    events: list[Event] = field(default_factory=list)
    seconds: float = 0.0
    engine: str = ""
    image: str = ""  # digest of the container image; "" for an engine without
    cached: bool = False

    def to_json(self):
        """Plain data for `from_json`."""
        return asdict(self)

    @classmethod
    def from_json(cls, data):
        """The Outcome in `data`. Anything else in it raises one of many errors."""
        cells = [None if cell is None else CellOutcome(**cell) for cell in data["cells"]]
        for cell in cells:
            for output in cell.outputs if cell else ():
                nbformat.v4.nbbase.validate(output, "output")
        events = [Event(**event) for event in data["events"]]
        return cls(cells, events, float(data["seconds"]), str(data["engine"]), str(data["image"]))

    def apply(self, nb):
        """Put the outputs into the notebook's cells, and the events into its metadata."""
        for cell, result in zip(nb.cells, self.cells, strict=True):
            if result is not None:
                cell.outputs = [nbformat.from_dict(output) for output in result.outputs]
                cell.execution_count = result.execution_count
        notes = nb.metadata.setdefault("emgrader", nbformat.NotebookNode())
        notes["events"] = [
            *notes.get("events", []),
            *(nbformat.from_dict(asdict(event)) for event in self.events),
        ]
        notes["engine"] = self.engine
        notes["image"] = self.image
