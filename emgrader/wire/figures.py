"""Figures on the wire: {"t": "figure", "v": description}, and nothing else of them.

The description is made in the sandbox by emlab.figures, from a figure that may be anything: what arrives is
checked field by field against the tables below.
"""

from emgrader.wire.errors import WireError


def encode(encoder, value, depth):
    """Data for a matplotlib figure or axes; None for anything else, and where there is no emlab."""
    try:
        from emlab.figures import describe_figure
    except ImportError:
        return None
    try:
        description = describe_figure(value)
    except TypeError:
        return None
    return {"t": "figure", "v": encoder.encode(description, encoder.deeper(depth))}


def decode(description):
    """The Figure with this description, if it is one."""
    from emgrader.wire.marks import Figure

    _check(description, _FIGURE)
    return Figure(description)


def _numbers(value):
    return type(value) is list and all(type(number) is float for number in value)


def _texts(value):
    return type(value) is list and all(type(text) is str for text in value)


def _or_none(check):
    return lambda value: value is None or check(value)


def _is(kind):
    return lambda value: type(value) is kind


def _each(fields):
    def check(value):
        if type(value) is not list:
            return False
        for item in value:
            _check(item, fields)
        return True

    return check


_SERIES = {
    "kind": lambda value: type(value) is str and value in ("line", "bar", "barh", "scatter"),
    "label": _or_none(_is(str)),
    "x": _numbers,
    "y": _numbers,
    "count": _is(int),
}
_PANEL = {
    "title": _is(str),
    "xlabel": _is(str),
    "ylabel": _is(str),
    "xscale": _is(str),
    "yscale": _is(str),
    "xlim": _numbers,
    "ylim": _numbers,
    "xticks": _texts,
    "yticks": _texts,
    "texts": _texts,
    "legend": _or_none(_texts),
    "series": _each(_SERIES),
}
_FIGURE = {"title": _is(str), "panels": _each(_PANEL)}


def _check(value, fields):
    if type(value) is not dict or value.keys() != fields.keys():
        raise WireError("a figure's description doesn't have the fields that it should have")
    for name, check in fields.items():
        if not check(value[name]):
            raise WireError(f"the field {name} of a figure's description is of another type")
