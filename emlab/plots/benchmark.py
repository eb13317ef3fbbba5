"""The figures of a benchmark taken apart: favourite letters, what leaked, scores against training compute."""

from collections.abc import Mapping

from emlab.messages import say
from emlab.plots.style import (
    COLOURS,
    GREY,
    MARKERS,
    add_legend,
    chance_label,
    dodge,
    draw_intervals,
    items_text,
    look,
    need_columns,
    new_figure,
    rungs_of,
    share_axis,
    size_axis,
)
from emlab.stats import wilson_interval

CHANCE = 0.25  # of the ladder's multiple choice: four options
CLEARLY = 5  # points above chance that the lower end of an interval must clear


def letter_shares(table):
    """How often each model says each letter: four marks for each model, with their intervals.

    table: columns model, params, letter, n, said_share
    Returns a matplotlib Figure.
    """
    need_columns(table, ("model", "params", "letter", "n", "said_share"), "letter_shares")
    models = [model for model, _ in rungs_of(table)]
    letters = sorted(table["letter"].unique())
    legend = [*letters, say("plot_letters_quarter")]
    caption = say("plot_letters_caption", items=items_text(table, "n"))
    with look():
        figure, [axes] = new_figure([2.9], 1, say("plot_letters_title"), caption, legend_rows=1)
        for index, letter in enumerate(letters):
            rows = table[table["letter"] == letter].set_index("model").loc[models]
            places = [place + dodge(index, len(letters), 0.15) for place in range(len(models))]
            drawn = _with_interval(rows, "said_share", "n")
            draw_intervals(
                axes, places, drawn, "said_share", COLOURS[index], MARKERS[index], letter, line=False
            )
        axes.axhline(CHANCE, color=GREY, linestyle="--", linewidth=1.2, label=legend[-1])
        axes.set_xticks(range(len(models)), [model.rsplit("/", 1)[-1] for model in models])
        axes.set_xlabel(say("plot_model"))
        axes.set_ylim(bottom=0)
        axes.set_ylabel(say("plot_letters_y"))
        add_legend(figure, legend, columns=len(legend))
    return figure


def contamination(table):
    """Accuracy on flagged items and on the others by size, one panel for each condition.

    table: columns model, params, condition, n_kept, acc_kept, n_excluded, acc_excluded
    Returns a matplotlib Figure.
    """
    halves = {"acc_excluded": "n_excluded", "acc_kept": "n_kept"}
    need_columns(table, ("model", "params", "condition", *halves, *halves.values()), "contamination")
    conditions = list(dict.fromkeys(table.sort_values("condition", ascending=False)["condition"]))
    legend = [say("plot_leak_flagged"), say("plot_leak_others"), chance_label(CHANCE)]
    caption = say(
        "plot_leak_caption", flagged=items_text(table, "n_excluded"), others=items_text(table, "n_kept")
    )
    with look():
        figure, all_axes = new_figure([2.6], len(conditions), say("plot_leak_title"), caption, legend_rows=2)
        for axes, condition in zip(all_axes, conditions, strict=True):
            rows = table[table["condition"] == condition].sort_values("params")
            for index, (column, n) in enumerate(halves.items()):
                part = rows[rows[n] > 0]
                aside = part["params"] * 1.04 ** (2 * index - 1)
                drawn = _with_interval(part, column, n)
                draw_intervals(axes, aside, drawn, column, COLOURS[index], MARKERS[index], legend[index])
            share_axis(axes, say("plot_leak_y") if axes is all_axes[0] else "", CHANCE)
            axes.set_title(condition, loc="left")
            size_axis(axes, table["params"].tolist(), say("plot_size"))
        add_legend(figure, legend)
    return figure


def score_by_compute(table, items: Mapping[str, int]):
    """Scores against training compute, one kind of mark for each benchmark: open near chance, filled above.

    table: columns benchmark, model, train_flops (FLOP), acc and chance (in %), source; rows without compute
    are left out, and those whose source is "measured here" are joined by a line.
    items: the number of questions of each benchmark, for its intervals.
    Returns a matplotlib Figure. KeyError for a benchmark whose number of questions is not given.
    """
    columns = ("benchmark", "model", "train_flops", "acc", "chance", "source")
    need_columns(table, columns, "score_by_compute")
    table = table.dropna(subset=["train_flops"]).sort_values("train_flops")
    names = sorted(table["benchmark"].unique(), key=str.lower)
    legend = [*names, say("plot_compute_chance")]
    caption = say("plot_compute_caption", points=CLEARLY)
    with look():
        title = say("plot_compute_title")
        figure, [axes] = new_figure([3.6], 1, title, caption, legend_rows=-(-len(legend) // 3))
        for index, name in enumerate(names):
            rows = table[table["benchmark"] == name]
            ends = [_percent(acc, items[name]) for acc in rows["acc"]]
            rows = rows.assign(ci_lo=[low for low, _ in ends], ci_hi=[high for _, high in ends])
            colour, marker = COLOURS[index % len(COLOURS)], MARKERS[index % len(MARKERS)]
            draw_intervals(axes, rows["train_flops"], rows, "acc", colour, None, None, line=False)
            ours = rows[rows["source"] == "measured here"]
            axes.plot(ours["train_flops"], ours["acc"], color=colour, linewidth=1)
            clear = rows["ci_lo"] > rows["chance"] + CLEARLY
            for part, face in ((rows[~clear], "white"), (rows[clear], colour)):
                label = name if face == colour else f"_{name}"
                style = {"color": colour, "markersize": 6, "markerfacecolor": face}
                axes.plot(part["train_flops"], part["acc"], marker, label=label, **style)
        axes.axhline(100 * CHANCE, color=GREY, linestyle="--", linewidth=1.2, label=legend[-1])
        axes.set_xscale("log")
        axes.set_xlabel(say("plot_compute_x"))
        axes.set_ylim(-4, 104)
        axes.set_ylabel(say("plot_compute_y"))
        add_legend(figure, legend, columns=3)
    return figure


def _with_interval(rows, share: str, n: str):
    """The rows with the Wilson interval of a share of n as ci_lo and ci_hi."""
    ends = [wilson_interval(value * count, count) for value, count in zip(rows[share], rows[n], strict=True)]
    return rows.assign(ci_lo=[low for low, _ in ends], ci_hi=[high for _, high in ends])


def _percent(acc: float, n: int) -> tuple[float, float]:
    low, high = wilson_interval(acc / 100 * n, n)
    return 100 * low, 100 * high
