"""How every figure looks: colours that colour-blind people tell apart, markers that repeat them, a caption.

Colours: Okabe and Ito, "Color Universal Design" (2008), without the yellow, which is hard to see on white.
"""

import textwrap
from contextlib import contextmanager

from emlab.messages import say

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
GREY = "#595959"
# A model trained again from another seed: an open mark behind those of the shipped ones.
OPEN = {"linestyle": "none", "markersize": 4.5, "markerfacecolor": "none", "alpha": 0.6, "zorder": 1.5}

WIDTH = 7.5  # inches: the width of a notebook cell on a laptop
FONT = 10
RC = {
    "font.size": FONT,
    "axes.titlesize": FONT,
    "axes.labelsize": FONT,
    "figure.titlesize": 12,
    "figure.titleweight": "bold",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#E3E3E3",
    "axes.axisbelow": True,
    "legend.frameon": False,
    "figure.dpi": 100,
    "savefig.dpi": 150,
}
CAPTION_SIZE = 8.5
CAPTION_CHARACTERS = 118  # of CAPTION_SIZE, that fit into WIDTH
CAPTION_LINE = 0.16  # inches
LEGEND_LINE = 0.21  # inches


@contextmanager
def look():
    """The settings of RC while one figure is drawn.

    The first figure of a session wakes the notebook's backend, which switches interactive drawing on; a bare
    rc_context would switch it off again, and later figures would never be shown.
    """
    import matplotlib
    import matplotlib.pyplot as plt

    with matplotlib.rc_context(RC):
        yield
        interactive = plt.isinteractive()
    matplotlib.interactive(interactive)


def new_figure(
    heights, columns: int, title: str, caption: str, legend_rows: int = 0, share_y: bool | None = None
):
    """A figure with one row of panels for each of `heights` (inches); returns (figure, flat list of axes).

    The panels share their axes; by default the y axis only where all heights are the same. The title stands
    above and the caption below, outside the panels; between panels and caption there is room for a legend of
    `legend_rows` rows, which `add_legend` fills.
    """
    import matplotlib.pyplot as plt

    lines = textwrap.wrap(caption, CAPTION_CHARACTERS)
    below = CAPTION_LINE * len(lines) + LEGEND_LINE * legend_rows + 0.25
    height = sum(heights) + 1.0 + below
    figure, axes = plt.subplots(
        len(heights),
        columns,
        figsize=(WIDTH, height),
        layout="constrained",
        sharex=True,
        sharey=len(set(heights)) == 1 if share_y is None else share_y,
        squeeze=False,
        height_ratios=heights,
    )
    figure.get_layout_engine().set(rect=(0, below / height, 1, 1 - below / height))
    figure.suptitle("\n".join(textwrap.wrap(title, 80)), x=0.01, ha="left")
    figure.text(0.01, 0.06 / height, "\n".join(lines), fontsize=CAPTION_SIZE, color=GREY, va="bottom")
    return figure, list(axes.flat)


def hide_empty_places(all_axes, panels: int, columns: int, label: str) -> None:
    """Hide the places of the grid behind the last panel.

    The panels above an empty place are the lowest of their column and keep their x axis.
    """
    for axes in all_axes[panels:]:
        axes.set_visible(False)
    for axes in all_axes[panels - columns : panels]:
        axes.xaxis.set_tick_params(labelbottom=True)
        axes.set_xlabel(label)


def add_legend(figure, labels, columns: int = 2) -> None:
    """One legend for all panels, just below them, with the entries in the order of `labels`."""
    marks = {}
    for axes in figure.axes:
        handles, texts = axes.get_legend_handles_labels()
        marks.update(zip(texts, handles, strict=True))
    known = [label for label in labels if label in marks]
    _, bottom, _, _ = figure.get_layout_engine().get()["rect"]
    figure.legend(
        [marks[label] for label in known],
        known,
        loc="upper left",
        bbox_to_anchor=(0.0, bottom),
        borderaxespad=0.3,
        ncols=columns,
    )


def rungs_of(table) -> list[tuple[str, int]]:
    """The (model, params) pairs of a table, smallest first, and models on the way before the finished one."""
    tokens = table["tokens"].tolist() if "tokens" in table.columns else [0] * len(table)
    pairs = dict(
        zip(zip(table["model"].tolist(), table["params"].tolist(), strict=True), tokens, strict=True)
    )
    return sorted(pairs, key=lambda pair: (pair[1], pairs[pair], pair[0]))


def rung_colours(count: int) -> list[tuple]:
    """A colour for each of `count` models, smallest first: the larger, the darker."""
    import matplotlib

    colour_map = matplotlib.colormaps["viridis_r"]
    return [colour_map(0.2 + 0.8 * index / max(count - 1, 1)) for index in range(count)]


def rung_label(model: str, params: int) -> str:
    """The name of a rung with its size."""
    return say("plot_rung", model=model, params=f"{params:,}")


def rung_title(model: str, params: int) -> str:
    """The same in two lines, for narrow places."""
    return say("plot_rung_title", model=model, params=f"{params:,}")


def dodge(index: int, count: int, step: float) -> float:
    """How far to move the marks of series `index` aside, so that bars at the same place don't hide."""
    return (index - (count - 1) / 2) * step


def need_columns(table, columns, function: str) -> None:
    """Raise ValueError naming the columns that `table` lacks, or that it is empty."""
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise ValueError(say("plot_columns", function=function, missing=", ".join(missing)))
    if not len(table):
        raise ValueError(say("plot_empty", function=function))


def need_single_rows(table, keys, function: str) -> None:
    """Raise ValueError where two rows would be drawn at the same place; it names the columns to filter by."""
    doubles = table[table.duplicated(list(keys), keep=False)]
    if not len(doubles):
        return
    known = ("task", "condition", "metric", "k", "strategy", "order", "template_id", "text", "seed")
    settings = [c for c in known if c in table.columns]
    varying = [c for c in settings if c not in keys and doubles[c].nunique() > 1]
    if not varying:
        raise ValueError(say("plot_twice", function=function, keys=", ".join(keys)))
    raise ValueError(say("plot_rows", function=function, keys=", ".join(keys), columns=", ".join(varying)))


def items_text(table, column: str = "n_items") -> str:
    """ "200", or "100 to 200" where the cells differ."""
    low, high = int(table[column].min()), int(table[column].max())
    return str(low) if low == high else say("plot_range", low=low, high=high)


def draw_intervals(axes, x, table, column: str, colour, marker, label=None, line: bool = True):
    """Marks with their intervals (ci_lo to ci_hi), joined by a line or not."""
    value = table[column].to_numpy(dtype=float)
    low, high = (table[name].to_numpy(dtype=float) for name in ("ci_lo", "ci_hi"))
    return axes.errorbar(
        x,
        value,
        # Rounding may put an end a hair on the wrong side of the mark, which matplotlib refuses.
        yerr=[(value - low).clip(min=0), (high - value).clip(min=0)],
        color=colour,
        marker=marker,
        markersize=5.5,
        linewidth=1.6 if line else 0,
        elinewidth=1.2,
        capsize=2.5,
        label=label,
    )


def share_axis(axes, label: str, chance: float | None) -> None:
    """A y axis from 0 to 1, and a dashed line at chance."""
    axes.set_ylim(-0.04, 1.04)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
    axes.set_ylabel(label)
    if chance is not None:
        axes.axhline(chance, color=GREY, linestyle="--", linewidth=1.2, label=chance_label(chance))


def size_axis(axes, sizes, label: str) -> None:
    """A logarithmic x axis with ticks at round numbers: 30K, 100K, 300K, 1M."""
    smallest, largest = min(sizes), max(sizes)
    if smallest == largest:
        ticks = [smallest]
    else:
        rounds = [step * 10**power for power in range(1, 15) for step in (1, 3)]
        ticks = [tick for tick in rounds if smallest * 0.8 <= tick <= largest * 1.25] or [smallest, largest]
    axes.set_xscale("log")
    axes.minorticks_off()
    axes.set_xticks(ticks, [short_number(tick) for tick in ticks])
    axes.set_xlim(smallest / 1.4, largest * 1.4)
    axes.set_xlabel(label)


def short_number(number: float) -> str:
    """ "30K", "1.8M": three digits at most."""
    for size, unit in ((1e9, "B"), (1e6, "M"), (1e3, "K")):
        if number >= size:
            return f"{number / size:.3g}{unit}"
    return f"{number:.3g}"


def chance_label(chance: float) -> str:
    """What the legend calls the dashed line."""
    return say("plot_chance", chance=chance)
