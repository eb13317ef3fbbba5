import pandas as pd
import pytest

from emlab import plots
from emlab.plots.tidy import above_chance, further_seeds, on_the_way, rescaled, series_of, with_ability
from emlab.plots.trends import trend
from tests.emlab.plots.looking import SIZES, abilities, cell, models


def test_shipped_keeps_the_first_seed_of_finished_models():
    table = abilities(seeds=(0, 1, 2), on_the_way=True)
    kept = plots.shipped(table)
    assert set(kept["model"]) == set(SIZES) and set(kept["seed"]) == {0}
    assert len(kept) == 3 * len(SIZES)
    assert set(further_seeds(table)["seed"]) == {1, 2}
    assert len(kept) + len(further_seeds(table)) + 2 * 3 == len(table)


def test_a_table_without_seeds_is_shipped_as_it_is():
    table = abilities().drop(columns=["seed", "tokens"])
    assert plots.shipped(table).equals(table)
    assert not len(further_seeds(table))


def test_on_the_way_is_one_model_at_all_its_looks():
    table = abilities(seeds=(0, 1), on_the_way=True)
    assert sorted(set(on_the_way(table)["tokens"])) == [1_750_000, 3_500_000, 7_000_000]
    assert set(on_the_way(table)["params"]) == {773_712}
    with pytest.raises(ValueError, match="measured on its way"):
        on_the_way(abilities())


def test_a_line_is_a_condition_and_whatever_else_differs():
    rows = [cell(model, condition="arbitrary", k=k, value=k / 10) for model in models() for k in (0, 5)]
    lines = dict(series_of(pd.DataFrame(rows), "f"))
    assert list(lines) == ["arbitrary, k = 0", "arbitrary, k = 5"]
    assert set(lines["arbitrary, k = 5"]["value"]) == {0.5}
    only = pd.DataFrame(rows)[lambda t: t["k"] == 5]
    assert [name for name, _ in series_of(only, "f")] == ["arbitrary"]
    with pytest.raises(ValueError, match="added twice"):
        series_of(pd.concat([only, only]), "f")


def test_an_ability_is_named_after_what_differs():
    assert set(with_ability(abilities(), "f")["ability"]) == {"sums: short", "sums: long", "choices: two"}
    named = abilities().assign(ability="mine")
    assert set(with_ability(named, "f")["ability"]) == {"mine"}


def test_rescaled_puts_guessing_at_0():
    model = models()[0]
    table = pd.DataFrame(
        [cell(model, value=0.75, chance=0.5), cell(model, value=0.4, chance=0.5), cell(model, value=0.3)]
    )
    assert rescaled(table)["value"].tolist() == pytest.approx([0.5, 0.0, 0.3])


def test_above_chance_means_the_whole_interval():
    model = models()[0]
    values = [(0.53, 0.5, False), (0.56, 0.5, True), (0.02, None, False), (0.1, None, True)]
    table = pd.DataFrame([cell(model, value=value, chance=chance) for value, chance, _ in values])
    assert above_chance(table).tolist() == [there for _, _, there in values]


@pytest.mark.parametrize(
    "values, expected",
    [
        ((0.1, 0.5, 0.9), "rises"),
        ((0.9, 0.5, 0.1), "falls"),
        ((0.9, 0.2, 0.5), "U-shaped"),
        ((0.1, 0.9, 0.5), "inverted U"),
        ((0.5, 0.9, 0.1, 0.5), "wavers"),
        ((0.5, 0.52, 0.53), "flat"),
        ((0.12, 0.02, 0.9), "rises"),  # a dip smaller than LEAST, once the intervals are taken off
        ((0.5,), "flat"),
    ],
)
def test_a_trend_is_decided_by_the_intervals(values, expected):
    assert trend([v - 0.03 for v in values], [v + 0.03 for v in values]) == expected
