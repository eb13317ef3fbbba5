"""The measured tables and the card are those of the shipped weights."""

import json

import pandas as pd
import pytest

import emlab
from ladder import card
from ladder.export import SHIPPED
from ladder.measure.__main__ import TABLES
from ladder.measure.common import MEASURED

LADDER = json.loads((SHIPPED / "ladder.json").read_text(encoding="utf-8"))["rungs"]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_was_measured_on_the_shipped_weights(name):
    rows = pd.read_csv(MEASURED / f"{name}.csv")
    measured = dict(zip(rows["model"], rows["revision"], strict=True))
    assert measured == {f"ladder/{entry['name']}": entry["revision"] for entry in LADDER}


@pytest.mark.parametrize("name", ["few_shot", "format"])
def test_an_accuracy_stands_on_enough_items_and_has_its_interval(name):
    rows = pd.read_csv(MEASURED / f"{name}.csv")
    assert set(emlab.RESULT_COLUMNS) <= set(rows.columns)
    assert (rows["n_items"] >= 200).all()
    for row in rows.itertuples():
        lo, hi = emlab.wilson_interval(row.n_correct * row.n_items / row.n, row.n_items)
        assert (row.ci_lo, row.ci_hi) == pytest.approx((lo, hi), abs=2e-4)
        assert lo <= row.acc <= hi


def test_a_rung_is_shipped_only_if_it_beats_the_one_below():
    scores = card.summary().tolist()  # losses, smallest rung first
    assert len(scores) == len(LADDER)
    assert scores == sorted(scores, reverse=True) and len(set(scores)) == len(scores)


def test_the_card_is_what_the_measured_tables_say():
    assert card.CARD.read_text(encoding="utf-8") == card.card()
