"""Figures of published tables: what the papers say, without intervals that they don't give."""

from emlab.messages import say
from emlab.plots.style import (
    COLOURS,
    GREY,
    MARKERS,
    add_legend,
    hide_empty_places,
    look,
    need_columns,
    new_figure,
    short_number,
    size_axis,
)


def published_few_shot(h1):
    """Few-shot minus zero-shot for each task and size: every task a thin line, the middle half a band.

    h1: emlab.published("gpt3_table_h1"), or some of its rows: columns task, setting, size, params, value
    Returns a matplotlib Figure. Tasks without both settings at a size are left out there.
    """
    need_columns(h1, ("task", "setting", "size", "params", "value"), "published_few_shot")
    wide = h1.pivot(index=["task", "params", "size"], columns="setting", values="value").reset_index()
    need_columns(wide, ("few", "zero"), "published_few_shot")
    wide["gain"] = wide["few"] - wide["zero"]
    gains = wide.pivot(index="params", columns="task", values="gain").sort_index()
    middle = gains.quantile([0.25, 0.5, 0.75], axis=1).T
    sizes = dict(zip(wide["params"], wide["size"], strict=True))
    # By number, not by sign: where many tasks lie on top of each other a count is easier to read.
    better = (gains > 0).sum(axis=1)
    legend = [say(f"plot_published_{line}") for line in ("median", "half", "task", "zero")]
    title = say("plot_published_title")
    with look():
        caption = say("plot_published_caption", tasks=gains.shape[1])
        figure, [axes] = new_figure([3.6], 1, title, caption, legend_rows=2)
        for index, task in enumerate(gains):
            label = legend[2] if index == 0 else None
            axes.plot(gains.index, gains[task], color="#B0B0B0", linewidth=0.7, label=label)
        axes.fill_between(
            gains.index,
            middle[0.25],
            middle[0.75],
            color=COLOURS[0],
            alpha=0.2,
            label=legend[1],
        )
        axes.plot(
            gains.index,
            middle[0.5],
            color=COLOURS[0],
            marker=MARKERS[0],
            linewidth=2.2,
            label=legend[0],
        )
        axes.axhline(0, color=GREY, linestyle="--", linewidth=1.2, label=legend[3])
        axes.set_xscale("log")
        axes.minorticks_off()
        labels = [
            say(
                "plot_published_tick",
                size=sizes[params],
                better=better[params],
                tasks=gains.loc[params].count(),
            )
            for params in gains.index
        ]
        axes.set_xticks(list(gains.index), labels, fontsize=9)
        axes.set_xlabel(say("plot_published_x"))
        axes.set_ylabel(say("plot_published_y"))
        add_legend(figure, legend)
    return figure


def published_curves(table):
    """Published scores against size, one panel for each value of the column task.

    table: columns task, params, value (in %), for example some rows of emlab.published(…). The papers give no
    intervals, so none are drawn.
    Returns a matplotlib Figure.
    """
    need_columns(table, ("task", "params", "value"), "published_curves")
    tasks = list(table.groupby("task", sort=False))
    columns = min(3, len(tasks))
    rows = -(-len(tasks) // columns)
    with look():
        title, caption = say("plot_curves_title"), say("plot_curves_caption")
        figure, all_axes = new_figure([2.0] * rows, columns, title, caption)
        for axes, (name, part) in zip(all_axes, tasks, strict=False):
            part = part.sort_values("params")
            axes.plot(part["params"], part["value"], color=COLOURS[0], marker=MARKERS[0], linewidth=1.6)
            axes.set_title(name, loc="left")
            axes.set_ylim(-4, 104)
            size_axis(axes, table["params"].tolist(), say("plot_size"))
            axes.set_xticks([1e7, 1e9, 1e11], [short_number(tick) for tick in (1e7, 1e9, 1e11)])
            axes.set_ylabel(say("plot_curves_y"))
            axes.label_outer()
            axes.tick_params(labelsize=8.5)
        hide_empty_places(all_axes, len(tasks), columns, say("plot_size"))
    return figure
