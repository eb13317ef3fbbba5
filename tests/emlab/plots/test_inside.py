"""Calibration, and induction heads beside few-shot accuracy."""

import pandas as pd
import pytest

import emlab
from emlab import plots
from tests.emlab.plots.looking import SIZES, assert_legible, cell, growing, models, panels, series, words


def test_the_reliability_diagram_has_a_panel_a_model_and_its_calibration_error():
    bins = ((0.3, 0.2, 100), (0.6, 0.4, 300), (0.9, 0.9, 100))
    rows = [
        cell(model, value=right, n=n, bin=number, confidence=confidence)
        for model in models(seeds=(0, 1))
        for number, (confidence, right, n) in enumerate(bins)
    ]
    figure = plots.reliability_diagram(pd.DataFrame(rows))
    assert len(panels(figure)) == len(SIZES)
    for axes in panels(figure):
        [(x, y, _)] = series(axes).values()
        assert x == pytest.approx([0.3, 0.6, 0.9]) and y == pytest.approx([0.2, 0.4, 0.9])
        assert axes.texts[0].get_text() == f"ECE {(0.1 * 100 + 0.2 * 300) / 500:.2f}"
    assert "500 answers a model" in words(figure)
    assert_legible(figure)


def test_induction_and_few_shot_has_one_mark_a_model():
    heads, results = [], []
    for model in models(seeds=(0, 1), on_the_way=True):
        name, params, seed, tokens = model
        own = {"model": name, "params": params, "seed": seed, "tokens": tokens}
        best = growing(model, 5.2)
        heads += [own | {"layer": 0, "head": head, "score": best / (head + 1)} for head in range(2)]
        low, high = emlab.wilson_interval(250 + 200 * best, 500)
        results.append(own | {"acc": 0.5 + 0.4 * best, "ci_lo": low, "ci_hi": high})
    figure = plots.induction_and_few_shot(pd.DataFrame(heads), pd.DataFrame(results))
    [axes] = panels(figure)
    shipped = series(axes)
    assert len(shipped) == len(SIZES)
    for model in models():
        [(x, y, _)] = [drawn for label, drawn in shipped.items() if label.startswith(f"{model[0]} ")]
        assert (x[0], y[0]) == pytest.approx((growing(model, 5.2), 0.5 + 0.4 * growing(model, 5.2)))
    seeds = [line for line in axes.lines if line.get_marker() == "o" and line.get_markerfacecolor() == "none"]
    assert sum(len(line.get_xdata()) for line in seeds) == len(SIZES)
    crosses = [line for line in axes.lines if line.get_marker() == "x"]
    assert sum(len(line.get_xdata()) for line in crosses) == 2
    assert f"{2 * len(SIZES) + 2} models" in words(figure)
    assert_legible(figure)


def test_seven_rungs_are_legible_in_the_older_figures():
    rows, scores = [], []
    for number in range(7):
        own = {"model": f"ladder/{number}.5m", "params": 20_000 * 3**number}
        scores += [own | {"layer": layer, "head": h, "score": h / 10} for layer in range(4) for h in range(8)]
        for k in (0, 1, 2, 3, 5, 10):
            result = dict.fromkeys(("strategy", "order", "template_id"), "one") | {"condition": "arbitrary"}
            rows.append(own | result | {"k": k, "n_items": 500, "acc": 0.5, "ci_lo": 0.45, "ci_hi": 0.55})
    table, heads = pd.DataFrame(rows), pd.DataFrame(scores)
    for figure in (plots.few_shot_curves(table), plots.label_effect(table), plots.induction_scores(heads)):
        assert_legible(figure)
