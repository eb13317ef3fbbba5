"""The capability map: which ability is there at which size."""

from emlab.messages import say
from emlab.plots.style import look, need_columns, new_figure, rungs_of, short_number
from emlab.plots.tidy import COLUMNS, above_chance, rescaled, shipped, with_ability

ROW = 0.27  # inches
MOST_CHARACTERS = 44  # of an ability's name, on one line


def capability_map(table):
    """A map of abilities by models: the value between guessing (0) and all right (1), as colour and number.

    table: as for emergence_curves; one row of the map for each value of the column `ability`, or, without
    one, for each task, condition and whatever else differs. A dot marks the cells whose whole interval lies
    above chance. The abilities that the smallest models have stand on top.
    Returns a matplotlib Figure.
    """
    need_columns(table, COLUMNS, "capability_map")
    table = with_ability(shipped(table), "capability_map")
    marked = table.assign(there=above_chance(table))
    cells = rescaled(marked)
    rungs = rungs_of(cells)
    models = [model for model, _ in rungs]
    values = cells.pivot(index="ability", columns="model", values="value")[models]
    there = marked.pivot(index="ability", columns="model", values="there")[models] == True  # noqa: E712
    values = values.loc[_staircase(values, there)]
    there = there.loc[values.index]
    with look():
        caption = say("plot_map_caption")
        heights = [ROW * len(values) + 0.6]
        figure, [axes] = new_figure(heights, 1, say("plot_map_title"), caption)
        _draw(axes, values, there)
        axes.set_xticks(range(len(rungs)), [_column(*rung) for rung in rungs], fontsize=8.5)
        axes.set_xlabel(say("plot_model"))
        axes.set_yticks(range(len(values)), list(values.index), fontsize=9)
        bar = figure.colorbar(axes.images[0], ax=axes, shrink=min(1, 2.2 / heights[0]), aspect=14, pad=0.02)
        bar.set_label(say("plot_map_scale"), fontsize=9)
        bar.set_ticks([0, 0.5, 1], labels=["0", "0.5", "1"], fontsize=9)
    return figure


def _staircase(values, there) -> list:
    """The abilities in the order in which they appear, so that the map falls from left to right."""
    count = there.shape[1]

    def place(ability):
        marks = there.loc[ability].tolist()
        first = next((i for i in range(count) if all(marks[i:])), count)
        return first, -values.loc[ability].mean()

    return sorted(values.index, key=place)


def _draw(axes, values, there) -> None:
    import matplotlib

    colour_map = matplotlib.colormaps["Blues"].with_extremes(bad="#EEEEEE")
    axes.imshow(values.to_numpy(dtype=float), cmap=colour_map, vmin=0, vmax=1, aspect="auto")
    for row, ability in enumerate(values.index):
        for column, model in enumerate(values.columns):
            value = values.at[ability, model]
            if value != value:
                continue
            colour = "white" if value > 0.55 else "black"
            axes.text(column, row, f"{value:.2f}", ha="center", va="center", fontsize=8.5, color=colour)
            if there.at[ability, model]:
                axes.plot(column + 0.36, row, "o", markersize=3.2, color=colour)
    axes.grid(visible=False)
    axes.set_xticks([x + 0.5 for x in range(len(values.columns) - 1)], minor=True)
    axes.set_yticks([y + 0.5 for y in range(len(values) - 1)], minor=True)
    axes.grid(visible=True, which="minor", color="white", linewidth=1.5)
    axes.tick_params(which="both", length=0)
    axes.spines[:].set_visible(False)


def _column(model: str, params: int) -> str:
    return say("plot_map_column", model=model.rsplit("/", 1)[-1], params=short_number(params))
