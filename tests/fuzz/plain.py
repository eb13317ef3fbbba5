"""What may come out of an answer: values of these types exactly, and these errors."""

import datetime
import types

import numpy as np
import pandas as pd

from emgrader import wire
from emgrader.examiner.student import MODULES, Student, StudentFunction

LEAVES = {
    *(type(None), bool, int, float, complex, str, bytes, bytearray, range),
    *(datetime.datetime, datetime.date, datetime.time, datetime.timedelta),
    *(wire.Opaque, wire.Figure, wire.Function, wire.Module, StudentFunction),
    *(pd.Timestamp, pd.Timedelta, type(pd.NA), type(pd.NaT)),
}
INDEXES = {pd.Index, pd.RangeIndex, pd.MultiIndex, pd.CategoricalIndex, pd.DatetimeIndex, pd.TimedeltaIndex}


class Kernel:
    """Gives one answer, whatever is asked."""

    def __init__(self, text):
        self.text = text

    def request(self, expression, mime, timeout):
        return self.text


def check_answer(text):
    """Take `text` for a kernel's answer, as a test cell would; all but plain data and known errors raises."""
    student = Student(Kernel(text), lambda: 1.0)
    ask = student.get if '"after"' not in text else lambda name: student.call(name, (), {}, after=True)
    try:
        value = ask("name")
    except (wire.WireError, KeyError, NameError):
        return
    except Exception as error:
        if getattr(error, "from_student", False):
            return
        raise
    check_plain(value)
    if not isinstance(value, types.ModuleType | StudentFunction):
        _check_again(value)


def check_plain(value):
    """TypeError if there is anything in `value` that isn't plain data."""
    kind = type(value)
    if kind in LEAVES or issubclass(kind, np.generic) and kind.__module__ == "numpy":
        return
    if kind in (list, tuple, set, frozenset):
        for item in value:
            check_plain(item)
    elif kind is dict:
        for item in (*value.keys(), *value.values()):
            check_plain(item)
    elif kind is np.ndarray and value.dtype.kind != "V":
        if value.dtype == object:
            check_plain(value.ravel().tolist())
    elif kind is pd.DataFrame:
        check_plain(value.columns)
        for number in range(value.shape[1]):
            check_plain(value.iloc[:, number])
    elif kind is pd.Series:
        check_plain(value.name)
        check_plain(value.index)
        check_plain(value.to_numpy(dtype=object) if value.dtype == object else None)
    elif kind in INDEXES:
        check_plain(list(value.names))
        check_plain(value.tolist() if value.dtype == object else None)
    elif kind is types.ModuleType and value.__name__ in MODULES.split():
        return
    else:
        raise TypeError(f"a {kind} came out of the wire")


def _check_again(value):
    """What came out can go in again, and comes out the same."""
    text = wire.dumps(value)
    again = wire.dumps(wire.decode(wire.loads(text)))
    # A set has no order.
    if again != text and 'set"' not in text:
        raise AssertionError(f"came out differently the second time: {text[:500]} {again[:500]}")
