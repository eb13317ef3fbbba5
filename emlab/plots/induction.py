"""The induction score of every head on every rung."""

from emlab.messages import say
from emlab.plots.style import (
    COLOURS,
    dodge,
    hide_empty_places,
    items_text,
    look,
    need_columns,
    new_figure,
    rung_title,
    rungs_of,
)

MOST_COLUMNS = 4
PANEL = 2.2  # inches


def induction_scores(table):
    """One mark a head: how much it attends to the token that followed the first occurrence.

    table: a DataFrame with the columns model, params, layer, head, score (0 to 1), one row a head; a column
        n, if there is one, is the number of sequences behind a score
    Returns a matplotlib Figure, one panel a rung; the best head of each rung is marked and named.
    """
    need_columns(table, ("model", "params", "layer", "head", "score"), "induction_scores")
    rungs = rungs_of(table)
    columns = min(MOST_COLUMNS, len(rungs))
    rows = -(-len(rungs) // columns)
    layers = sorted(set(table["layer"].tolist()))
    with look():
        sequences = items_text(table, "n") if "n" in table.columns else 1
        caption = say("plot_induction_caption", sequences=sequences)
        title = say("plot_induction_title")
        figure, all_axes = new_figure([PANEL] * rows, columns, title, caption)
        for axes, (model, params) in zip(all_axes, rungs, strict=False):
            _draw(axes, table[table["model"] == model])
            axes.set_title(rung_title(model, params), loc="left", fontsize=9)
            axes.set_ylim(-0.04, 1.24)
            axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
            axes.set_xticks(layers)
            axes.set_xlim(min(layers) - 0.5, max(layers) + 0.5)
            axes.set_xlabel(say("plot_induction_x"))
            axes.set_ylabel(say("plot_induction_y"))
            axes.label_outer()
        hide_empty_places(all_axes, len(rungs), columns, say("plot_induction_x"))
    return figure


def _draw(axes, part) -> None:
    """The heads of one model; those of a layer stand side by side, in their order."""
    best = part.sort_values("score").iloc[-1]
    heads = int(part["head"].max()) + 1
    aside = [dodge(head, heads, 0.7 / heads) for head in part["head"]]
    x = part["layer"].to_numpy(dtype=float) + aside
    is_best = (part.index == best.name).tolist()
    for which, colour, marker, size in ((False, COLOURS[0], "o", 4.5), (True, COLOURS[1], "D", 6.5)):
        where = [mark == which for mark in is_best]
        axes.plot(
            x[where], part["score"].to_numpy()[where], linestyle="none", marker=marker, color=colour,
            markersize=size,
        )  # fmt: skip
    axes.annotate(
        say("plot_induction_best", layer=int(best["layer"]), head=int(best["head"]), score=best["score"]),
        (0.03, 0.98),
        xycoords="axes fraction",
        va="top",
        color=COLOURS[1],
        fontsize=8.5,
    )
