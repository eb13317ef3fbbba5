"""How abilities grow with size: a small panel for each task."""

from emlab.messages import say
from emlab.plots.sizes import size_panels
from emlab.plots.style import items_text, need_columns
from emlab.plots.tidy import COLUMNS, shipped


def emergence_curves(table):
    """Value against the number of parameters, one panel a task, one line a condition.

    table: a DataFrame with the columns of `emlab.plots.tidy.COLUMNS`, all values shares from 0 to 1. Models
    trained from further seeds (column seed) are small open marks; models on the way (column tokens) are left
    out. A task with several metrics has a panel for each.
    Returns a matplotlib Figure.
    """
    need_columns(table, COLUMNS, "emergence_curves")
    caption = say("plot_emergence_caption", items=items_text(shipped(table), "n"))
    return size_panels(task_panels(table), say("plot_emergence_title"), caption, "emergence_curves")


def task_panels(table) -> list[tuple[str, object]]:
    """(title, rows) for each task, and for each of its metrics where there are several."""
    panels = []
    for task, rows in table.groupby("task", sort=False):
        metrics = list(rows.groupby("metric", sort=False))
        for metric, part in metrics:
            several = len(metrics) > 1
            panels.append((say("plot_setting", name=task, value=metric) if several else str(task), part))
    return panels
