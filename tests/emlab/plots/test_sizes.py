"""Emergence curves, inverse scaling, the capability map, curves of a training, sharp and smooth."""

import pandas as pd
import pytest

from emlab import plots
from emlab.plots.sharp import METRICS, PREDICTED
from tests.emlab.plots.looking import (
    SIZES,
    abilities,
    assert_drawn,
    assert_legible,
    cell,
    growing,
    models,
    open_marks,
    panels,
    series,
    words,
)


def test_emergence_curves_have_a_panel_a_task_and_a_line_a_condition():
    table = abilities(seeds=(0, 1), on_the_way=True)
    figure = plots.emergence_curves(table)
    shown = {axes.get_title(loc="left"): axes for axes in panels(figure)}
    assert list(shown) == ["sums", "choices"]
    lines = series(shown["sums"])
    assert list(lines) == ["short", "long"]
    part = plots.shipped(table).query("task == 'sums' and condition == 'long'").sort_values("params")
    assert_drawn(lines["long"], part, "value")
    assert lines["long"][0] == pytest.approx(sorted(SIZES.values()), rel=0.1)
    assert shown["sums"].get_xscale() == "log"
    seeds = [y for _, y in open_marks(shown["choices"])]
    assert sorted(seeds) == pytest.approx(sorted(table.query("task == 'choices' and seed == 1")["value"]))
    [chance] = [line for line in shown["choices"].lines if line.get_linestyle() == "--"]
    assert set(chance.get_ydata()) == {0.5}
    assert "Each mark: 500 items" in words(figure)
    assert_legible(figure)


def test_emergence_curves_of_many_tasks_are_legible():
    tasks = [abilities().assign(task=f"a task of a long name, {number}") for number in range(7)]
    table = pd.concat([t.drop_duplicates(["model", "condition"]) for t in tasks])
    figure = plots.emergence_curves(table)
    assert len(panels(figure)) == 7
    assert_legible(figure)


def test_inverse_scaling_names_the_trend_of_each_line():
    values = {"ladder/22k": (0.9, 0.9), "ladder/123k": (0.5, 0.2), "ladder/774k": (0.1, 0.6)}
    rows = [
        cell(model, "proverbs", condition, values[model[0]][index], chance=0.5)
        for model in models()
        for index, condition in enumerate(("often", "seldom"))
    ]
    figure = plots.inverse_scaling(pd.DataFrame(rows))
    [axes] = panels(figure)
    assert list(series(axes)) == ["often: falls", "seldom: U-shaped"]
    assert_legible(figure)


def test_the_capability_map_is_a_staircase_of_rescaled_values():
    table = abilities(seeds=(0, 1), on_the_way=True)
    figure = plots.capability_map(table)
    axes = panels(figure)[0]
    abilities_shown = [tick.get_text() for tick in axes.get_yticklabels()]
    assert abilities_shown == ["sums: short", "choices: two", "sums: long"]
    assert [tick.get_text().split("\n")[0] for tick in axes.get_xticklabels()] == ["22k", "123k", "774k"]
    kept = plots.shipped(table)
    numbers = {(round(t.get_position()[0]), round(t.get_position()[1])): t.get_text() for t in axes.texts}
    value = kept.query("model == 'ladder/774k' and task == 'choices'")["value"].item()
    assert numbers[2, 1] == f"{(value - 0.5) / 0.5:.2f}"
    dots = {(round(line.get_xdata()[0] - 0.36), line.get_ydata()[0]) for line in axes.lines}
    assert (2, 1) in dots and (0, 2) not in dots
    assert_legible(figure)


def test_a_gap_in_the_capability_map_has_no_number():
    table = abilities()
    table = table[~((table["model"] == "ladder/22k") & (table["task"] == "choices"))]
    axes = panels(plots.capability_map(table))[0]
    assert len(axes.texts) == 3 * len(SIZES) - 1


def test_training_curves_follow_the_model_that_was_looked_at_on_its_way():
    table = abilities(seeds=(0, 1), on_the_way=True)
    figure = plots.training_curves(table)
    [axes] = panels(figure)
    lines = series(axes)
    assert set(lines) == {"sums: short", "sums: long", "choices: two"}
    x, y, _ = lines["sums: long"]
    assert x == pytest.approx([1_750_000, 3_500_000, 7_000_000], rel=0.1)
    way = table[(table["seed"] == 0) & (table["params"] == 773_712) & (table["condition"] == "long")]
    assert y == pytest.approx(way.sort_values("tokens")["value"].to_numpy())
    assert "ladder/774k" in words(figure)
    assert_legible(figure)


def test_sharp_and_smooth_shows_three_measures_of_one_set_of_answers():
    rows = []
    for model in models(seeds=(0, 1)):
        share = growing(model, 5.0, 3)
        for metric, value in ((METRICS[0], share**4), (METRICS[1], share), (PREDICTED, share**5)):
            rows.append(cell(model, "addition", "3 digits", value, metric=metric))
        likelihood = cell(model, "addition", "3 digits", 0.5, metric=METRICS[2])
        rows.append(likelihood | {"value": -1 + share, "ci_lo": -1.1 + share, "ci_hi": -0.9 + share})
    table = pd.DataFrame(rows)
    figure = plots.sharp_and_smooth(table)
    first, second, third = panels(figure)
    kept = plots.shipped(table).sort_values("params")
    for axes, metric in ((first, METRICS[0]), (second, METRICS[1]), (third, METRICS[2])):
        assert_drawn(series(axes)["3 digits"], kept[kept["metric"] == metric], "value")
        assert len(open_marks(axes)) == len(SIZES)
    [dotted] = [line for line in first.lines if line.get_linestyle() == ":" and len(line.get_xdata())]
    assert dotted.get_ydata() == pytest.approx(kept[kept["metric"] == PREDICTED]["value"].to_numpy())
    assert third.get_ylim()[0] < -0.5
    assert_legible(figure)


def test_sharp_and_smooth_needs_one_of_its_metrics():
    with pytest.raises(ValueError, match="none of the metrics exact_match"):
        plots.sharp_and_smooth(abilities())


@pytest.mark.parametrize("draw", [plots.emergence_curves, plots.capability_map, plots.inverse_scaling])
def test_what_lacks_in_a_table_is_named(draw):
    with pytest.raises(ValueError, match=f"{draw.__name__}: the table lacks the columns chance"):
        draw(abilities().drop(columns="chance"))
    with pytest.raises(ValueError, match="no rows"):
        draw(abilities()[:0])
