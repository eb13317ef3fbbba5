"""From data back to plain values, on the trusted side.

The data comes from code that a student wrote, so every field is checked: its type, its size and its range.
Whatever isn't exactly as `encode` writes it raises WireError. Nothing named in the data is imported or run.
"""

import base64
import binascii
import datetime
import json
from collections import Counter

from emgrader.wire.limits import DEFAULT
from emgrader.wire.marks import REASONS, Function, Module, Opaque, WireError, checked_name

_KEYS = (type(None), bool, int, float, complex, str, bytes, datetime.date, datetime.time, datetime.timedelta)


class Decoder:
    """Decodes one message; counts what it has made against the limits."""

    def __init__(self, limits=DEFAULT):
        self.limits = limits
        self.items = 0

    def decode(self, data, depth=0):
        """The value that `data` stands for."""
        self.count(1)
        kind = type(data)
        if data is None or kind is bool or kind is str:
            return data
        if kind is int:
            return self._checked_int(data)
        if kind is float:
            if data != data or data in (float("inf"), float("-inf")):
                raise WireError("a float without a tag is not finite")
            return data
        if kind is list:
            return self.many(data, depth)
        if kind is not dict:
            raise WireError(f"{kind.__name__} is not a type of JSON")
        return self._tagged(data, depth)

    def many(self, data, depth):
        """The values of a JSON array, one level down."""
        if type(data) is not list:
            raise WireError("a list was expected")
        if depth >= self.limits.depth:
            raise WireError("the value is nested too deeply")
        return [self.decode(item, depth + 1) for item in data]

    def count(self, number):
        """Count `number` items; too many in one message is a WireError."""
        self.items += number
        if self.items > self.limits.items:
            raise WireError("the message holds too many values")

    def fields(self, data, *names):
        """Check that the object `data` has exactly these fields beside its tag."""
        if data.keys() != {"t", *names}:
            raise WireError("an object doesn't have the fields of its type")

    def base64(self, text):
        """The bytes that `text` stands for."""
        if type(text) is not str:
            raise WireError("bytes are not given as text")
        try:
            return base64.b64decode(text.encode("ascii"), validate=True)
        except (binascii.Error, UnicodeEncodeError) as error:
            raise WireError("bytes are not given as base64") from error

    def keys(self, values):
        """Check that `values` may be keys: plain, hashable, and not made to collide."""
        for value in values:
            self._key(value)
        if len(values) > self.limits.same_hash:
            (_, most), *_ = Counter(map(hash, values)).most_common(1)
            if most > self.limits.same_hash:
                raise WireError("too many keys share one hash")
        return values

    def _key(self, value):
        if type(value) in (tuple, frozenset):
            for item in value:
                self._key(item)
        elif (
            not isinstance(value, _KEYS)
            and type(value).__module__ != "numpy"
            and not _is_pandas_scalar(value)
        ):
            raise WireError(f"a {type(value).__name__} can't be a key")
        try:
            hash(value)
        except TypeError as error:
            raise WireError(f"a {type(value).__name__} can't be a key") from error

    def _checked_int(self, value):
        if value.bit_length() > self.limits.int_bits:
            raise WireError("an integer has too many digits")
        return value

    def _tagged(self, data, depth):
        tag = data.get("t")
        if type(tag) is not str:
            raise WireError("an object has no tag")
        plain = _PLAIN.get(tag)
        if plain is not None:
            return plain(self, data, depth)
        if tag == "array":
            from emgrader.wire import arrays

            return arrays.decode_array(self, data, depth)
        if tag == "scalar":
            from emgrader.wire import arrays

            return arrays.decode_scalar(self, data)
        from emgrader.wire import tables

        if tag in tables.DECODERS:
            return tables.decode(self, data, depth)
        raise WireError("an object has an unknown tag")


def _is_pandas_scalar(value):
    # Timestamps and durations are dates of the standard library; NA and NaT are not.
    return type(value).__name__ in ("NAType", "NaTType") and type(value).__module__.startswith("pandas.")


def _value(decoder, data):
    decoder.fields(data, "v")
    return data["v"]


def _int(decoder, data, _depth):
    text = _value(decoder, data)
    if type(text) is not str or len(text) > decoder.limits.int_bits // 4 + 3:
        raise WireError("an integer is not given as short text")
    try:
        return decoder._checked_int(int(text, 16))
    except ValueError as error:
        raise WireError("an integer is not given in hexadecimal") from error


def _float(decoder, data, _depth):
    text = _value(decoder, data)
    if text not in ("nan", "inf", "-inf"):
        raise WireError("a tagged float is neither nan nor infinite")
    return float(text)


def _complex(decoder, data, depth):
    parts = decoder.many(_value(decoder, data), depth)
    if [type(part) for part in parts] != [float, float]:
        raise WireError("a complex number doesn't have two floats")
    return complex(*parts)


def _dict(decoder, data, depth):
    decoder.fields(data, "k", "v")
    keys = decoder.keys(decoder.many(data["k"], depth))
    values = decoder.many(data["v"], depth)
    if len(keys) != len(values):
        raise WireError("a dict has another number of keys than values")
    return dict(zip(keys, values, strict=True))


def _numbers(decoder, data, count):
    numbers = decoder.many(_value(decoder, data), 0)
    if len(numbers) != count or any(type(number) is not int for number in numbers):
        raise WireError(f"{count} integers were expected")
    return numbers


def _range(decoder, data, _depth):
    start, stop, step = _numbers(decoder, data, 3)
    if step == 0:
        raise WireError("a range has the step 0")
    return range(start, stop, step)


def _duration(decoder, data, _depth):
    days, seconds, microseconds = _numbers(decoder, data, 3)
    try:
        return datetime.timedelta(days, seconds, microseconds)
    except OverflowError as error:
        raise WireError("a duration is out of range") from error


def _iso(kind):
    def read(decoder, data, _depth):
        text = _value(decoder, data)
        try:
            if type(text) is not str or len(text) > 64:
                raise ValueError
            return kind.fromisoformat(text)
        except ValueError as error:
            raise WireError("a date is not in ISO format") from error

    return read


def _opaque(decoder, data, _depth):
    decoder.fields(data, "type", "why")
    if data["why"] not in REASONS:
        raise WireError("a marker has an unknown reason")
    name = data["type"]
    return Opaque(name if type(name) is str and name.isidentifier() and len(name) <= 80 else "?", data["why"])


def _function(decoder, data, _depth):
    decoder.fields(data, "name")
    return Function(checked_name(data["name"], "a function's name"))


def _module(decoder, data, _depth):
    decoder.fields(data, "name")
    return Module(checked_name(data["name"], "a module's name"))


_PLAIN = {
    "int": _int,
    "float": _float,
    "complex": _complex,
    "tuple": lambda decoder, data, depth: tuple(decoder.many(_value(decoder, data), depth)),
    "set": lambda decoder, data, depth: set(decoder.keys(decoder.many(_value(decoder, data), depth))),
    "frozenset": lambda decoder, data, depth: frozenset(
        decoder.keys(decoder.many(_value(decoder, data), depth))
    ),
    "dict": _dict,
    "bytes": lambda decoder, data, depth: decoder.base64(_value(decoder, data)),
    "bytearray": lambda decoder, data, depth: bytearray(decoder.base64(_value(decoder, data))),
    "range": _range,
    "datetime": _iso(datetime.datetime),
    "date": _iso(datetime.date),
    "time": _iso(datetime.time),
    "timedelta": _duration,
    "opaque": _opaque,
    "function": _function,
    "module": _module,
}


def decode(data, limits=DEFAULT):
    """The plain value that JSON `data` stands for, or WireError."""
    try:
        return Decoder(limits).decode(data)
    except RecursionError as error:
        raise WireError("the value is nested too deeply") from error


def loads(text, limits=DEFAULT):
    """The JSON value in `text` (str or bytes), not decoded any further; WireError when it isn't JSON."""
    if len(text) > limits.bytes:
        raise WireError("the message is too large")
    try:
        return json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise WireError("the message is not JSON") from error


def _no_constant(_name):
    raise WireError("the message is not JSON")
