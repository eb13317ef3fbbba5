"""What the tests of figures share: how to read a figure back, and made-up tables of a ladder."""

import itertools
import math

import matplotlib
import pandas as pd
import pytest

import emlab

SIZES = {"ladder/22k": 22_032, "ladder/123k": 123_240, "ladder/774k": 773_712}
TOKENS = 7_000_000
ON_THE_WAY = {"ladder/774k@1.75m": 1_750_000, "ladder/774k@3.5m": 3_500_000}


def panels(figure):
    return [axes for axes in figure.axes if axes.get_visible() and axes.get_label() != "<colorbar>"]


def series(axes):
    """label → (x, y, interval ends) of each drawn series with intervals."""
    found = {}
    for container in axes.containers:
        line, _, [bars] = container.lines
        ends = [tuple(segment[:, 1]) for segment in bars.get_segments()]
        found[container.get_label()] = (line.get_xdata(), line.get_ydata(), ends)
    return found


def open_marks(axes):
    """(x, y) of every mark of a further seed."""
    lines = [line for line in axes.lines if line.get_markerfacecolor() == "none" and len(line.get_xdata())]
    return [point for line in lines for point in zip(line.get_xdata(), line.get_ydata(), strict=True)]


def words(figure):
    """Every text that the figure shows."""
    return " ".join(text.get_text() for text in figure.findobj(matplotlib.text.Text)).replace("\n", " ")


def assert_legible(figure):
    """Nothing is cut off at the edge; panels, legend and caption do not overlap, nor tick labels."""
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    everything, (width, height) = figure.get_tightbbox(renderer), figure.get_size_inches()
    assert everything.x0 >= -0.02 and everything.y0 >= -0.02, everything
    assert everything.x1 <= width + 0.02 and everything.y1 <= height + 0.02, everything
    parts = [*figure.legends, *figure.texts, *(axes for axes in figure.axes if axes.get_visible())]
    for axes in panels(figure):
        low, high = sorted(axes.get_xlim())
        # Inner panels have no labels.
        parts_of_axis = zip(axes.get_xticks(), axes.get_xticklabels(), strict=False)
        labels = [label for place, label in parts_of_axis if low <= place <= high and label.get_text()]
        assert_apart([label.get_window_extent(renderer) for label in labels if label.get_visible()])
    assert_apart([part.get_tightbbox(renderer) for part in parts if part is not figure._suptitle])


def assert_apart(boxes):
    for one, other in itertools.combinations(boxes, 2):
        across = min(one.x1, other.x1) - max(one.x0, other.x0)
        down = min(one.y1, other.y1) - max(one.y0, other.y0)
        assert across <= 1 or down <= 1, f"{one} and {other} overlap"


def assert_drawn(drawn, part, column="acc"):
    _, y, ends = drawn
    assert y == pytest.approx(part[column].to_numpy())
    assert ends == [pytest.approx(pair) for pair in zip(part["ci_lo"], part["ci_hi"], strict=True)]


def models(seeds=(0,), on_the_way=False):
    """(model, params, seed, tokens), largest first, so that sorting by size shows."""
    found = [(name, params, seed, TOKENS) for name, params in reversed(SIZES.items()) for seed in seeds]
    if on_the_way:
        found += [(name, SIZES["ladder/774k"], 0, tokens) for name, tokens in ON_THE_WAY.items()]
    return found


def cell(model, task="sums", condition="short", value=0.5, chance=None, metric="acc", n=500, **extra):
    """One row of a table of abilities; `model` as from `models`."""
    name, params, seed, tokens = model
    low, high = emlab.wilson_interval(value * n, n)
    row = {"model": name, "params": params, "revision": f"{name}/{seed}", "seed": seed, "tokens": tokens}
    row |= {"task": task, "condition": condition, "metric": metric, "n": n, "value": value}
    return row | {"ci_lo": low, "ci_hi": high, "chance": chance} | extra


def growing(model, start=5.0, steep=6.0, low=0.0, high=1.0):
    """A value that grows with size, with training, and a little with the seed."""
    _, params, seed, tokens = model
    place = math.log10(params) + 0.7 * math.log10(tokens / TOKENS) + 0.03 * seed
    return low + (high - low) / (1 + math.exp(-steep * (place - start)))


def abilities(seeds=(0,), on_the_way=False):
    """Two tasks, one of them with two conditions and with chance at one half."""
    rows = []
    for model in models(seeds, on_the_way):
        rows.append(cell(model, "sums", "short", growing(model, 4.6)))
        rows.append(cell(model, "sums", "long", growing(model, 5.6)))
        rows.append(cell(model, "choices", "two", growing(model, 5.2, low=0.5), chance=0.5))
    return pd.DataFrame(rows)
