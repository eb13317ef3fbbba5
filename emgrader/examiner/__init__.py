"""The examiner: runs a notebook's tests outside the process that runs the student's code."""

from emgrader.examiner.context import Broker, Context, Timeouts
from emgrader.examiner.outcome import CellOutcome, Event, Outcome
from emgrader.examiner.run import examine

__all__ = ["Broker", "CellOutcome", "Context", "Event", "Outcome", "Timeouts", "examine"]
