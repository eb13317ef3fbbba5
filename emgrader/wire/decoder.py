"""From data back to plain values, on the trusted side.

The data comes from code that a student wrote, so every field is checked: its type, its size and its range.
Whatever isn't exactly as `encode` writes it raises WireError. Nothing named in the data is imported or run.
"""

import base64
import binascii
import datetime
import json
from collections import Counter

from emgrader.wire.encoder import SMALL
from emgrader.wire.errors import REASONS, OverLimit, WireError
from emgrader.wire.limits import DEFAULT, Budget, fits
from emgrader.wire.marks import Function, Module, Opaque, checked_name

_KEYS = (type(None), bool, int, float, complex, str, bytes, datetime.date, datetime.time, datetime.timedelta)


class Decoder(Budget):
    """Decodes one message."""

    def decode(self, data, depth=0):
        """The value that `data` stands for, at `depth` in the message."""
        self.count(1)
        kind = type(data)
        if data is None or kind is bool or kind is str:
            return data
        if kind is int:
            if not -SMALL < data < SMALL:
                raise WireError("a large integer has no tag")
            return data
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
        below = self.deeper(depth)
        return [self.decode(item, below) for item in data]

    def fields(self, data, *names, tag="t"):
        """Check that the object `data` has exactly these fields beside its tag."""
        if data.keys() != {tag, *names}:
            raise WireError("an object doesn't have the fields of its type")

    def base64(self, text):
        """The bytes that `text` stands for."""
        if type(text) is not str:
            raise WireError("bytes are not given as text")
        try:
            raw = base64.b64decode(text.encode("ascii"), validate=True)
        except (binascii.Error, UnicodeEncodeError) as error:
            raise WireError("bytes are not given as base64") from error
        self.room(len(raw))
        return raw

    def keys(self, values):
        """Check that `values` may be keys: plain, hashable, and not made to collide."""
        for value in values:
            self._key(value)
        if len(values) > self.limits.same_hash:
            (_, most), *_ = Counter(map(hash, values)).most_common(1)
            if most > self.limits.same_hash:
                raise OverLimit("hash")
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
        value = int(text, 16)
    except ValueError as error:
        raise WireError("an integer is not given in hexadecimal") from error
    if hex(value) != text or -SMALL < value < SMALL:
        raise WireError("an integer is not given as it should be")
    return decoder.integer(value)


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
    return _all_different(dict(zip(keys, values, strict=True)), keys)


def _set_of(kind):
    def read(decoder, data, depth):
        keys = decoder.keys(decoder.many(_value(decoder, data), depth))
        return _all_different(kind(keys), keys)

    return read


def _all_different(made, keys):
    if len(made) != len(keys):
        raise WireError("a key occurs twice")
    return made


def _numbers(decoder, data, count, depth):
    numbers = decoder.many(_value(decoder, data), depth)
    if len(numbers) != count or any(type(number) is not int for number in numbers):
        raise WireError(f"{count} integers were expected")
    return numbers


def _range(decoder, data, depth):
    start, stop, step = _numbers(decoder, data, 3, depth)
    if step == 0:
        raise WireError("a range has the step 0")
    return decoder.range(start, stop, step)


def _duration(decoder, data, depth):
    days, seconds, microseconds = _numbers(decoder, data, 3, depth)
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
            value = kind.fromisoformat(text)
            if value.isoformat() != text:  # Python reads more ways to write a date than it writes
                raise ValueError
            return value
        except ValueError as error:
            raise WireError("a date is not in ISO format") from error

    return read


def _opaque(decoder, data, _depth):
    decoder.fields(data, "type", "why")
    if type(data["why"]) is not str or data["why"] not in REASONS:
        raise WireError("a marker has an unknown reason")
    name = data["type"]
    return Opaque(name if type(name) is str and name.isidentifier() and len(name) <= 80 else "?", data["why"])


def _figure(decoder, data, depth):
    from emgrader.wire import figures

    return figures.decode(decoder.decode(_value(decoder, data), decoder.deeper(depth)))


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
    "set": _set_of(set),
    "frozenset": _set_of(frozenset),
    "dict": _dict,
    "bytes": lambda decoder, data, depth: decoder.base64(_value(decoder, data)),
    "bytearray": lambda decoder, data, depth: bytearray(decoder.base64(_value(decoder, data))),
    "range": _range,
    "datetime": _iso(datetime.datetime),
    "date": _iso(datetime.date),
    "time": _iso(datetime.time),
    "timedelta": _duration,
    "figure": _figure,
    "opaque": _opaque,
    "function": _function,
    "module": _module,
}


def decode(data, limits=DEFAULT):
    """The plain value that JSON `data` stands for, or WireError."""
    return Decoder(limits).decode(data)


def loads(text, limits=DEFAULT):
    """The JSON value in `text`, decoded no further; WireError when it isn't JSON as the wire writes it."""
    if not text.isascii():
        raise WireError("the message is not ASCII")
    if not fits(text, limits):
        raise OverLimit("size")
    try:
        return json.loads(text, parse_constant=_no_constant, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        raise WireError("the message is not JSON") from error


def _object(pairs):
    made = dict(pairs)
    if len(made) != len(pairs):
        raise WireError("an object has one field twice")
    return made


def _no_constant(_name):
    raise WireError("the message is not JSON")
