"""Whether an effect is there follows from the intervals, and from nothing else."""

import pandas as pd
import pytest

from emlab.plots import trends
from ladder.card import rules
from ladder.card.notes import TRIED
from ladder.card.phenomena import EFFECTS, findings
from ladder.card.tables import NotMeasured, cell

RUNGS = {"small": 20_000, "middle": 200_000, "large": 2_000_000}
TASK = cell("sums", "short")
OTHER = cell("sums", "long")


def cells(*values, of=TASK, chance=0.5, half=0.04):
    """One cell's rows for the three rungs, with intervals of so much to either side."""
    return pd.DataFrame(
        [
            {
                "model": f"ladder/{name}", "params": RUNGS[name], "revision": name, "seed": 0, "tokens": 7,
                "task": of.task, "condition": of.condition, "metric": of.metric, "n": 500,
                "value": value, "ci_lo": value - half, "ci_hi": value + half, "chance": chance,
            }
            for name, value in zip(RUNGS, values, strict=True)
        ]
    )  # fmt: skip


def where(rule, *tables):
    return rule(pd.concat(tables)).where


def test_above_chance_and_above_a_level():
    table = cells(0.53, 0.56, 0.95)
    assert where(rules.above(TASK), table) == ("middle", "large")
    assert where(rules.above(TASK, 0.9), table) == ("large",)
    assert where(rules.above(TASK, 0.99), table) == ()
    assert where(rules.not_above(TASK), table) == ("small",)


def test_where_guessing_gets_nothing_a_lucky_hit_is_no_ability():
    assert where(rules.above(TASK), cells(0.03, 0.08, 0.5, chance=None)) == ("large",)


def test_one_cell_exceeds_another_where_the_intervals_lie_apart():
    high, low = cells(0.5, 0.55, 0.9), cells(0.5, 0.5, 0.5, of=OTHER)
    finding = rules.exceeds(TASK, OTHER)(pd.concat([high, low]))
    assert finding.where == ("large",) and finding.numbers == "0.50 → 0.90 on `large`"
    assert where(rules.exceeds(OTHER, TASK), high, low) == ()


def test_at_chance_for_all_takes_every_cell():
    tables = cells(0.5, 0.5, 0.9), cells(0.52, 0.6, 0.9, of=OTHER)
    assert where(rules.at_chance_for_all(TASK, OTHER), *tables) == ("small",)


def test_sharp_while_smooth():
    whole, parts = cells(0.01, 0.02, 0.9), cells(0.2, 0.7, 0.99, of=OTHER)
    assert where(rules.sharp_while_smooth(TASK, OTHER), whole, parts) == ("middle",)


def test_a_turn_names_its_trend():
    table = cells(0.9, 0.2, 0.6)
    assert where(rules.turns(TASK, trends.U_SHAPED), table) == ("U-shaped (short)",)
    finding = rules.turns(TASK, trends.FALLS)(table)
    assert not finding.there and finding.numbers == "U-shaped: 0.90, 0.20, 0.60"


def test_growth_in_steps_is_no_single_jump():
    assert where(rules.grows_in_steps(TASK, 2), cells(0.3, 0.5, 0.7)) == ("middle", "large")
    assert where(rules.grows_in_steps(TASK, 2), cells(0.3, 0.3, 0.9)) == ()


def test_any_of_lists_rungs_by_size():
    tables = cells(0.5, 0.5, 0.9), cells(0.9, 0.5, 0.5, of=OTHER)
    assert where(rules.any_of(rules.above(TASK), rules.above(OTHER)), *tables) == ("small", "large")


def test_further_seeds_and_models_on_the_way_decide_nothing():
    again = cells(0.9, 0.9, 0.9).assign(seed=1)
    early = cells(0.9, 0.9, 0.9).assign(tokens=3, model="ladder/large@3")
    assert where(rules.above(TASK), cells(0.5, 0.5, 0.5), again, early) == ()


def test_what_is_not_measured_is_neither_there_nor_absent():
    with pytest.raises(NotMeasured):
        rules.above(OTHER)(cells(0.5, 0.5, 0.5))
    found = findings(cells(0.9, 0.9, 0.9, of=cell("syllogisms", "all")))
    every = [finding for group in found.values() for finding in group.values()]
    assert sum(finding is not None for finding in every) == 1


def test_a_note_belongs_to_an_effect():
    names = [effect.name for effects in EFFECTS.values() for effect in effects]
    assert len(names) == len(set(names))
    assert set(TRIED) <= set(names)
