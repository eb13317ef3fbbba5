"""The examiner: runs a notebook's tests outside the process that runs the student's code."""

from emgrader.examiner.context import Broker, Context, Timeouts
from emgrader.examiner.run import examine
from emgrader.examiner.outcome import CellOutcome, Event, Outcome

__all__ = ["Broker", "CellOutcome", "Context", "Event", "Outcome", "Timeouts", "examine"]
