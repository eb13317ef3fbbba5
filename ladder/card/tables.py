"""The measured tables as one: a row is one cell of one model, from whichever table it comes."""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from emlab.plots import shipped
from emlab.plots.tidy import COLUMNS
from ladder.measure.common import MEASURED

MODEL = ("model", "params", "revision", "seed", "tokens")
_KNOWN = tuple(dict.fromkeys((*MODEL, *COLUMNS, "n_items")))


class NotMeasured(Exception):
    """A table, or a cell of it, is not there yet."""


class Cell(NamedTuple):
    """What is measured, of whichever model: the values of the columns that say so."""

    task: str
    condition: str
    metric: str
    settings: tuple[tuple[str, object], ...] = ()


def cell(task: str, condition: str, metric: str = "acc", **settings: object) -> Cell:
    """A cell; settings are further columns, such as k=10."""
    return Cell(task, condition, metric, tuple(settings.items()))


class Measured:
    """The tables in a folder, as far as they are there."""

    def __init__(self, folder: Path = MEASURED):
        self.folder = folder

    def table(self, name: str) -> pd.DataFrame:
        """One measured table. Raises NotMeasured where there is none that tells the models apart."""
        path = self.folder / f"{name}.csv"
        rows = pd.read_csv(path) if path.exists() else pd.DataFrame()
        if not set(MODEL) <= set(rows.columns):
            raise NotMeasured(name)
        return rows

    @cached_property
    def cells(self) -> pd.DataFrame:
        """Every table that has a value and an interval for each cell, under each other."""
        parts = []
        for path in sorted(self.folder.glob("*.csv")):
            try:
                rows = self.table(path.stem)
            except NotMeasured:
                continue
            if {"task", "condition", "metric", "value"} <= set(rows.columns):
                parts.append(rows)
            elif path.stem in _CONVERTED:
                parts.append(_CONVERTED[path.stem](rows))
        # Empty columns are left out first, or pandas would have to guess their type.
        parts = [part.dropna(axis=1, how="all") for part in parts]
        return pd.concat(parts or [pd.DataFrame()], ignore_index=True).reindex(columns=_order(parts))


def _order(parts: Iterable[pd.DataFrame]) -> list[str]:
    others = [column for part in parts for column in part.columns if column not in _KNOWN]
    return [*_KNOWN, *dict.fromkeys(others)]


def _few_shot(task: str):
    """Turns a table with the columns of RESULT_COLUMNS into cells of `task`."""

    def convert(rows: pd.DataFrame) -> pd.DataFrame:
        kept = rows.rename(columns={"acc": "value", "n_items": "items"})
        kept = kept.assign(task=task, metric="acc", chance=0.5, n=kept["items"])
        settings = ["k", "template_id"] if kept["template_id"].nunique() > 1 else ["k"]
        return kept[[column for column in (*_KNOWN, *settings) if column in kept.columns]]

    return convert


def _recency(rows: pd.DataFrame) -> pd.DataFrame:
    kept = rows.rename(columns={"share_last": "value"})
    kept = kept.assign(task="recency", metric="share_last", chance=0.5, n=kept["n_items"])
    return kept[[column for column in _KNOWN if column in kept.columns]]


def _orders(rows: pd.DataFrame) -> pd.DataFrame:
    """How many answers change with the order."""
    kept = rows.rename(columns={"changed": "value"}).assign(task="orders", metric="changed", chance=None)
    return kept[[column for column in _KNOWN if column in kept.columns]]


def _induction(rows: pd.DataFrame) -> pd.DataFrame:
    """The best head of each model."""
    keys = [column for column in (*MODEL, "text") if column in rows.columns]
    best = rows.loc[rows.groupby(keys, sort=False)["score"].idxmax()]
    names = {"score": "value", "score_lo": "ci_lo", "score_hi": "ci_hi", "text": "condition"}
    kept = best.rename(columns=names).assign(task="induction", metric="best_head", chance=None)
    return kept[[column for column in _KNOWN if column in kept.columns]]


_CONVERTED = {
    "few_shot": _few_shot("few_shot"),
    "within_a_half": _few_shot("within_a_half"),
    "format": _few_shot("format"),
    "recency": _recency,
    "orders": _orders,
    "induction": _induction,
}


def of_cell(cells: pd.DataFrame, wanted: Cell) -> pd.DataFrame:
    """The rows of one cell, one a model. Raises NotMeasured where there are none.

    Where a cell is split further in some table (into bins, for example), the rows of the whole are meant:
    those without a value in the columns that split it.
    """
    task, condition, metric, settings = wanted
    where = (cells["task"] == task) & (cells["condition"] == condition) & (cells["metric"] == metric)
    for column, value in settings:
        where &= (cells[column] == value) if column in cells.columns else False
    rows = cells[where]
    if rows.empty:
        raise NotMeasured(str(wanted))
    if rows.duplicated(list(MODEL)).any():
        split = [c for c in rows.columns if c not in _KNOWN and c not in dict(settings)]
        rows = rows[rows[split].isna().all(axis=1)]
    if rows.empty or rows.duplicated(list(MODEL)).any():
        raise ValueError(f"{wanted} does not name one row a model")
    return rows


def of_rungs(cells: pd.DataFrame, wanted: Cell) -> pd.DataFrame:
    """The rows of one cell for the shipped rungs, smallest first, by the rung's name."""
    rows = shipped(of_cell(cells, wanted)).sort_values("params", kind="stable")
    return rows.set_index(rows["model"].str.removeprefix("ladder/").rename("rung"))
