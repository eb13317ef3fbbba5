"""What should not matter, and does: the order of the examples and the format of the prompt."""

from emlab.messages import say
from emlab.plots.style import (
    GREY,
    MARKERS,
    add_legend,
    chance_label,
    dodge,
    draw_intervals,
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


def order_effect(table):
    """How often each rung answers with the label of the last block of examples.

    table: a DataFrame with the columns model, params, n, share_last, ci_lo, ci_hi, one row a rung. The items
    are asked with either label last, so a rung that does not care about the order has a share of one half.
    Returns a matplotlib Figure.
    """
    need_columns(table, ("model", "params", "n", "share_last", "ci_lo", "ci_hi"), "order_effect")
    need_single_rows(table, ("model",), "order_effect")
    rungs = rungs_of(table)
    with look():
        caption = say("plot_order_caption", answers=items_text(table, "n"))
        figure, [axes] = new_figure([2.8], 1, say("plot_order_title"), caption)
        colours = rung_colours(len(rungs))
        for index, (model, _) in enumerate(rungs):
            colour, marker = colours[index], MARKERS[index % len(MARKERS)]
            row = table[table["model"] == model]
            draw_intervals(axes, [index], row, "share_last", colour, marker, line=False)
        share_axis(axes, say("plot_order_y"), None)
        axes.axhline(0.5, color=GREY, linestyle="--", linewidth=1.2)
        for height, text in ((1.0, say("plot_order_always")), (0.5, say("plot_order_never"))):
            axes.annotate(
                text, (1, height), xycoords=("axes fraction", "data"),
                xytext=(-4, -4), textcoords="offset points", ha="right", va="top", color=GREY, fontsize=9,
            )  # fmt: skip
        axes.set_xticks(range(len(rungs)), [rung_title(*rung) for rung in rungs])
        axes.set_xlim(-0.5, len(rungs) - 0.1)
        axes.set_xlabel(say("plot_model"))
    return figure


def format_effect(results, chance: float = 0.5):
    """Accuracy for each template, one mark a rung.

    results: a DataFrame with the columns of emlab.RESULT_COLUMNS, with one k, condition, strategy and order
    Returns a matplotlib Figure.
    """

    needed = ("model", "params", "k", "template_id", "acc", "ci_lo", "ci_hi", "n_items")
    need_columns(results, needed, "format_effect")
    need_single_rows(results, ("model", "template_id"), "format_effect")
    rungs = rungs_of(results)
    templates = list(dict.fromkeys(results["template_id"].tolist()))
    with look():
        ks = ", ".join(str(k) for k in sorted(set(results["k"].tolist())))
        title = say("plot_format_title", k=ks)
        caption = say("plot_format_caption", items=items_text(results))
        legend = [*(rung_label(*rung) for rung in rungs), chance_label(chance)]
        figure, [axes] = new_figure([3.0], 1, title, caption, -(-len(legend) // 2))
        colours = rung_colours(len(rungs))
        for index, rung in enumerate(rungs):
            part = results[results["model"] == rung[0]]
            aside = dodge(index, len(rungs), min(0.16, 0.7 / len(rungs)))
            x = [templates.index(name) + aside for name in part["template_id"]]
            colour, marker = colours[index], MARKERS[index % len(MARKERS)]
            draw_intervals(axes, x, part, "acc", colour, marker, rung_label(*rung), line=False)
        share_axis(axes, say("plot_accuracy"), chance)
        axes.set_xticks(range(len(templates)), templates)
        axes.set_xlim(-0.5, len(templates) - 0.5)
        axes.grid(visible=False, axis="x")
        axes.set_xlabel(say("plot_template"))
        add_legend(figure, legend)
    return figure
