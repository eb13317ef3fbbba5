"""Favourite letters, flagged items, and scores against training compute."""

import pandas as pd
import pytest

import emlab
from emlab import plots
from tests.emlab.plots.looking import assert_legible, panels, series, words

RUNGS = {name: emlab.load(name).params for name in emlab.rungs()}
SHARES = {"A": 0.1, "B": 0.2, "C": 0.3, "D": 0.4}
ITEMS = {"MMLU": 14_079, "letters": 400}


def bias():
    rows = [
        {"model": model, "params": params, "letter": letter, "n": 400, "said_share": share}
        for model, params in reversed(RUNGS.items())
        for letter, share in SHARES.items()
    ]
    return pd.DataFrame(rows)


def leak(excluded=21):
    rows = [
        {"model": model, "params": params, "condition": condition, "n_kept": 379, "acc_kept": 0.25}
        | {"n_excluded": excluded, "acc_excluded": 15 / 21 if excluded else float("nan")}
        for model, params in RUNGS.items()
        for condition in ("cloze", "letters")
    ]
    return pd.DataFrame(rows)


def scored():
    ours = [
        ("letters", m, 1e12 * p, a, "measured here")
        for (m, p), a in zip(RUNGS.items(), range(20, 90, 10), strict=True)
    ]
    theirs = [("MMLU", "small", 1e22, 29.0, "paper"), ("MMLU", "large", 1e24, 60.0, "paper")]
    unknown = [("MMLU", "secret", float("nan"), 90.0, "paper")]
    rows = pd.DataFrame(
        [*ours, *theirs, *unknown], columns=["benchmark", "model", "train_flops", "acc", "source"]
    )
    return rows.assign(chance=25.0)


def test_each_letter_is_drawn_for_each_model_with_its_interval():
    figure = plots.letter_shares(bias())
    [axes] = panels(figure)
    drawn = series(axes)
    assert list(drawn) == list(SHARES)
    for letter, (_, values, ends) in drawn.items():
        assert list(values) == [SHARES[letter]] * len(RUNGS)
        assert ends == [pytest.approx(emlab.wilson_interval(SHARES[letter] * 400, 400))] * len(RUNGS)
    assert [tick.get_text() for tick in axes.get_xticklabels()] == [m.split("/")[1] for m in RUNGS]
    assert_legible(figure)


def test_flagged_and_other_items_stand_side_by_side():
    figure = plots.contamination(leak())
    assert [axes.get_title(loc="left") for axes in panels(figure)] == ["letters", "cloze"]
    for axes in panels(figure):
        flagged, others = series(axes).values()
        for (_, values, ends), value, n in ((flagged, 15 / 21, 21), (others, 0.25, 379)):
            assert list(values) == [pytest.approx(value)] * len(RUNGS)
            assert ends == [pytest.approx(emlab.wilson_interval(value * n, n))] * len(RUNGS)
    assert "21 items" in words(figure)
    assert_legible(figure)


def test_without_a_flagged_item_only_the_others_are_drawn():
    for axes in panels(plots.contamination(leak(excluded=0))):
        flagged, others = series(axes).values()
        assert len(flagged[0]) == 0 and len(others[0]) == len(RUNGS)


def test_a_mark_is_filled_where_the_interval_is_clearly_above_chance():
    figure = plots.score_by_compute(scored(), ITEMS)
    [axes] = panels(figure)
    faces = {}
    for line in axes.lines:
        if line.get_marker() not in ("None", "", "_"):
            for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True):
                faces[x, y] = line.get_markerfacecolor()
    is_open = {y: face == "white" for (_, y), face in faces.items()}
    # 35 of 100 with 400 items reaches down to 30.5; 29 of 14,079 questions is sure, but not 5 points above
    assert is_open == {20: True, 30: True, 40: False, 50: False, 60: False, 70: False, 80: False, 29: True}
    assert 90 not in is_open
    assert_legible(figure)


def test_a_benchmark_without_its_number_of_questions_is_named():
    with pytest.raises(KeyError, match="MMLU"):
        plots.score_by_compute(scored(), {"letters": 400})


@pytest.mark.parametrize("draw", [plots.letter_shares, plots.contamination])
def test_a_table_without_the_columns_is_named(draw):
    with pytest.raises(ValueError, match=draw.__name__):
        draw(pd.DataFrame({"other": [1]}))


def test_the_columns_of_the_comparison_are_named():
    with pytest.raises(ValueError, match="score_by_compute"):
        plots.score_by_compute(pd.DataFrame({"other": [1]}), ITEMS)
