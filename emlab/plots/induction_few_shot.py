"""Does a model that has an induction head learn from examples? One mark a model."""

from emlab.messages import say
from emlab.plots.style import (
    GREY,
    MARKERS,
    add_legend,
    draw_intervals,
    look,
    need_columns,
    new_figure,
    rung_colours,
    rung_label,
    rungs_of,
)
from emlab.plots.tidy import on_the_way, shipped

KEYS = ("model", "seed", "tokens")


def induction_and_few_shot(induction, results, chance: float = 0.5):
    """Few-shot accuracy against the score of the best induction head, one mark for each model.

    induction: as for induction_scores, of one text; with columns seed and tokens, further seeds are open
        marks, and a model's marks on the way of its training are joined by a line
    results: few-shot accuracies, one row for each of these models: columns model, params, acc, ci_lo, ci_hi
        (and seed, tokens), of one condition and one k
    Returns a matplotlib Figure.
    """
    need_columns(induction, ("model", "params", "layer", "head", "score"), "induction_and_few_shot")
    need_columns(results, ("model", "params", "acc", "ci_lo", "ci_hi"), "induction_and_few_shot")
    keys = [key for key in KEYS if key in induction.columns and key in results.columns]
    best = induction.groupby(keys)["score"].max().reset_index()
    both = results.merge(best, on=keys, validate="one_to_one")
    final = shipped(both)
    rungs = rungs_of(final)
    colours = dict(zip([params for _, params in rungs], rung_colours(len(rungs)), strict=True))
    other, way = say("plot_induction_seed"), say("plot_induction_way")
    legend = [*(rung_label(*rung) for rung in rungs), other, way]
    with look():
        title, caption = say("plot_both_title"), say("plot_both_caption", models=len(both))
        figure, [axes] = new_figure([3.6], 1, title, caption, -(-len(legend) // 2))
        axes.axhline(chance, color=GREY, linestyle="--", linewidth=1.2)
        if len(both) > len(final):
            _draw_others(axes, both.drop(final.index), colours, other, way)
        if "tokens" in keys and both["model"].str.contains("@").any():
            path = on_the_way(both).sort_values("tokens")
            axes.plot(path["score"], path["acc"], color=GREY, linewidth=1, zorder=1.5)
        for index, (model, params) in enumerate(rungs):
            row = final[final["model"] == model]
            marker = MARKERS[index % len(MARKERS)]
            draw_intervals(
                axes, row["score"], row, "acc", colours[params], marker, rung_label(model, params), False
            )
        axes.set_xlim(-0.03, 1.03)
        axes.set_ylim(-0.04, 1.04)
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
        axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
        axes.set_xlabel(say("plot_both_x"))
        axes.set_ylabel(say("plot_accuracy"))
        add_legend(figure, legend)
    return figure


def _draw_others(axes, others, colours, seed_label: str, way_label: str) -> None:
    """Open marks for further seeds, crosses for models on the way."""
    on_way = others["model"].str.contains("@")
    for rows, marker, label in ((others[~on_way], "o", seed_label), (others[on_way], "x", way_label)):
        style = {"marker": marker, "markersize": 6, "markerfacecolor": "none", "linestyle": "none"}
        if len(rows):
            axes.plot([], [], color=GREY, label=label, **style)
        for params, part in rows.groupby("params"):
            axes.plot(part["score"], part["acc"], color=colours.get(params, GREY), **style)
