"""The induction score of every head on every rung."""

from emlab.messages import say
from emlab.plots.style import (
    COLOURS,
    MARKERS,
    add_legend,
    dodge,
    look,
    need_columns,
    new_figure,
    rung_title,
    rungs_of,
)


def induction_scores(table):
    """One mark a head: how much it attends to the token that followed the first occurrence.

    table: a DataFrame with the columns model, params, layer, head, score (0 to 1), one row a head
    Returns a matplotlib Figure, one panel a rung; the best head of each rung is named.
    """
    need_columns(table, ("model", "params", "layer", "head", "score"), "induction_scores")
    rungs = rungs_of(table)
    layers = sorted(set(table["layer"].tolist()))
    heads = sorted(set(table["head"].tolist()))
    legend = [say("plot_induction_head", head=head) for head in heads]
    columns = min(len(heads), 4)
    with look():
        title, caption = say("plot_induction_title"), say("plot_induction_caption")
        figure, all_axes = new_figure([2.8], len(rungs), title, caption, -(-len(legend) // columns))
        for axes, (model, params) in zip(all_axes, rungs, strict=True):
            part = table[table["model"] == model]
            for index, head in enumerate(heads):
                mine = part[part["head"] == head]
                axes.plot(
                    mine["layer"].to_numpy(dtype=float) + dodge(index, len(heads), 0.6 / max(len(heads), 1)),
                    mine["score"],
                    linestyle="none",
                    marker=MARKERS[index % len(MARKERS)],
                    color=COLOURS[index % len(COLOURS)],
                    markersize=7,
                    label=legend[index],
                )
            best = part.sort_values("score").iloc[-1]
            axes.set_title(rung_title(model, params), loc="left")
            axes.annotate(
                say(
                    "plot_induction_best",
                    layer=int(best["layer"]),
                    head=int(best["head"]),
                    score=best["score"],
                ),
                (0.03, 0.97),
                xycoords="axes fraction",
                va="top",
                fontsize=9,
            )
            axes.set_ylim(-0.04, 1.14)
            axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
            axes.set_xticks(layers)
            axes.set_xlim(min(layers) - 0.5, max(layers) + 0.5)
            axes.set_xlabel(say("plot_induction_x"))
            axes.set_ylabel(say("plot_induction_y"))
            axes.label_outer()
        add_legend(figure, legend, columns)
    return figure
