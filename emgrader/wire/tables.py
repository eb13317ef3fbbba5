"""pandas on the wire: DataFrame, Series, Index, Timestamp and the missing values.

A column is {"d": kind, …}: "raw" (numbers, bools, dates: an array), "str" (text with missing values),
"object" (any plain values), "masked" (pandas' nullable numbers), "category" and "utc" (dates with the zone
UTC). Other column types stay behind and take their table with them: a table without one of its columns would
be a lie.
"""

import re

from emgrader.wire.marks import WireError

_MASKED = re.compile(r"U?Int(8|16|32|64)|Float(32|64)|boolean")
_TEXT = ("str", "string")


def encode(encoder, value, kind, depth):
    """Data for a pandas value; None for a type that isn't on the list."""
    import pandas as pd

    if kind is pd.DataFrame:
        columns = [_encode_column(encoder, value.iloc[:, n], depth) for n in range(value.shape[1])]
        axes = {
            "columns": _index(encoder, value.columns, depth),
            "index": _index(encoder, value.index, depth),
        }
        return _or_opaque(encoder, kind, {"t": "frame", **axes, "data": columns}, [*columns, *axes.values()])
    if kind is pd.Series:
        column = _encode_column(encoder, value, depth)
        index = _index(encoder, value.index, depth)
        name = encoder.encode(value.name, depth + 1)
        return _or_opaque(
            encoder, kind, {"t": "series", "name": name, "index": index, "data": column}, [column, index]
        )
    if isinstance(value, pd.Index):
        return _index(encoder, value, depth)
    if value is pd.NA or value is pd.NaT:
        return {"t": "missing", "v": "NA" if value is pd.NA else "NaT"}
    if kind is pd.Timestamp:
        if value.tz is None or str(value.tz) == "UTC":
            text = value.tz_localize(None).isoformat()
            return {"t": "timestamp", "v": text, "unit": value.unit, "utc": value.tz is not None}
        return None
    if kind is pd.Timedelta:
        return {"t": "pandas_timedelta", "v": encoder.encode(int(value.value)), "unit": value.unit}
    return None


def _or_opaque(encoder, kind, data, parts):
    stayed = any(part is None or part.get("t") == "opaque" for part in parts)
    return encoder.opaque(kind, "dtype") if stayed else data


def _encode_column(encoder, column, depth):
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
        encoder.count(len(array), array)
        text = [None if missing else value for value, missing in zip(array, array.isna(), strict=True)]
        return {"d": "str", "dtype": "str" if str(dtype) == "str" else "string", "v": text}
    if isinstance(dtype, pd.CategoricalDtype):
        codes = arrays.encode(encoder, np.asarray(array.codes), np.ndarray, depth)
        kinds = _encode_column(encoder, array.categories, depth)
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


def _index(encoder, index, depth):
    import pandas as pd

    if type(index) is pd.RangeIndex:
        bounds = [encoder.encode(n) for n in (index.start, index.stop, index.step)]
        return {"t": "range_index", "v": bounds, "name": encoder.encode(index.name, depth + 1)}
    if type(index) is pd.MultiIndex:
        levels = [_encode_column(encoder, index.get_level_values(n), depth) for n in range(index.nlevels)]
        names = encoder.many(list(index.names), depth)
        return _or_opaque(
            encoder, pd.MultiIndex, {"t": "multi_index", "levels": levels, "names": names}, levels
        )
    column = _encode_column(encoder, index, depth)
    name = encoder.encode(index.name, depth + 1)
    return _or_opaque(encoder, pd.Index, {"t": "index", "data": column, "name": name}, [column])


def decode(decoder, data, depth):
    """The pandas value in `data`. pandas' own complaints about what doesn't fit together are WireErrors."""
    try:
        return DECODERS[data["t"]](decoder, data, depth)
    except WireError:
        raise
    except (ValueError, TypeError, OverflowError, KeyError, IndexError, AttributeError) as error:
        raise WireError(f"a table's parts don't fit together ({type(error).__name__})") from error


def _column(decoder, data, depth):
    """The pandas or numpy array for one column."""
    import numpy as np
    import pandas as pd

    kind = data.get("d") if type(data) is dict else None
    if kind == "object":
        _exactly(data, "v")
        values = np.empty(len(data["v"]), dtype=object)
        for position, value in enumerate(decoder.many(data["v"], depth)):
            values[position] = value
        return values
    if kind == "raw":
        _exactly(data, "v")
        return _flat(decoder, data["v"], depth)
    if kind == "str":
        _exactly(data, "dtype", "v")
        values = decoder.many(data["v"], depth)
        if data["dtype"] not in _TEXT or not all(value is None or type(value) is str for value in values):
            raise WireError("a text column holds something else than text")
        return pd.array(values, dtype=data["dtype"])
    if kind == "masked":
        _exactly(data, "dtype", "v", "missing")
        if type(data["dtype"]) is not str or not _MASKED.fullmatch(data["dtype"]):
            raise WireError("a column's type is not on the list")
        values, missing = (_flat(decoder, data[part], depth) for part in ("v", "missing"))
        column = pd.array(values, dtype=data["dtype"])
        column[missing] = pd.NA
        return column
    if kind == "category":
        _exactly(data, "categories", "codes", "ordered")
        categories = pd.Index(_column(decoder, data["categories"], depth + 1))
        return pd.Categorical.from_codes(
            _flat(decoder, data["codes"], depth), categories=categories, ordered=data["ordered"] is True
        )
    if kind == "utc":
        _exactly(data, "v")
        return pd.DatetimeIndex(_flat(decoder, data["v"], depth)).tz_localize("UTC").array
    raise WireError("a column has an unknown kind")


def _exactly(data, *names):
    if data.keys() != {"d", *names}:
        raise WireError("a column doesn't have the fields of its kind")


def _flat(decoder, data, depth):
    array = decoder.decode(data, depth)
    if getattr(array, "ndim", None) != 1:
        raise WireError("a column is not a flat array")
    return array


def _as_series(decoder, data, depth, index):
    import pandas as pd

    values = _column(decoder, data, depth)
    if len(values) != len(index):
        raise WireError("a column has another length than its index")
    # The type is said again: pandas would guess text from an array of objects.
    return pd.Series(values, index=index, dtype=values.dtype, copy=False)


def _decode_frame(decoder, data, depth):
    import pandas as pd

    decoder.fields(data, "columns", "index", "data")
    columns, index = (_decode_axis(decoder, data[axis], depth) for axis in ("columns", "index"))
    if type(data["data"]) is not list or len(data["data"]) != len(columns):
        raise WireError("a table has another number of columns than names")
    parts = {n: _as_series(decoder, column, depth + 1, index) for n, column in enumerate(data["data"])}
    frame = pd.DataFrame(parts, index=index)
    frame.columns = columns
    return frame


def _decode_series(decoder, data, depth):
    decoder.fields(data, "name", "index", "data")
    series = _as_series(decoder, data["data"], depth + 1, _decode_axis(decoder, data["index"], depth))
    series.name = _axis_name(decoder, data["name"], depth)
    return series


def _decode_axis(decoder, data, depth):
    if type(data) is not dict or data.get("t") not in ("range_index", "multi_index", "index"):
        raise WireError("an axis is not an index")
    return DECODERS[data["t"]](decoder, data, depth + 1)


def _axis_name(decoder, data, depth):
    name = decoder.decode(data, depth + 1)
    decoder.keys([name])
    return name


def _range_index(decoder, data, depth):
    import pandas as pd

    decoder.fields(data, "v", "name")
    bounds = decoder.many(data["v"], depth)
    if len(bounds) != 3 or any(type(n) is not int or abs(n) >= 2**62 for n in bounds) or bounds[2] == 0:
        raise WireError("a range of row numbers is not three integers")
    index = pd.RangeIndex(*bounds, name=_axis_name(decoder, data["name"], depth))
    # It takes no room here, but whatever is done with it later would.
    decoder.count(len(index))
    return index


def _multi_index(decoder, data, depth):
    import pandas as pd

    decoder.fields(data, "levels", "names")
    if type(data["levels"]) is not list or not data["levels"]:
        raise WireError("an index has no levels")
    levels = [_plain_index(_column(decoder, level, depth)) for level in data["levels"]]
    names = decoder.keys(decoder.many(data["names"], depth))
    return pd.MultiIndex.from_arrays(levels, names=names)


def _decode_index(decoder, data, depth):
    decoder.fields(data, "data", "name")
    index = _plain_index(_column(decoder, data["data"], depth))
    index.name = _axis_name(decoder, data["name"], depth)
    return index


def _plain_index(values):
    import pandas as pd

    return pd.Index(values, dtype=values.dtype)


def _missing(decoder, data, _depth):
    import pandas as pd

    decoder.fields(data, "v")
    return {"NA": pd.NA, "NaT": pd.NaT}[data["v"]]


def _timestamp(decoder, data, _depth):
    import pandas as pd

    decoder.fields(data, "v", "unit", "utc")
    if data["unit"] not in ("s", "ms", "us", "ns") or type(data["v"]) is not str or len(data["v"]) > 64:
        raise WireError("a time stamp is not in ISO format")
    stamp = pd.Timestamp(data["v"]).as_unit(data["unit"])
    return stamp.tz_localize("UTC") if data["utc"] is True else stamp


def _pandas_timedelta(decoder, data, _depth):
    import pandas as pd

    decoder.fields(data, "v", "unit")
    value = decoder.decode(data["v"])
    if type(value) is not int or data["unit"] not in ("s", "ms", "us", "ns"):
        raise WireError("a duration is not a count and a unit")
    return pd.Timedelta(value, unit="ns").as_unit(data["unit"])


DECODERS = {
    "frame": _decode_frame,
    "series": _decode_series,
    "index": _decode_index,
    "range_index": _range_index,
    "multi_index": _multi_index,
    "missing": _missing,
    "timestamp": _timestamp,
    "pandas_timedelta": _pandas_timedelta,
}
