"""Answers as an honest kernel gives them, of every kind that the wire knows: what the fuzzer starts from."""

import datetime
import json
import math

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from emgrader import wire
from emgrader.wire.agent import respond


class _Own(KeyError):
    pass


def _fails():
    raise _Own("why")


def _figure():
    matplotlib.use("agg")
    figure = Figure()
    axes = figure.add_subplot(title="t", xlabel="x", xscale="log")
    axes.plot([1, 2], [3, math.nan], label="line")
    axes.bar(["a"], [1.5])
    axes.legend()
    return figure


_FRAME = pd.DataFrame(
    {
        "number": [1, 2],
        "text": ["a", None],
        "object": [[1], {"a": b"x"}],
        "date": pd.to_datetime(["2020-01-01", None], utc=True),
        "category": pd.Categorical(["u", None], ordered=True),
        "nullable": pd.array([1, None], dtype="Int64"),
        "maybe": pd.array([True, None], dtype="boolean"),
    }
)
VALUES = [
    None,
    True,
    -(2**200),
    [1.5, -0.0, math.nan, math.inf],
    (1, "ü\ud800", b"\xff", bytearray(b"x")),
    {"a": {1, 2}, (1, None): frozenset("ab"), 2.5: [{}]},
    [complex(1, math.nan), range(1, 9, 2), datetime.timedelta(3, 4, 5)],
    [datetime.datetime(2020, 1, 2, 3, tzinfo=datetime.UTC), datetime.date(2020, 1, 2), datetime.time(1, 2)],
    np.arange(6, dtype="f4").reshape(2, 3),
    [np.int8(3), np.bool_(True), np.datetime64("2020-01-01"), np.str_("s"), np.array(2 + 1j)],
    np.array([["a", "bcd"]]),
    np.array([None, [1, 2]], dtype=object),
    np.array(["2020", "NaT"], dtype="M8[D]"),
    _FRAME,
    _FRAME.set_index(["number", "text"]),
    _FRAME["date"],
    pd.RangeIndex(5, name="n"),
    [pd.NA, pd.NaT, pd.Timestamp("2020-01-01 12:00", tz="UTC"), pd.Timedelta("3h")],
    _figure(),
    [object(), len, math],
]


def _answers():
    names = {f"v{number}": value for number, value in enumerate(VALUES)}
    for name in names:
        yield respond({"do": "get", "name": name}, names)
    names |= {"f": len, "fails": _fails, "m": math, "same": lambda x, y=1: x}
    for name in ("f", "m", "missing"):
        yield respond({"do": "get", "name": name}, names)
    empty = {"args": [], "kwargs": wire.encode({})}
    yield respond({"do": "call", "name": "fails", "after": True, **empty}, names)
    given = {"args": wire.encode([[1, 2]]), "kwargs": wire.encode({"y": {"a": 1}})}
    yield respond({"do": "call", "name": "same", "after": True, **given}, names)


ANSWERS = [json.loads(wire.as_text(answer)) for answer in _answers()]
