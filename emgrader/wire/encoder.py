"""From a plain value to data that JSON can carry.

Types are matched exactly: a subclass may behave as it likes, so it does not pass for its base. The few
subclasses of the standard library that people return without thinking of them as classes of their own
(Counter, defaultdict, OrderedDict) cross as the dict they are.
"""

import base64
import collections
import datetime
import json
import math
import sys
import types

from emgrader.wire.errors import CannotCross, OverLimit
from emgrader.wire.limits import DEFAULT, Budget, fits
from emgrader.wire.marks import Figure, Function, Module, Opaque

SMALL = 2**53  # integers below this are exact in every JSON reader
_DICTS = (dict, collections.OrderedDict, collections.defaultdict, collections.Counter)


class Encoder(Budget):
    """Encodes one message.

    With `strict` a value that is not plain data raises CannotCross; otherwise it becomes a marker, so that
    a list with one odd element still crosses.
    """

    def __init__(self, limits=DEFAULT, strict=False):
        super().__init__(limits)
        self.strict = strict

    def message(self, value):
        """The data for `value` as a whole; CannotCross if it is more than a message can hold."""
        try:
            return self.encode(value)
        except OverLimit as error:
            raise CannotCross(error.why, type(value).__name__) from None

    def encode(self, value, depth=0):
        """The data for `value`, which lies at `depth` in the message."""
        self.count(1)
        kind = type(value)
        if value is None or kind is bool or kind is str:
            return value
        if kind is int:
            small = -SMALL < value < SMALL
            return value if small else {"t": "int", "v": hex(self.integer(value))}
        if kind is float:
            return value if math.isfinite(value) else {"t": "float", "v": repr(value)}
        if kind is list:
            return self.many(value, depth)
        if kind in (tuple, set, frozenset):
            return {"t": kind.__name__, "v": self.many(value, depth)}
        if kind in _DICTS:
            return {"t": "dict", "k": self.many(value.keys(), depth), "v": self.many(value.values(), depth)}
        data = self._scalar(value, kind, depth)
        if data is None:
            data = self._loaded(value, kind, depth)
        return self.opaque(kind, "type") if data is None else data

    def many(self, values, depth):
        """The data for each of `values`, one level down."""
        below = self.deeper(depth)
        return [self.encode(value, below) for value in values]

    def _scalar(self, value, kind, depth):
        if kind in (bytes, bytearray):
            return {"t": kind.__name__, "v": self.base64(value)}
        if kind is complex:
            return {"t": "complex", "v": self.many([value.real, value.imag], depth)}
        if kind is range:
            bounds = [value.start, value.stop, value.step]
            self.range(*bounds)
            return {"t": "range", "v": self.many(bounds, depth)}
        if kind in (datetime.datetime, datetime.date, datetime.time):
            return {"t": kind.__name__, "v": value.isoformat()}
        if kind is datetime.timedelta:
            return {
                "t": "timedelta",
                "v": self.many([value.days, value.seconds, value.microseconds], depth),
            }
        if kind is Function:
            return {"t": "function", "name": value.name}
        if kind in (Module, types.ModuleType):
            return {"t": "module", "name": value.name if kind is Module else value.__name__}
        if kind is Figure:
            return {"t": "figure", "v": self.encode(value._description, self.deeper(depth))}
        if kind is Opaque:
            return {"t": "opaque", "type": value._type_name, "why": value._why}
        return None

    def _loaded(self, value, kind, depth):
        """Data for a value of a library. One that isn't loaded can't have made it, so nothing is imported."""
        module = kind.__module__.partition(".")[0] if type(kind.__module__) is str else ""
        if module == "numpy" and "numpy" in sys.modules:
            from emgrader.wire import arrays

            return arrays.encode(self, value, kind, depth)
        if module == "pandas" and "pandas" in sys.modules:
            from emgrader.wire import tables

            return tables.encode(self, value, kind, depth)
        if module == "matplotlib" and "matplotlib" in sys.modules:
            from emgrader.wire import figures

            return figures.encode(self, value, depth)
        return None

    def opaque(self, kind, why):
        """The marker for a value of type `kind` that stays behind."""
        if self.strict:
            raise CannotCross(why, kind.__name__)
        return {"t": "opaque", "type": kind.__name__, "why": why}

    def base64(self, raw):
        """The bytes `raw` as ASCII text, if they aren't too many."""
        self.room(len(raw))
        return base64.b64encode(raw).decode("ascii")


def encode(value, limits=DEFAULT, strict=False):
    """JSON-able data for `value`. With `strict`, CannotCross (a WireError) for what isn't plain data."""
    return Encoder(limits, strict).message(value)


def dumps(value, limits=DEFAULT, strict=False):
    """`value` as JSON text that `loads` takes."""
    text = as_text(encode(value, limits, strict))
    if not fits(text, limits):
        raise CannotCross("size", type(value).__name__)
    return text


def as_text(data):
    """Data as the wire writes it: ASCII, without spaces."""
    return json.dumps(data, separators=(",", ":"), allow_nan=False)
