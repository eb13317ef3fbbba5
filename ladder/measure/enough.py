"""How many requests a cell stands on: at least ENOUGH, but for those in FEWER, which say why."""

from typing import NamedTuple

import pandas as pd

ENOUGH = 500


class Fewer(NamedTuple):
    """Cells with fewer than ENOUGH requests: their tables, what the columns say there, and the reason."""

    tables: tuple[str, ...]
    where: dict[str, tuple]  # column -> values; {} is the whole table
    reason: str

    def holds(self, rows: pd.DataFrame) -> pd.Series:
        """Which rows of the table are meant."""
        meant = pd.Series(True, index=rows.index)
        for column, values in self.where.items():
            meant &= rows[column].isin(values)
        return meant


FEWER = (
    Fewer(
        ("knowledge",),
        {"condition": ("leaked", "leaked/held_out", "leaked/never_seen")},
        "an item leaked word for word, so it can be asked in one way only, and there are 205",
    ),
    Fewer(
        ("translation",),
        {"condition": ("words",), "k": (0,)},
        "the dictionary has 94 words, and without examples there is one prompt for each",
    ),
    Fewer(("reliability",), {}, "a bin of confidence holds the answers that fall into it"),
    Fewer(
        (
            "knowledge",
            "knowledge_bands",
            "letters",
            "consistency",
            "calibration",
            "proverb",
            "translation",
            "induction",
            "attention",
        ),
        {"seed": (1, 2)},
        "most further seeds were measured before these cells were made larger, and their weights are not"
        " shipped; their intervals there, and in `claim.csv`, take all requests as independent",
    ),
)
