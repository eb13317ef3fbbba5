"""One column of a table, or the labels of an axis, on the wire.

It is {"d": kind, …}: "raw" (numbers, bools, dates: an array), "str" (text with missing values), "object" (any
plain values), "masked" (pandas' nullable numbers), "category" and "utc" (dates with the zone UTC). Other
types stay behind.
"""

import re

from emgrader.wire.errors import WireError

_MASKED = re.compile(r"U?Int(8|16|32|64)|Float(32|64)|boolean")
_TEXT = ("str", "string")


def encode(encoder, column, depth):
    """Data for one Series or Index; None for a dtype that isn't on the list."""
    import numpy as np
    import pandas as pd

    from emgrader.wire import arrays

    dtype = column.dtype
    if isinstance(dtype, np.dtype):
        values = np.asarray(column)
        if dtype.kind == "O":
            return {"d": "object", "v": encoder.many(values.tolist(), depth)}
        if arrays.raw_code(dtype) is None:
            return None
        return {"d": "raw", "v": arrays.encode(encoder, values, np.ndarray, depth)}
    array = column.array
    if isinstance(dtype, pd.StringDtype):
        text = [None if missing else value for value, missing in zip(array, array.isna(), strict=True)]
        name = "str" if str(dtype) == "str" else "string"
        return {"d": "str", "dtype": name, "v": encoder.many(text, depth)}
    if isinstance(dtype, pd.CategoricalDtype):
        codes = arrays.encode(encoder, np.asarray(array.codes), np.ndarray, depth)
        kinds = encode(encoder, array.categories, encoder.deeper(depth))
        return kinds and {
            "d": "category",
            "categories": kinds,
            "codes": codes,
            "ordered": bool(dtype.ordered),
        }
    if isinstance(dtype, pd.DatetimeTZDtype) and str(dtype.tz) == "UTC":
        values = np.asarray(pd.DatetimeIndex(array).tz_localize(None))
        return {"d": "utc", "v": arrays.encode(encoder, values, np.ndarray, depth)}
    if _MASKED.fullmatch(dtype.name):
        missing = np.asarray(array.isna())
        values = array.to_numpy(dtype=dtype.numpy_dtype, na_value=dtype.numpy_dtype.type(0))
        parts = [arrays.encode(encoder, part, np.ndarray, depth) for part in (values, missing)]
        return {"d": "masked", "dtype": dtype.name, "v": parts[0], "missing": parts[1]}
    return None


def decode(decoder, data, depth):
    """The pandas or numpy array for one column."""
    import pandas as pd

    from emgrader.wire import arrays

    kind = data.get("d") if type(data) is dict else None
    if kind == "object":
        decoder.fields(data, "v", tag="d")
        return arrays.boxed(decoder.many(data["v"], depth))
    if kind == "raw":
        decoder.fields(data, "v", tag="d")
        return _flat(decoder, data["v"], depth)
    if kind == "str":
        decoder.fields(data, "dtype", "v", tag="d")
        values = decoder.many(data["v"], depth)
        if data["dtype"] not in _TEXT or not all(value is None or type(value) is str for value in values):
            raise WireError("a text column holds something else than text")
        return pd.array(values, dtype=data["dtype"])
    if kind == "masked":
        decoder.fields(data, "dtype", "v", "missing", tag="d")
        if type(data["dtype"]) is not str or not _MASKED.fullmatch(data["dtype"]):
            raise WireError("a column's type is not on the list")
        values, missing = (_flat(decoder, data[part], depth) for part in ("v", "missing"))
        if missing.dtype != bool or len(missing) != len(values):
            raise WireError("a column doesn't say of each value whether it is missing")
        column = pd.array(values, dtype=data["dtype"])
        column[missing] = pd.NA
        return column
    if kind == "category":
        decoder.fields(data, "categories", "codes", "ordered", tag="d")
        categories = labels(decoder, data["categories"], decoder.deeper(depth))
        return pd.Categorical.from_codes(
            _flat(decoder, data["codes"], depth), categories=categories, ordered=data["ordered"] is True
        )
    if kind == "utc":
        decoder.fields(data, "v", tag="d")
        return pd.DatetimeIndex(_flat(decoder, data["v"], depth)).tz_localize("UTC").array
    raise WireError("a column has an unknown kind")


def _flat(decoder, data, depth):
    import numpy as np

    array = decoder.decode(data, depth)
    if type(array) is not np.ndarray or array.ndim != 1 or array.dtype.kind in "UO":
        raise WireError("a column is not a flat array of numbers or dates")
    return array


def labels(decoder, data, depth):
    """What rows, columns or categories are called: an index whose every label may be a key."""
    import pandas as pd

    values = decode(decoder, data, depth)
    if values.dtype == object:
        decoder.keys(list(values))
    return pd.Index(values, dtype=values.dtype)
