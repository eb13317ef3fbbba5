"""One set of answers under several measures: the jump of one is the gentle slope of another."""

from emlab.messages import say
from emlab.plots.style import (
    COLOURS,
    GREY,
    MARKERS,
    OPEN,
    add_legend,
    draw_intervals,
    items_text,
    look,
    need_columns,
    new_figure,
    size_axis,
)
from emlab.plots.tidy import COLUMNS, further_seeds, series_of, shipped

METRICS = ("exact_match", "digit_accuracy", "loglikelihood_per_token")
PREDICTED = "predicted_exact_match"
PANEL = 2.5  # inches


def sharp_and_smooth(table, metrics=METRICS, predicted: str = PREDICTED):
    """The same answers scored by several metrics, side by side; a line for each condition.

    table: as for emergence_curves, with one task
    metrics: values of the column metric, the sharpest first, one panel each
    predicted: the metric that says what the first one would be if every part of an answer were right
        independently of the others; drawn thin beside it, and left out if the table lacks it
    Returns a matplotlib Figure. Idea: Schaeffer et al. 2023.
    """
    need_columns(table, COLUMNS, "sharp_and_smooth")
    known = [metric for metric in metrics if (table["metric"] == metric).any()]
    if not known:
        raise ValueError(say("plot_metrics", metrics=", ".join(metrics)))
    shown, others = shipped(table), further_seeds(table)
    names = list(_lines(shown, known[0]))
    styles = {name: (COLOURS[i % len(COLOURS)], MARKERS[i % len(MARKERS)]) for i, name in enumerate(names)}
    thin = say("plot_sharp_predicted")
    with look():
        caption = say("plot_sharp_caption", items=items_text(shown, "n"))
        title = say("plot_sharp_title")
        figure, all_axes = new_figure([PANEL], len(known), title, caption, 1, share_y=False)
        for axes, metric in zip(all_axes, known, strict=True):
            lines, repeats = _lines(shown, metric), _lines(others, metric)
            for name, (colour, marker) in styles.items():
                if name in lines:
                    rows = lines[name]
                    draw_intervals(axes, rows["params"], rows, "value", colour, marker, name)
                if name in repeats:
                    rows = repeats[name]
                    axes.plot(rows["params"], rows["value"], marker=marker, color=colour, **OPEN)
            axes.set_title(say(f"plot_sharp_{metric}") if metric in METRICS else metric, loc="left")
            _axes(axes, shown[shown["metric"] == metric])
        for name, rows in _lines(shown, predicted).items() if known[0] == metrics[0] else ():
            if name in styles:
                colour = styles[name][0]
                all_axes[0].plot(rows["params"], rows["value"], color=colour, linewidth=1.2, linestyle=":")
                all_axes[0].plot([], [], color=GREY, linewidth=1.2, linestyle=":", label=thin)
        add_legend(figure, [*names, thin], len(names) + 1)
    return figure


def _lines(table, metric: str) -> dict:
    """name of a condition -> its rows under one metric, the smallest model first."""
    rows = table[table["metric"] == metric].sort_values("params", kind="stable")
    return dict(series_of(rows, "sharp_and_smooth"))


def _axes(axes, part) -> None:
    """Shares from 0 to 1; anything else on the scale that it needs."""
    if part["value"].between(0, 1).all():
        axes.set_ylim(-0.04, 1.04)
        axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
    size_axis(axes, part["params"].tolist(), say("plot_size"))
    axes.tick_params(labelsize=8.5)
