"""numpy arrays and scalars on the wire.

An array is {"t": "array", "dtype", "shape", "v"}: for numbers, dates and durations "v" is base64 of the bytes
in C order, little-endian; for text and object arrays it is a list of values. A scalar is the same without a
shape. dtypes come from a fixed list; anything else stays behind.
"""

import re

from emgrader.wire.errors import WireError

# Little-endian codes: bool, signed and unsigned integers, floats, complex, dates and durations with a unit.
_RAW = re.compile(r"\|[biu]1|<[iu][248]|<f[248]|<c(8|16)|<[Mm]8\[(Y|M|W|D|h|m|s|ms|us|ns)\]")


def raw_code(dtype):
    """The code of a dtype whose bytes may cross, or None."""
    code = dtype.newbyteorder("<").str
    return code if _RAW.fullmatch(code) else None


def encode(encoder, value, kind, depth):
    """Data for a numpy value; None for what isn't an array or a scalar of a known type."""
    import numpy as np

    if kind is np.ndarray:
        if value.ndim > encoder.limits.dimensions:
            return encoder.opaque(kind, "dtype")
        encoder.count(value.size)
        encoder.room(value.nbytes)
        shape = list(value.shape)
        if value.dtype.kind in "UO":
            values = encoder.many(value.ravel().tolist(), depth)
            return {
                "t": "array",
                "dtype": "str" if value.dtype.kind == "U" else "object",
                "shape": shape,
                "v": values,
            }
        code = raw_code(value.dtype)
        if code is None:
            return encoder.opaque(kind, "dtype")
        return {"t": "array", "dtype": code, "shape": shape, "v": encoder.base64(_bytes(value, code))}
    if kind is np.str_:
        return str(value)
    if kind is np.bytes_:
        return encoder.encode(bytes(value), depth)
    if issubclass(kind, np.generic) and kind.__module__ == "numpy":
        code = raw_code(value.dtype)
        if code is not None:
            return {"t": "scalar", "dtype": code, "v": encoder.base64(_bytes(np.asarray(value), code))}
    return None


def _bytes(array, code):
    import numpy as np

    # A byte-swapped or strided array crosses as what it shows.
    return np.ascontiguousarray(array, dtype=code).tobytes()


def decode_array(decoder, data, depth):
    """The array in `data`; WireError when bytes, shape and dtype don't fit together."""
    import numpy as np

    decoder.fields(data, "dtype", "shape", "v")
    shape = data["shape"]
    if type(shape) is not list or len(shape) > decoder.limits.dimensions:
        raise WireError("the shape of an array is not a short list")
    size = room = 1
    for length in shape:
        if type(length) is not int or length < 0:
            raise WireError("the shape of an array has a length that is no count")
        size *= length
        room *= length or 1
    decoder.count(size)
    decoder.room(room)  # of an empty array too: numpy wants to be able to count its strides
    if data["dtype"] in ("str", "object"):
        values = decoder.many(data["v"], depth)
        if len(values) != size:
            raise WireError("an array has another number of values than its shape says")
        if data["dtype"] == "str":
            if not all(type(value) is str for value in values):
                raise WireError("a text array holds something else than text")
            # Each text takes as much room as the longest one.
            decoder.room(size * 4 * max(map(len, values), default=0))
            return np.array(values, dtype=str).reshape(shape)
        return boxed(values).reshape(shape)
    array = _raw(decoder, data)
    if array.size != size:
        raise WireError("an array has another number of bytes than its shape says")
    return array.reshape(shape)


def decode_scalar(decoder, data):
    """The numpy scalar in `data`."""
    decoder.fields(data, "dtype", "v")
    array = _raw(decoder, data)
    if array.size != 1:
        raise WireError("a scalar has another number of bytes than its type says")
    return array[0]


def _raw(decoder, data):
    import numpy as np

    if type(data["dtype"]) is not str or not _RAW.fullmatch(data["dtype"]):
        raise WireError("an array's type is not on the list")
    dtype = np.dtype(data["dtype"])
    raw = decoder.base64(data["v"])
    if len(raw) % dtype.itemsize:
        raise WireError("an array's bytes don't fit its type")
    if dtype.kind == "b":
        # A bool byte other than 0 and 1 would be neither True nor False.
        return np.frombuffer(raw, dtype=np.uint8) != 0
    return np.frombuffer(raw, dtype=dtype).copy()


def boxed(values):
    """A flat array of objects. (numpy by itself would spread equally long lists over more dimensions.)"""
    import numpy as np

    array = np.empty(len(values), dtype=object)
    for position, value in enumerate(values):
        array[position] = value
    return array
