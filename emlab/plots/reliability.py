"""Calibration: how often the answers that a model is so sure of are right."""

from emlab.messages import say
from emlab.plots.style import (
    GREY,
    add_legend,
    draw_intervals,
    items_text,
    look,
    need_columns,
    new_figure,
    rung_colours,
    rungs_of,
    short_number,
)
from emlab.plots.tidy import shipped

NEEDED = ("model", "params", "confidence", "value", "ci_lo", "ci_hi", "n")
COLUMNS = 4
PANEL = 1.9  # inches


def reliability_diagram(table):
    """Share of right answers against the mean probability that the model gave them, one panel a model.

    table: a DataFrame with the columns model, params, confidence, value, ci_lo, ci_hi, n, one row for each
    bin of answers: confidence is their mean probability, value the share that is right, n their number. All
    rows are of one task and condition.
    Returns a matplotlib Figure. The expected calibration error (ECE) in each panel is the mean distance from
    the diagonal, each bin with its number of answers.
    """
    need_columns(table, NEEDED, "reliability_diagram")
    table = shipped(table)
    table = table[table["n"] > 0]
    rungs = rungs_of(table)
    columns = min(COLUMNS, len(rungs))
    rows = -(-len(rungs) // columns)
    diagonal = say("plot_reliability_diagonal")
    with look():
        total = table.groupby("model")["n"].sum().rename("n").reset_index()
        caption = say("plot_reliability_caption", items=items_text(total, "n"))
        title = say("plot_reliability_title")
        figure, all_axes = new_figure([PANEL] * rows, columns, title, caption, 1)
        for axes, (model, params), colour in zip(all_axes, rungs, rung_colours(len(rungs)), strict=False):
            part = table[table["model"] == model].sort_values("confidence")
            axes.plot([0, 1], [0, 1], color=GREY, linestyle="--", linewidth=1, label=diagonal)
            draw_intervals(axes, part["confidence"], part, "value", colour, None, line=False)
            sizes = 8 + 60 * part["n"] / part["n"].max()
            axes.scatter(part["confidence"], part["value"], s=sizes, color=[colour], zorder=3)
            error = ((part["value"] - part["confidence"]).abs() * part["n"]).sum() / part["n"].sum()
            axes.set_title(_title(model, params), loc="left", fontsize=9)
            axes.annotate(
                say("plot_reliability_ece", error=error), (0.04, 0.96), xycoords="axes fraction", va="top",
                fontsize=9, bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1},
            )  # fmt: skip
            axes.set_xlim(-0.04, 1.04)
            axes.set_ylim(-0.04, 1.04)
            axes.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
            axes.set_yticks([0, 0.5, 1], ["0", "0.5", "1"])
        for index, axes in enumerate(all_axes):
            axes.set_visible(index < len(rungs))
            lowest = index + columns >= len(rungs)
            axes.xaxis.set_tick_params(labelbottom=lowest)
            axes.set_xlabel(say("plot_reliability_x") if lowest else "", fontsize=9)
            axes.set_ylabel(say("plot_reliability_y") if index % columns == 0 else "", fontsize=9)
        add_legend(figure, [diagonal])
    return figure


def _title(model: str, params: int) -> str:
    return say("plot_map_column", model=model.rsplit("/", 1)[-1], params=short_number(params))
