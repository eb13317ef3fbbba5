"""Rungs that are no networks: each answers by a rule, so that what must be measured is known."""

from collections.abc import Callable

import pytest

from emlab.models.mock import Decided
from ladder.measure.common import Loaded

ENTRY = {"name": "made-up", "params": 1, "revision": "0" * 12, "seed": 0, "tokens": 0}


class Ruled(Decided):
    """Answers what `rule` says to the context."""

    def __init__(self, rule: Callable[[str], str]) -> None:
        super().__init__("mock:ruled")
        self.rule = rule

    def answer(self, context: str) -> str:
        return self.rule(context)


@pytest.fixture
def rung_that():
    """Makes a rung from the rule by which it answers."""
    return lambda rule: Loaded(ENTRY, Ruled(rule), model=None)


@pytest.fixture
def value_of():
    """The value of the one row of a table with this condition and metric."""

    def find(rows, condition, metric, task=None):
        (row,) = (
            row
            for row in rows
            if (row["condition"], row["metric"]) == (condition, metric) and task in (None, row["task"])
        )
        assert row["ci_lo"] <= row["value"] <= row["ci_hi"]
        return row["value"]

    return find
