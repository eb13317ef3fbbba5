"""The figures of prompt engineering: versions of a prompt, and what chain of thought does at other sizes."""

from emlab.messages import say
from emlab.plots.style import (
    COLOURS,
    GREY,
    MARKERS,
    add_legend,
    chance_label,
    dodge,
    draw_intervals,
    look,
    need_columns,
    new_figure,
    rung_label,
    rungs_of,
    share_axis,
    size_axis,
)


def prompt_trajectory(trajectory, chance: float | None = None):
    """The accuracy of every version in order, with a thin line to each from its parent.

    trajectory: columns version, parent, change_type, dev_n, dev_acc, lo, hi
    Returns a matplotlib Figure.
    """
    need_columns(
        trajectory, ("version", "parent", "change_type", "dev_n", "dev_acc", "lo", "hi"), "prompt_trajectory"
    )
    table = trajectory.rename(columns={"lo": "ci_lo", "hi": "ci_hi"}).reset_index(drop=True)
    place = {version: i for i, version in enumerate(table["version"])}
    types = list(dict.fromkeys(table["change_type"]))
    legend = [*types, *([] if chance is None else [chance_label(chance)])]
    caption = say("plot_trajectory_caption", n=int(table["dev_n"].max()))
    with look():
        figure, [axes] = new_figure(
            [3.2], 1, say("plot_trajectory_title"), caption, legend_rows=-(-len(legend) // 2)
        )
        for i, parent in enumerate(table["parent"]):
            if parent in place:
                ends = [place[parent], i]
                axes.plot(ends, table["dev_acc"].iloc[ends], color="#B0B0B0", linewidth=1, zorder=1)
        for index, kind in enumerate(types):
            rows = table[table["change_type"] == kind]
            colour, marker = COLOURS[index % len(COLOURS)], MARKERS[index % len(MARKERS)]
            draw_intervals(axes, rows.index, rows, "dev_acc", colour, marker, label=kind, line=False)
        share_axis(axes, say("plot_trajectory_y"), chance)
        axes.set_xticks(range(len(table)), table["version"])
        axes.set_xlabel(say("plot_trajectory_x"))
        add_legend(figure, legend)
    return figure


def prompt_control(control, chance: float | None = None):
    """The accuracy of every version on each of the models, with intervals, the models side by side.

    control: columns model, params, version, n, acc, lo, hi
    Returns a matplotlib Figure.
    """
    need_columns(control, ("model", "params", "version", "n", "acc", "lo", "hi"), "prompt_control")
    table = control.rename(columns={"lo": "ci_lo", "hi": "ci_hi"})
    versions = list(dict.fromkeys(table["version"]))
    models = rungs_of(table)
    labels = [rung_label(*model) for model in models]
    legend = [*labels, *([] if chance is None else [chance_label(chance)])]
    caption = say("plot_control_caption", n=int(table["n"].max()))
    with look():
        title, rows_of_legend = say("plot_control_title"), -(-len(legend) // 2)
        figure, [axes] = new_figure([2.9], 1, title, caption, legend_rows=rows_of_legend)
        for index, (model, _) in enumerate(models):
            rows = table[table["model"] == model].set_index("version").loc[versions]
            places = [place + dodge(index, len(models), 0.16) for place in range(len(versions))]
            draw_intervals(
                axes, places, rows, "acc", COLOURS[index], MARKERS[index], labels[index], line=False
            )
        share_axis(axes, say("plot_trajectory_y"), chance)
        axes.set_xticks(range(len(versions)), versions)
        axes.set_xlabel(say("plot_trajectory_x"))
        add_legend(figure, legend)
    return figure


def chain_of_thought_by_size(table):
    """Chain of thought minus direct answer, by size, one line for each family of models.

    table: emlab.published("wei2022_cot"), or a table that holds its rows; those without params are left out.
    Returns a matplotlib Figure.
    """
    need_columns(table, ("model", "params", "setting", "value"), "chain_of_thought_by_size")
    few = table[table["setting"].isin(["8-shot direct", "8-shot CoT"]) & table["params"].notna()]
    family = few["model"].str.partition(" (")[0]
    wide = few.assign(family=family).pivot(index=["family", "params"], columns="setting", values="value")
    gains = (wide["8-shot CoT"] - wide["8-shot direct"]).reset_index(name="gain")
    families = list(dict.fromkeys(family))
    with look():
        title, caption = say("plot_cot_title"), say("plot_cot_caption")
        figure, [axes] = new_figure([3.2], 1, title, caption, legend_rows=-(-len(families) // 2))
        for index, name in enumerate(families):
            rows = gains[gains["family"] == name].sort_values("params")
            axes.plot(rows["params"], rows["gain"], color=COLOURS[index], marker=MARKERS[index], label=name)
        axes.axhline(0, color=GREY, linestyle="--", linewidth=1.2)
        size_axis(axes, gains["params"].tolist(), say("plot_size"))
        axes.set_ylabel(say("plot_cot_y"))
        add_legend(figure, families)
    return figure
