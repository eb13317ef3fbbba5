"""Small things to play with in a notebook. Without ipywidgets each of them prints what it would show."""

from collections.abc import Callable

from emlab.messages import say


def threshold_text(rows, estimate: Callable, least: float) -> str:
    """Where the lower bounds of one curve rise above `least`, as a sentence."""
    rows = rows.sort_values("params")
    bracket = estimate(rows["params"].tolist(), rows["ci_lo"].tolist(), least)
    if bracket is None:
        return say("widget_none", least=least)
    low, high = bracket
    if low is None:
        return say("widget_below", least=least, high=high)
    return say("widget_bracket", least=least, low=low, high=high)


def threshold_calculator(table, estimate: Callable) -> None:
    """Move the bar that the lower bound must clear, and see where each ability of the table appears.

    table: columns task, condition, params, ci_lo; estimate: a function (params, ci_lo, least) that gives a
    bracket (low, high), or None.
    """
    groups = table.groupby(["task", "condition"], sort=False)
    curves = {f"{task}, {condition}": rows for (task, condition), rows in groups}
    try:
        from ipywidgets import FloatSlider, interact
    except ImportError:
        for name, rows in curves.items():
            print(name)
            for least in (0.05, 0.25, 0.5, 0.75):
                print("   ", threshold_text(rows, estimate, least))
        return

    def show(condition, least):
        print(threshold_text(curves[condition], estimate, least))

    slider = FloatSlider(value=0.05, min=0, max=0.95, step=0.05, description=say("widget_least"))
    slider.style.description_width = "initial"
    interact(show, condition=list(curves), least=slider)
