import pandas as pd
import pytest

from emlab import plots
from tests.emlab.plots.looking import assert_legible, panels, words


def test_forecasts_stand_beside_what_came():
    table = pd.DataFrame(
        {
            "source": ["ladder", "gpt3", "gpt3"],
            "lo": [0.1, 0.6, 0.0],
            "hi": [0.4, 0.9, 0.2],
            "actual": [0.3, 0.7, 0.5],
            "inside": [True, True, False],
        }
    )
    figure = plots.forecast_intervals(table, level=0.9)
    [axes] = panels(figure)
    bars = [segment for bar in axes.collections for segment in bar.get_segments()]
    assert sorted(tuple(segment[:, 1]) for segment in bars) == [(0.0, 0.2), (0.1, 0.4), (0.6, 0.9)]
    marks = {line.get_label(): dict(zip(*line.get_data(), strict=True)) for line in axes.lines}
    assert marks["ladder: 1 of 1 inside"] == {0: 0.3}  # lowest first
    assert marks["gpt3: 1 of 2 inside"] == {1: 0.5, 2: 0.7}
    [hollow] = [line for line in axes.lines if line.get_color() == "white" and len(line.get_xdata())]
    assert hollow.get_ydata() == pytest.approx([0.5])
    assert "90%" in words(figure) and "share" in axes.get_ylabel()
    assert_legible(figure)
