"""Small panels with values against the number of parameters, for emergence curves and inverse scaling."""

from emlab.messages import say
from emlab.plots.style import COLOURS, GREY, MARKERS, OPEN, draw_intervals, look, new_figure, size_axis
from emlab.plots.tidy import further_seeds, series_of, shipped

COLUMNS = 3
SMALL = 8  # points, of everything in a small panel
PANEL = 1.5  # inches: the axes of a small panel
KEY_LINE = 0.155  # inches, of the key above each panel
AROUND = 0.75  # inches: a panel's title, ticks and axis labels


def size_panels(panels, title: str, caption: str, function: str, note=None):
    """A figure of panels [(title, table)], each with a line for every condition and its key above it.

    note: what is added to a line's name in the key, made of its rows; nothing if None
    """
    lines = [series_of(shipped(table), function) for _, table in panels]
    columns = 2 if len(panels) == 4 else min(COLUMNS, len(panels))
    by_row = [range(len(panels))[start : start + columns] for start in range(0, len(panels), columns)]
    keys = [max(len(lines[index]) for index in row) for row in by_row]
    heights = [PANEL + AROUND + KEY_LINE * count for count in keys]
    with look():
        figure, all_axes = new_figure(heights, columns, title, caption, share_y=False)
        for row, count in zip(by_row, keys, strict=True):
            for index in row:
                axes, (name, table) = all_axes[index], panels[index]
                _draw(axes, lines[index], _others(table, function), note, count)
                axes.set_title(name, loc="left", fontsize=SMALL + 1, pad=4 + 72 * KEY_LINE * count)
                _ticks(axes, [table], first=index == row[0], last=index + columns >= len(panels))
        for axes in all_axes[len(panels) :]:
            axes.set_visible(False)
    return figure


def _others(table, function: str) -> dict:
    """name of a line -> the rows of further seeds."""
    others = further_seeds(table)
    if not len(others):
        return {}
    names = {name for name, _ in series_of(shipped(table), function)}
    return {name: rows for name, rows in series_of(others, function) if name in names}


def _draw(axes, lines, others, note, most: int) -> None:
    """One panel; `most` is the number of lines in the largest key beside it."""
    from matplotlib.transforms import ScaledTranslation

    for chance in sorted({chance for _, rows in lines for chance in rows["chance"].dropna()}):
        axes.axhline(chance, color=GREY, linestyle="--", linewidth=1)
    for index, (name, rows) in enumerate(lines):
        colour, marker = COLOURS[index % len(COLOURS)], MARKERS[index % len(MARKERS)]
        rows = rows.sort_values("params")
        # Side by side on the logarithmic axis, so that bars at the same place can be seen.
        aside = 1.05 ** (index - (len(lines) - 1) / 2)
        label = name if note is None else say("plot_named", name=name, note=note(rows))
        draw_intervals(axes, rows["params"] * aside, rows, "value", colour, marker, label)
        if name in others:
            seeds = others[name]
            axes.plot(seeds["params"] * aside, seeds["value"], marker=marker, color=colour, **OPEN)
    for container in axes.containers:
        container.lines[0].set_markersize(4)
    # The key hangs from the panel's title; its lines show no bars, which would fill it.
    marks = [container.lines[0] for container in axes.containers]
    axes.legend(
        marks,
        [container.get_label() for container in axes.containers],
        loc="upper left",
        bbox_to_anchor=(0, 1),
        bbox_transform=axes.transAxes + ScaledTranslation(0, KEY_LINE * most, axes.figure.dpi_scale_trans),
        borderaxespad=0,
        borderpad=0,
        fontsize=SMALL - 0.5,
        labelspacing=0.15,
        handlelength=1.6,
    )


def _ticks(axes, tables, first: bool, last: bool) -> None:
    """The axes of one small panel; labels only at the left and at the bottom of the grid."""
    sizes = [size for table in tables for size in table["params"].tolist()]
    size_axis(axes, sizes, say("plot_size"))
    axes.set_ylim(-0.05, 1.05)
    axes.set_yticks([0, 0.5, 1], ["0", "0.5", "1"] if first else ["", "", ""])
    axes.set_ylabel(say("plot_value") if first else "", fontsize=SMALL)
    axes.xaxis.label.set_size(SMALL)
    axes.tick_params(labelsize=SMALL - 0.5, labelbottom=last)
    if not last:
        axes.set_xlabel("")
