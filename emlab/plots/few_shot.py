"""Accuracy against the number of examples: by rung, and by kind of labels."""

from emlab.messages import say
from emlab.plots.style import (
    COLOURS,
    MARKERS,
    add_legend,
    chance_label,
    dodge,
    draw_intervals,
    hide_empty_places,
    items_text,
    look,
    need_columns,
    need_single_rows,
    new_figure,
    rung_colours,
    rung_label,
    rung_title,
    rungs_of,
    share_axis,
)

SETTINGS = ("condition", "strategy", "order", "template_id")
NEEDED = ("model", "params", "k", "acc", "ci_lo", "ci_hi", "n_items", *SETTINGS)
MOST_COLUMNS = 3
MANY = 7  # panels, from which on they are small and there are four in a row


def few_shot_curves(results, chance: float = 0.5):
    """Accuracy against k, one line a rung, one panel for each setting that `results` holds.

    results: a DataFrame with the columns of emlab.RESULT_COLUMNS, one row for each cell
    chance: the accuracy of guessing (0.5 with two labels), drawn as a dashed line
    Returns a matplotlib Figure. Bars are the intervals ci_lo to ci_hi.
    """
    need_columns(results, NEEDED, "few_shot_curves")
    need_single_rows(results, ("model", "k", *SETTINGS), "few_shot_curves")
    varying = [name for name in SETTINGS if results[name].nunique() > 1]
    panels = list(results.groupby(varying, sort=True)) if varying else [((), results)]
    title = say("plot_few_shot_title")
    rungs = rungs_of(results)
    return _panels(
        [(_panel_title(varying, key), part) for key, part in panels],
        title,
        say("plot_few_shot_caption", items=items_text(results)),
        chance,
        series=rungs,
        colours=rung_colours(len(rungs)),
        select=lambda part, rung: part[part["model"] == rung[0]],
        label=lambda rung: rung_label(*rung),
    )


def label_effect(results, chance: float = 0.5):
    """Accuracy against k for each kind of labels (condition), one panel a rung.

    results: as for few_shot_curves, with one strategy, order and template
    Returns a matplotlib Figure.
    """
    need_columns(results, NEEDED, "label_effect")
    need_single_rows(results, ("model", "condition", "k"), "label_effect")
    rungs = rungs_of(results)
    known = [name for name in ("natural", "arbitrary", "flipped") if (results["condition"] == name).any()]
    others = sorted(set(results["condition"]) - set(known))
    return _panels(
        [(rung_title(*rung), results[results["model"] == rung[0]]) for rung in rungs],
        say("plot_labels_title"),
        say("plot_labels_caption", items=items_text(results)),
        chance,
        series=[*known, *others],
        colours=COLOURS,
        select=lambda part, condition: part[part["condition"] == condition],
        label=lambda condition: say("plot_labels_series", condition=condition),
    )


def _panels(panels, title, caption, chance, series, colours, select, label):
    """The figure: panels = [(title, table)], and in each panel a line for each of `series`."""
    small = len(panels) >= MANY
    columns = 4 if small else 2 if len(panels) == 4 else min(len(panels), MOST_COLUMNS)
    rows = -(-len(panels) // columns)
    every_k = sorted({k for _, part in panels for k in part["k"].tolist()})
    heights = [2.6 if len(panels) > 1 else 3.2] * rows
    legend = [*map(label, series), chance_label(chance)]
    with look():
        figure, all_axes = new_figure(heights, columns, title, caption, -(-len(legend) // 2))
        for axes, (panel_title, part) in zip(all_axes, panels, strict=False):
            for index, name in enumerate(series):
                line = select(part, name).sort_values("k")
                if len(line):
                    x = line["k"].to_numpy(dtype=float) + dodge(index, len(series), 0.12)
                    colour, marker = colours[index % len(colours)], MARKERS[index % len(MARKERS)]
                    draw_intervals(axes, x, line, "acc", colour, marker, label(name))
            share_axis(axes, say("plot_accuracy"), chance)
            axes.set_title(panel_title, loc="left")
            axes.set_xticks(every_k)
            axes.set_xlabel(say("plot_k"))
            axes.label_outer()
            if small:
                axes.set_title(panel_title, loc="left", fontsize=8.5)
                axes.tick_params(labelsize=8)
        hide_empty_places(all_axes, len(panels), columns, say("plot_k"))
        add_legend(figure, legend)
    return figure


def _panel_title(varying, key) -> str:
    return ", ".join(
        say("plot_setting", name=name, value=value) for name, value in zip(varying, key, strict=True)
    )
