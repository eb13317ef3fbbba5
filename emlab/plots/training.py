"""When each ability appears while one model is trained."""

from emlab.messages import say
from emlab.plots.sizes import SMALL
from emlab.plots.style import (
    COLOURS,
    GREY,
    MARKERS,
    draw_intervals,
    hide_empty_places,
    look,
    need_columns,
    new_figure,
    size_axis,
)
from emlab.plots.tidy import COLUMNS, above_chance, on_the_way, rescaled, with_ability

MOST_LINES = 6  # in one panel
KEY_LINE = 0.165  # inches


def training_curves(table):
    """Value against the tokens seen, for the one model of the table that was also measured on the way.

    table: as for emergence_curves, with the column tokens; one line for each value of the column `ability`,
    or, without one, for each task, condition and whatever else differs. Values are between guessing (0) and
    all right (1). With many abilities, those that appear first stand in the first panel.
    Returns a matplotlib Figure.
    """
    need_columns(table, (*COLUMNS, "tokens"), "training_curves")
    named = with_ability(on_the_way(table), "training_curves").sort_values("tokens")
    first = named[above_chance(named)].groupby("ability")["tokens"].min()
    cells = rescaled(named)
    means = cells.groupby("ability")["value"].mean()
    order = sorted(means.index, key=lambda ability: (first.get(ability, float("inf")), -means[ability]))
    count = -(-len(order) // MOST_LINES)
    count += count % 2 if count > 1 else 0  # two in a row, and no place left empty
    size = -(-len(order) // count)
    panels = [order[start : start + size] for start in range(0, len(order), size)]
    columns = min(2, len(panels))
    rows = -(-len(panels) // columns)
    with look():
        last = cells.loc[cells["tokens"].idxmax(), "model"]
        title = say("plot_training_title", model=last)
        heights = [2.3 + 0.5 + KEY_LINE * size] * rows
        figure, all_axes = new_figure(heights, columns, title, say("plot_training_caption"))
        for axes, abilities in zip(all_axes, panels, strict=False):
            for index, ability in enumerate(abilities):
                line = cells[cells["ability"] == ability]
                aside = 1.02 ** (index - (len(abilities) - 1) / 2)
                colour, marker = COLOURS[index % len(COLOURS)], MARKERS[index % len(MARKERS)]
                draw_intervals(axes, line["tokens"] * aside, line, "value", colour, marker, ability)
            axes.axhline(0, color=GREY, linestyle="--", linewidth=1.2)
            size_axis(axes, cells["tokens"].tolist(), say("plot_tokens"))
            axes.set_ylim(-0.04, 1.04)
            axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
            axes.set_ylabel(say("plot_rescaled"))
            axes.legend(
                [container.lines[0] for container in axes.containers],
                abilities,
                loc="lower left",
                bbox_to_anchor=(-0.02, 1.0),
                borderaxespad=0.1,
                fontsize=SMALL,
                labelspacing=0.2,
            )
            axes.label_outer()
        hide_empty_places(all_axes, len(panels), columns, say("plot_tokens"))
    return figure
