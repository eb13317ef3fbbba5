"""Forecasts beside what came."""

from emlab.messages import say
from emlab.plots.style import COLOURS, MARKERS, add_legend, look, need_columns, new_figure

NEEDED = ("source", "lo", "hi", "actual", "inside")


def forecast_intervals(table, level: float):
    """Each forecast as a bar from lo to hi and what came as a mark, from the lowest to the highest that came.

    table: columns source, lo, hi, actual (shares), inside (whether actual lies between lo and hi), one row
    for each forecast; level: what share of the intervals was meant to hold, for the caption.
    Returns a matplotlib Figure. Each source has its own colour and marker, and its count in the legend.
    """
    need_columns(table, NEEDED, "forecast_intervals")
    table = table.sort_values("actual", ignore_index=True)
    with look():
        title, caption = say("plot_forecasts_title"), say("plot_forecasts_caption", level=level)
        figure, [axes] = new_figure([3.2], 1, title, caption, legend_rows=1)
        labels = []
        for (source, part), colour, marker in zip(table.groupby("source"), COLOURS, MARKERS, strict=False):
            held = int(part["inside"].sum())
            labels.append(say("plot_forecasts_source", source=source, held=held, forecasts=len(part)))
            axes.vlines(part.index, part["lo"], part["hi"], color=colour, alpha=0.45, linewidth=2)
            axes.plot(part.index, part["actual"], marker, color=colour, markersize=5, label=labels[-1])
            missed = part[~part["inside"].astype(bool)]
            axes.plot(missed.index, missed["actual"], marker, color="white", markersize=2.2)
        axes.set_ylim(-0.04, 1.04)
        axes.set_xlim(-1, len(table))
        axes.set_xticks([])
        axes.set_xlabel(say("plot_forecasts_x"))
        axes.set_ylabel(say("plot_forecasts_y"))
        add_legend(figure, labels)
    return figure
