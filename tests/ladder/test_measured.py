"""The measured tables and the card are those of the shipped weights."""

import json
from itertools import pairwise

import pandas as pd
import pytest

import emlab
from emlab.plots import shipped
from ladder.card.abilities import losses, summary
from ladder.card.figures import FIGURES_FOLDER, PICTURES
from ladder.card.page import CARD, card
from ladder.card.tables import Measured
from ladder.export import SHIPPED
from ladder.measure.__main__ import TABLES
from ladder.measure.common import ENOUGH, MEASURED

LISTS = json.loads((SHIPPED / "ladder.json").read_text(encoding="utf-8"))
LADDER = LISTS["rungs"]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_was_measured_on_the_listed_weights(name):
    """The rungs and checkpoints that are shipped, and the further seeds, whose hash alone is listed."""
    rows = pd.read_csv(MEASURED / f"{name}.csv")
    measured = {tuple(row) for row in rows[["model", "seed", "revision"]].itertuples(index=False)}
    listed = {
        (f"ladder/{entry['name']}", entry["seed"], entry["revision"])
        for entries in LISTS.values()
        for entry in entries
    }
    assert measured == listed


@pytest.mark.parametrize("name", [name for name in TABLES if name != "loss"])  # see measure/test_loss.py
def test_a_cell_stands_on_enough_requests(name):
    rows = pd.read_csv(MEASURED / f"{name}.csv")
    few = rows["n"] < ENOUGH
    assert not few.any(), rows[few].drop_duplicates(["n"]).to_string()


def test_leaked_items_are_many_and_each_is_asked_once():
    rows = pd.read_csv(MEASURED / "knowledge.csv")
    leaked = rows[rows["condition"].isin(["leaked", "leaked/held_out"])]
    assert (leaked["n_items"] == leaked["n"]).all() and (leaked["n"] >= ENOUGH).all()


def test_it_is_known_when_each_table_was_made():
    made = json.loads((MEASURED / "made.json").read_text(encoding="utf-8"))
    assert sorted(name for run in made for name in run["tables"]) == sorted(TABLES)


@pytest.mark.parametrize("name", ["few_shot", "format"])
def test_an_accuracy_stands_on_enough_items_and_has_its_interval(name):
    rows = pd.read_csv(MEASURED / f"{name}.csv")
    assert set(emlab.RESULT_COLUMNS) <= set(rows.columns)
    assert (rows["n_items"] >= 500).all()
    for row in rows.itertuples():
        lo, hi = emlab.wilson_interval(row.n_correct * row.n_items / row.n, row.n_items)
        assert (row.ci_lo, row.ci_hi) == pytest.approx((lo, hi), abs=2e-4)
        assert lo <= row.acc <= hi


def test_a_rung_is_shipped_only_if_it_beats_the_one_below():
    measured = Measured()
    for scores, better in ((summary(measured.cells), 1), (losses(measured), -1)):
        rows = scores.rename("score").reset_index()
        shown = (better * shipped(rows).sort_values("params")["score"]).tolist()
        assert len(shown) == len(LADDER)
        assert all(one < other for one, other in pairwise(shown))


def test_the_card_is_what_the_measured_tables_say():
    assert CARD.read_text(encoding="utf-8") == card()


def test_the_figures_are_those_that_the_card_shows_and_small():
    shown = {f"{picture.name}.png" for picture in PICTURES if picture.ready(Measured())}
    assert {path.name for path in FIGURES_FOLDER.glob("*")} == shown
    assert sum(path.stat().st_size for path in FIGURES_FOLDER.glob("*")) < 1.5e6
