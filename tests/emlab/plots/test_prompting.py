"""Versions of a prompt, and chain of thought by size."""

import pandas as pd
import pytest

import emlab
from emlab import plots
from tests.emlab.plots.looking import assert_legible, panels, series, words

VERSIONS = [  # version, parent, change_type, right of 100
    ("v0", "", "start", 20),
    ("v1", "v0", "parser", 22),
    ("v2", "v1", "instruction", 18),
    ("v3", "v1", "examples", 30),
    ("v4", "v3", "format", 1),
    ("v5", "v1", "chain of thought", 76),
    ("v6", "v5", "examples", 75),
]


def trajectory():
    rows = []
    for version, parent, kind, right in VERSIONS:
        lo, hi = emlab.wilson_interval(right, 100)
        row = {"version": version, "parent": parent, "change_type": kind, "dev_n": 100}
        rows.append({**row, "dev_acc": right / 100, "lo": lo, "hi": hi})
    return pd.DataFrame(rows)


def test_a_trajectory_shows_each_version_with_its_interval_and_its_parent():
    table = trajectory()
    figure = plots.prompt_trajectory(table, chance=0.1)
    [axes] = panels(figure)
    for kind, (places, values, ends) in series(axes).items():
        rows = table[table["change_type"] == kind]
        assert list(places) == list(rows.index) and list(values) == pytest.approx(rows["dev_acc"].tolist())
        assert ends == [pytest.approx(pair) for pair in zip(rows["lo"], rows["hi"], strict=True)]
    assert list(series(axes)) == ["start", "parser", "instruction", "examples", "format", "chain of thought"]
    lines = [tuple(line.get_xdata()) for line in axes.lines if line.get_color() == "#B0B0B0"]
    assert sorted(lines) == [(0, 1), (1, 2), (1, 3), (1, 5), (3, 4), (5, 6)]
    assert [tick.get_text() for tick in axes.get_xticklabels()] == table["version"].tolist()
    assert "100 dev items" in words(figure)
    assert_legible(figure)


def test_a_long_trajectory_is_legible():
    table = pd.concat([trajectory()] * 3, ignore_index=True)
    table["version"] = [f"v{i}" for i in range(len(table))]
    assert_legible(plots.prompt_trajectory(table))


def control():
    rows = []
    for params, model, gain in ((773_920, "ladder/774k", 1.0), (247_552, "ladder/248k", 0.2)):
        for version, _, _, right in VERSIONS:
            lo, hi = emlab.wilson_interval(gain * right, 100)
            row = {"model": model, "params": params, "version": version, "n": 100}
            rows.append({**row, "acc": gain * right / 100, "lo": lo, "hi": hi})
    return pd.DataFrame(rows)


def test_the_control_shows_both_models_at_every_version():
    figure = plots.prompt_control(control(), chance=0.1)
    [axes] = panels(figure)
    drawn = series(axes)
    assert list(drawn) == ["ladder/248k (247,552 parameters)", "ladder/774k (773,920 parameters)"]
    for model, (_, values, ends) in drawn.items():
        rows = control()[control()["model"] == model.split()[0]]
        assert list(values) == pytest.approx(rows["acc"].tolist())
        assert ends == [pytest.approx(pair) for pair in zip(rows["lo"], rows["hi"], strict=True)]
    assert [tick.get_text() for tick in axes.get_xticklabels()] == [version for version, *_ in VERSIONS]
    assert_legible(figure)


def test_chain_of_thought_is_drawn_by_family_and_size():
    figure = plots.chain_of_thought_by_size(emlab.published("results"))
    [axes] = panels(figure)
    lines = {line.get_label(): line for line in axes.lines}
    assert {"LaMDA", "GPT-3", "UL2", "PaLM"} < set(lines)
    assert list(lines["PaLM"].get_xdata()) == [8e9, 62e9, 540e9]
    assert list(lines["PaLM"].get_ydata()) == pytest.approx([-0.8, 20.3, 39.0])
    assert not any("Codex" in label for label in lines)  # its size was never published
    assert_legible(figure)


@pytest.mark.parametrize(
    "draw", [plots.prompt_trajectory, plots.prompt_control, plots.chain_of_thought_by_size]
)
def test_a_table_without_the_columns_is_named(draw):
    with pytest.raises(ValueError, match=draw.__name__):
        draw(pd.DataFrame({"other": [1]}))
