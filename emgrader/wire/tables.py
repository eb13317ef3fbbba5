"""pandas on the wire: DataFrame, Series, Index, Timestamp, Timedelta and the missing values.

A table is its columns (columns.py) and its two axes. A column that stays behind takes its table with it: a
table without one of its columns would be a lie.
"""

from emgrader.wire import columns
from emgrader.wire.errors import WireError


def encode(encoder, value, kind, depth):
    """Data for a pandas value; None for a type that isn't on the list."""
    import pandas as pd

    if kind is pd.DataFrame:
        below = encoder.deeper(depth)
        data = [columns.encode(encoder, value.iloc[:, n], below) for n in range(value.shape[1])]
        axes = {
            "columns": _index(encoder, value.columns, below),
            "index": _index(encoder, value.index, below),
        }
        return _or_opaque(encoder, kind, {"t": "frame", **axes, "data": data}, [*data, *axes.values()])
    if kind is pd.Series:
        below = encoder.deeper(depth)
        column = columns.encode(encoder, value, below)
        index = _index(encoder, value.index, below)
        name = encoder.encode(value.name, below)
        return _or_opaque(
            encoder, kind, {"t": "series", "name": name, "index": index, "data": column}, [column, index]
        )
    if isinstance(value, pd.Index):
        return _index(encoder, value, depth)
    if value is pd.NA or value is pd.NaT:
        return {"t": "missing", "v": "NA" if value is pd.NA else "NaT"}
    if kind is pd.Timestamp and (value.tz is None or str(value.tz) == "UTC"):
        plain = value.tz_localize(None)
        return {"t": "timestamp", **_count(encoder, plain, depth), "utc": value.tz is not None}
    if kind is pd.Timedelta:
        return {"t": "pandas_timedelta", **_count(encoder, value, depth)}
    return None


def _count(encoder, value, depth):
    return {"v": encoder.encode(int(value.asm8.astype("i8")), encoder.deeper(depth)), "unit": value.unit}


def _or_opaque(encoder, kind, data, parts):
    stayed = any(part is None or part.get("t") == "opaque" for part in parts)
    return encoder.opaque(kind, "dtype") if stayed else data


def _index(encoder, index, depth):
    import pandas as pd

    if type(index) is pd.RangeIndex:
        bounds = encoder.many([index.start, index.stop, index.step], depth)
        encoder.count(len(index))
        return {
            "t": "range_index",
            "v": bounds,
            "name": encoder.encode(index.name, encoder.deeper(depth)),
        }
    if type(index) is pd.MultiIndex:
        levels = [columns.encode(encoder, index.get_level_values(n), depth) for n in range(index.nlevels)]
        names = encoder.many(list(index.names), depth)
        return _or_opaque(
            encoder, pd.MultiIndex, {"t": "multi_index", "levels": levels, "names": names}, levels
        )
    column = columns.encode(encoder, index, depth)
    name = encoder.encode(index.name, encoder.deeper(depth))
    return _or_opaque(encoder, pd.Index, {"t": "index", "data": column, "name": name}, [column])


def decode(decoder, data, depth):
    """The pandas value in `data`. pandas' own complaints about what doesn't fit together are WireErrors."""
    try:
        return DECODERS[data["t"]](decoder, data, depth)
    except WireError:
        raise
    except (ValueError, TypeError, OverflowError) as error:
        raise WireError(f"a table's parts don't fit together ({type(error).__name__})") from error


def _as_series(decoder, data, depth, index):
    import pandas as pd

    values = columns.decode(decoder, data, depth)
    if len(values) != len(index):
        raise WireError("a column has another length than its index")
    # The type is said again: pandas would guess text from an array of objects.
    return pd.Series(values, index=index, dtype=values.dtype, copy=False)


def _decode_frame(decoder, data, depth):
    import pandas as pd

    decoder.fields(data, "columns", "index", "data")
    below = decoder.deeper(depth)
    names, index = (_decode_axis(decoder, data[axis], below) for axis in ("columns", "index"))
    if type(data["data"]) is not list or len(data["data"]) != len(names):
        raise WireError("a table has another number of columns than names")
    parts = {n: _as_series(decoder, column, below, index) for n, column in enumerate(data["data"])}
    frame = pd.DataFrame(parts, index=index)
    frame.columns = names
    return frame


def _decode_series(decoder, data, depth):
    decoder.fields(data, "name", "index", "data")
    below = decoder.deeper(depth)
    series = _as_series(decoder, data["data"], below, _decode_axis(decoder, data["index"], below))
    series.name = _name(decoder, data["name"], below)
    return series


def _decode_axis(decoder, data, depth):
    if type(data) is not dict or data.get("t") not in ("range_index", "multi_index", "index"):
        raise WireError("an axis is not an index")
    return DECODERS[data["t"]](decoder, data, depth)


def _name(decoder, data, depth):
    name = decoder.decode(data, depth)
    decoder.keys([name])
    return name


def _range_index(decoder, data, depth):
    import pandas as pd

    decoder.fields(data, "v", "name")
    bounds = decoder.many(data["v"], depth)
    if len(bounds) != 3 or any(type(n) is not int or abs(n) >= 2**62 for n in bounds) or bounds[2] == 0:
        raise WireError("a range of row numbers is not three integers")
    index = pd.RangeIndex(*bounds, name=_name(decoder, data["name"], decoder.deeper(depth)))
    decoder.count(len(index))
    return index


def _multi_index(decoder, data, depth):
    import pandas as pd

    decoder.fields(data, "levels", "names")
    if type(data["levels"]) is not list or not data["levels"]:
        raise WireError("an index has no levels")
    levels = [columns.labels(decoder, level, depth) for level in data["levels"]]
    names = decoder.keys(decoder.many(data["names"], depth))
    return pd.MultiIndex.from_arrays(levels, names=names)


def _decode_index(decoder, data, depth):
    decoder.fields(data, "data", "name")
    index = columns.labels(decoder, data["data"], depth)
    index.name = _name(decoder, data["name"], decoder.deeper(depth))
    return index


def _missing(decoder, data, _depth):
    import pandas as pd

    decoder.fields(data, "v")
    if data["v"] not in ("NA", "NaT"):
        raise WireError("a missing value is neither NA nor NaT")
    return getattr(pd, data["v"])


def _timestamp(decoder, data, depth):
    import numpy as np
    import pandas as pd

    decoder.fields(data, "v", "unit", "utc")
    stamp = pd.Timestamp(np.datetime64(_counted(decoder, data, depth), data["unit"]))
    return stamp.tz_localize("UTC") if data["utc"] is True else stamp


def _pandas_timedelta(decoder, data, depth):
    import numpy as np
    import pandas as pd

    decoder.fields(data, "v", "unit")
    return pd.Timedelta(np.timedelta64(_counted(decoder, data, depth), data["unit"]))


def _counted(decoder, data, depth):
    value = decoder.decode(data["v"], decoder.deeper(depth))
    if type(value) is not int or abs(value) >= 2**63 or data["unit"] not in ("s", "ms", "us", "ns"):
        raise WireError("a time is not a count and a unit")
    return value


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
