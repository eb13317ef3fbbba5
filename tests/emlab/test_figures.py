"""What a description of a figure says, and that its size is bounded."""

import json
import math

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from emlab.figures import POINTS, TEXT, describe_figure


@pytest.fixture
def axes():
    return Figure().add_subplot()


def series(axes):
    (panel,) = describe_figure(axes)["panels"]
    return panel["series"]


def test_titles_axes_and_legend():
    figure = Figure()
    figure.suptitle("all")
    left, right = figure.subplots(1, 2)
    left.plot([1, 10], [0.5, 1], label="few-shot")
    left.set(title="a", xlabel="size", ylabel="accuracy", xscale="log", xlim=(1, 100), ylim=(0, 1))
    left.annotate("here", (1, 1))
    left.legend()
    right.set_title("b", loc="left")
    d = describe_figure(figure)
    assert json.loads(json.dumps(d)) == d
    assert d["title"] == "all" and [panel["title"] for panel in d["panels"]] == ["a", "b"]
    panel = d["panels"][0]
    assert (panel["xlabel"], panel["ylabel"]) == ("size", "accuracy")
    assert (panel["xscale"], panel["yscale"]) == ("log", "linear")
    assert (panel["xlim"], panel["ylim"]) == ([1.0, 100.0], [0.0, 1.0])
    assert panel["legend"] == ["few-shot"] and panel["texts"] == ["here"]
    assert d["panels"][1]["legend"] is None and d["panels"][1]["series"] == []


def test_lines_and_scatters(axes):
    axes.plot([1, 2], [3, None], label="line")
    axes.plot(np.ma.masked_array([5, 6], [0, 1]))
    axes.scatter([1.0], [2.0], label="dots")
    first, second, dots = series(axes)
    assert (first["kind"], first["label"], first["x"]) == ("line", "line", [1.0, 2.0])
    assert first["y"][0] == 3 and math.isnan(first["y"][1])
    assert second["label"] is None and second["y"][0] == 5 and math.isnan(second["y"][1])
    assert dots == {"kind": "scatter", "label": "dots", "x": [1.0], "y": [2.0], "count": 1}


def test_bars(axes):
    axes.bar(["u", "v"], [3, 4], label="standing")
    assert series(axes) == [
        {"kind": "bar", "label": "standing", "x": [0.0, 1.0], "y": [3.0, 4.0], "count": 2}
    ]
    assert describe_figure(axes)["panels"][0]["xticks"] == ["u", "v"]
    axes.clear()
    axes.barh(["u", "v"], [3, 4])
    assert series(axes)[0] == {"kind": "barh", "label": None, "x": [3.0, 4.0], "y": [0.0, 1.0], "count": 2}


def test_a_line_with_error_bars_is_one_line(axes):
    axes.errorbar([1, 2], [3, 4], yerr=[1, 1], capsize=3, label="with bars")
    assert [(s["label"], s["y"]) for s in series(axes)] == [("with bars", [3.0, 4.0])]


def test_a_plot_of_pandas(axes):
    pd.DataFrame({"a": [1, 2], "b": [3, 4]}, index=["u", "v"]).plot(ax=axes)
    assert [(s["label"], s["x"], s["y"]) for s in series(axes)] == [
        ("a", [0.0, 1.0], [1.0, 2.0]),
        ("b", [0.0, 1.0], [3.0, 4.0]),
    ]


def test_it_is_bounded(axes):
    axes.plot(range(POINTS + 5), label="x" * 5 * TEXT)
    axes.set_title("y" * 5 * TEXT)
    (line,) = series(axes)
    assert len(line["x"]) == POINTS and line["count"] == POINTS + 5 and len(line["label"]) == TEXT
    assert len(describe_figure(axes)["panels"][0]["title"]) == TEXT


@pytest.mark.parametrize("value", [None, 3, "figure", [Figure()]])
def test_what_is_no_figure(value):
    with pytest.raises(TypeError, match="is no figure"):
        describe_figure(value)
