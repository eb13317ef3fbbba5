"""Where larger is not better: curves that fall with size, or fall and recover."""

from emlab.messages import say
from emlab.plots.emergence import task_panels
from emlab.plots.sizes import size_panels
from emlab.plots.style import items_text, need_columns
from emlab.plots.tidy import COLUMNS, shipped
from emlab.plots.trends import trend_of


def inverse_scaling(table):
    """Value against the number of parameters, one panel a task, each line named after its trend.

    table: as for emergence_curves. The trend (rises, falls, U-shaped, ...) is decided by the intervals alone:
    `emlab.plots.trends.trend`.
    Returns a matplotlib Figure.
    """
    need_columns(table, COLUMNS, "inverse_scaling")
    caption = say("plot_inverse_caption", items=items_text(shipped(table), "n"))
    title = say("plot_inverse_title")
    return size_panels(task_panels(table), title, caption, "inverse_scaling", note=_trend_in_words)


def _trend_in_words(rows) -> str:
    return say("plot_trend_" + trend_of(rows).replace(" ", "_").replace("-", "_").lower())
