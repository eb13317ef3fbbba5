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

from emgrader.wire.limits import DEFAULT
from emgrader.wire.marks import Function, Module, Opaque, WireError

SMALL = 2**53  # integers below this are exact in every JSON reader
_DICTS = (dict, collections.OrderedDict, collections.defaultdict, collections.Counter)


class CannotCross(WireError):
    """Raised by the encoder: `why` is a key of marks.REASONS, `type_name` the type that was met."""

    def __init__(self, why, type_name):
        super().__init__(f"a value of type {type_name} can't cross the wire ({why})")
        self.why = why
        self.type_name = type_name


class Encoder:
    """Encodes one message; counts what it has seen against the limits.

    With `strict` a value that is not plain data raises CannotCross; otherwise it becomes a marker, so that
    a list with one odd element still crosses.
    """

    def __init__(self, limits=DEFAULT, strict=False):
        self.limits = limits
        self.strict = strict
        self.items = 0

    def encode(self, value, depth=0):
        """The data for `value`."""
        self.count(1, value)
        kind = type(value)
        if value is None or kind is bool or kind is str:
            return value
        if kind is int:
            return self._int(value)
        if kind is float:
            return value if math.isfinite(value) else {"t": "float", "v": repr(value)}
        if depth >= self.limits.depth:
            raise CannotCross("depth", kind.__name__)
        if kind is list:
            return self.many(value, depth)
        if kind in (tuple, set, frozenset):
            return {"t": kind.__name__, "v": self.many(value, depth)}
        if kind in _DICTS:
            return {"t": "dict", "k": self.many(value.keys(), depth), "v": self.many(value.values(), depth)}
        return self._other(value, kind, depth)

    def many(self, values, depth=0):
        """The data for each of `values`, one level down."""
        return [self.encode(value, depth + 1) for value in values]

    def count(self, number, value):
        """Count `number` items of `value`; too many in one message is CannotCross."""
        self.items += number
        if self.items > self.limits.items:
            raise CannotCross("size", type(value).__name__)

    def _int(self, value):
        if -SMALL < value < SMALL:
            return value
        if value.bit_length() > self.limits.int_bits:
            raise CannotCross("int", "int")
        return {"t": "int", "v": hex(value)}

    def _other(self, value, kind, depth):
        if kind is Function:
            return {"t": "function", "name": value.name}
        if kind is Module:
            return {"t": "module", "name": value.name}
        if kind is Opaque:
            return {"t": "opaque", "type": value._type_name, "why": value._why}
        if kind in (bytes, bytearray):
            return {"t": kind.__name__, "v": self.base64(value)}
        if kind is complex:
            return {"t": "complex", "v": [self.encode(value.real), self.encode(value.imag)]}
        if kind is range:
            return {"t": "range", "v": [self._int(n) for n in (value.start, value.stop, value.step)]}
        if kind in (datetime.datetime, datetime.date, datetime.time):
            return {"t": kind.__name__, "v": value.isoformat()}
        if kind is datetime.timedelta:
            return {"t": "timedelta", "v": [value.days, value.seconds, value.microseconds]}
        if kind is types.ModuleType:
            return {"t": "module", "name": value.__name__}
        # A module that isn't loaded can't have made this value, so nothing is imported here.
        module = kind.__module__.partition(".")[0] if type(kind.__module__) is str else ""
        if module == "numpy" and "numpy" in sys.modules:
            from emgrader.wire import arrays

            data = arrays.encode(self, value, kind, depth)
        elif module == "pandas" and "pandas" in sys.modules:
            from emgrader.wire import tables

            data = tables.encode(self, value, kind, depth)
        else:
            data = None
        return self.opaque(kind, "type") if data is None else data

    def opaque(self, kind, why):
        """The marker for a value of type `kind` that stays behind."""
        if self.strict:
            raise CannotCross(why, kind.__name__)
        return {"t": "opaque", "type": kind.__name__, "why": why}

    def base64(self, raw):
        """The bytes `raw` as ASCII text, if they aren't too many."""
        if len(raw) > self.limits.bytes // 2:
            raise CannotCross("size", type(raw).__name__)
        return base64.b64encode(raw).decode("ascii")


def encode(value, limits=DEFAULT, strict=False):
    """JSON-able data for `value`. With `strict`, CannotCross (a WireError) for what isn't plain data."""
    return Encoder(limits, strict).encode(value)


def dumps(value, limits=DEFAULT, strict=False):
    """`value` as JSON text of at most `limits.bytes`."""
    text = json.dumps(encode(value, limits, strict), separators=(",", ":"), allow_nan=False)
    if len(text) > limits.bytes:
        raise CannotCross("size", type(value).__name__)
    return text
