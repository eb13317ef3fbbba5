"""What is drawn in a figure, as plain data: so that a test can check a plot.

    d = describe_figure(plot(results))
    assert d["panels"][0]["ylabel"] == "accuracy", "Say what the vertical axis shows."

The same call works on a matplotlib figure and, where a notebook is graded, on what the grader has of it.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

POINTS = 10_000  # of one series; "count" says how many there are
SERIES = 200  # of one panel
PANELS = 64
TEXT = 1_000  # characters


def describe_figure(figure: object) -> dict:
    """The titles, axes, series and legends of a figure, or of one of its panels (matplotlib Axes).

    {"title", "panels": [{"title", "xlabel", "ylabel", "xscale", "yscale", "xlim", "ylim", "xticks", "yticks",
    "texts", "legend", "series"}, …]}. Ticks, texts and legend are lists of texts; the legend is None if there
    is none. A series is {"kind", "label", "x", "y", "count"}, its label None if none was given. A "line" and
    a "scatter" have their points; a "bar" has the middle and the end of each bar, and so has a "barh", whose
    bars lie. Error bars and shaded areas are left out. TypeError for what is no figure.
    """
    describe = getattr(type(figure), "__describe_figure__", None)
    if describe is not None:
        return describe(figure)
    from matplotlib.axes import Axes
    from matplotlib.figure import FigureBase

    if isinstance(figure, Axes):
        return {"title": "", "panels": [_panel(figure)]}
    if not isinstance(figure, FigureBase):
        raise TypeError(f"a {type(figure).__name__} is no figure")
    return {"title": _text(figure.get_suptitle()), "panels": [_panel(axes) for axes in figure.axes[:PANELS]]}


def _panel(axes: "Axes") -> dict:
    legend = axes.get_legend()
    return {
        "title": _text(axes.get_title() or axes.get_title("left") or axes.get_title("right")),
        "xlabel": _text(axes.get_xlabel()),
        "ylabel": _text(axes.get_ylabel()),
        "xscale": axes.get_xscale(),
        "yscale": axes.get_yscale(),
        "xlim": [float(end) for end in axes.get_xlim()],
        "ylim": [float(end) for end in axes.get_ylim()],
        "xticks": _texts(axes.get_xticklabels()),
        "yticks": _texts(axes.get_yticklabels()),
        "texts": _texts(axes.texts),
        "legend": None if legend is None else _texts(legend.get_texts()),
        "series": _series(axes)[:SERIES],
    }


def _series(axes: "Axes") -> list[dict]:
    from matplotlib.collections import PathCollection
    from matplotlib.container import BarContainer, ErrorbarContainer

    found, labels, parts = [], {}, set()
    for container in axes.containers:
        if isinstance(container, ErrorbarContainer):
            line, caps, _ = container
            labels[line] = container.get_label()
            parts |= set(caps)
        elif isinstance(container, BarContainer):
            found.append(_bars(container))
    for line in axes.lines:
        if line not in parts:
            x, y = line.get_data(orig=False)
            found.append(_points("line", labels.get(line) or line.get_label(), x, y))
    for collection in axes.collections:
        if isinstance(collection, PathCollection):
            offsets = collection.get_offsets()
            found.append(_points("scatter", collection.get_label(), offsets[:, 0], offsets[:, 1]))
    return found


def _bars(container: object) -> dict:
    lying = container.orientation == "horizontal"
    boxes = [(bar.get_x(), bar.get_y(), bar.get_width(), bar.get_height()) for bar in container.patches]
    if lying:
        points = [(x + width, y + height / 2) for x, y, width, height in boxes]
    else:
        points = [(x + width / 2, y + height) for x, y, width, height in boxes]
    x, y = zip(*points, strict=True) if points else ((), ())
    return _points("barh" if lying else "bar", container.get_label(), x, y)


def _points(kind: str, label: object, x: object, y: object) -> dict:
    label = _text(label)
    return {
        "kind": kind,
        # matplotlib hides what begins with _ from legends, and gives such labels itself
        "label": None if label.startswith("_") or not label else label,
        "x": _floats(x),
        "y": _floats(y),
        "count": len(y),
    }


def _floats(values: object) -> list[float]:
    import numpy as np

    numbers = np.ma.asarray(values[:POINTS], dtype=float)
    return np.ma.filled(numbers, np.nan).tolist()


def _texts(labels: object) -> list[str]:
    return [_text(label.get_text()) for label in list(labels)[:SERIES]]


def _text(text: object) -> str:
    return str(text)[:TEXT]
