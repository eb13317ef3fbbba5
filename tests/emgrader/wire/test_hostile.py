"""Whatever arrives, decoding ends quickly with a plain value or a WireError, and nothing else."""

import datetime
import json
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from emgrader import wire
from emgrader.wire import decoder, tables

TAGS = [*decoder._PLAIN, "array", "scalar", *tables.DECODERS, "eval", "pickle"]
FIELDS = [
    "v",
    "k",
    "name",
    "type",
    "why",
    "dtype",
    "shape",
    "columns",
    "index",
    "data",
    "levels",
    "names",
    "unit",
    "utc",
]
STRINGS = st.sampled_from(
    [
        "nan",
        "<f8",
        "|b1",
        "str",
        "object",
        "<M8[ns]",
        "AAAAAAAAAAA=",
        "AA==",
        "0x10",
        "2020-01-01",
        "ns",
        "NaT",
        "raw",
        "os",
    ]
)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | STRINGS
JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4)
        | st.builds(
            lambda tag, rest: {"t": tag, **rest},
            st.sampled_from(TAGS),
            st.dictionaries(st.sampled_from(FIELDS), inner),
        )
        | st.builds(
            lambda kind, rest: {"d": kind, **rest},
            st.sampled_from(["raw", "object", "str", "masked", "category", "utc"]),
            st.dictionaries(
                st.sampled_from(["v", "dtype", "missing", "categories", "codes", "ordered"]), inner
            ),
        )
    ),
    max_leaves=25,
)
PLAIN = (
    *(type(None), bool, int, float, complex, str, bytes, bytearray, list, tuple, set, frozenset, dict, range),
    *(np.ndarray, np.generic, pd.DataFrame, pd.Series, pd.Index, pd.Timestamp, pd.Timedelta),
    *(datetime.date, datetime.time, datetime.timedelta, wire.Opaque, wire.Function, wire.Module),
    *(type(pd.NA), type(pd.NaT)),
)


def check(data):
    try:
        value = wire.decode(data)
    except wire.WireError:
        return
    assert isinstance(value, PLAIN)


@settings(max_examples=500, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(JSON)
def test_any_json(data):
    check(data)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200) | st.text('[]{}"\\:,tv0123456789.eE-ualsrnfx ', max_size=200))
def test_any_text(text):
    try:
        data = wire.loads(text)
    except wire.WireError:
        return
    check(data)


FRAME = wire.encode(
    pd.DataFrame({"a": [1, 2], "b": ["x", None], "c": pd.Categorical(["u", "v"])}, index=["i", "j"])
)


def paths(data, path=()):
    """Every place in JSON data."""
    yield path
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield from paths(value, (*path, key))


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(list(paths(FRAME))[1:]), JSON)
def test_a_table_with_one_part_replaced(path, part):
    data = json.loads(json.dumps(FRAME))
    place = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = part
    check(data)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000 + "]" * 100_000,
        "9" * 100_000,
        '{"t":"int","v":"0x' + "f" * 2000 + '"}',
        "NaN",
        "1e999",
        '{"t":"tuple"}',
        '{"t":"array","dtype":"<f8","shape":[1000000000,1000000000],"v":""}',
        '{"t":"array","dtype":"<f8","shape":[0,1000000000000],"v":""}',
        '{"t":"array","dtype":"O","shape":[1],"v":"AAAAAAAAAAA="}',
        '{"t":"array","dtype":"<f8","shape":[-1],"v":"AAAAAAAAAAA="}',
        '{"t":"array","dtype":"<f8","shape":[true],"v":"AAAAAAAAAAA="}',
        '{"t":"dict","k":[[1]],"v":[1]}',
        '{"t":"set","v":[{"t":"set","v":[]}]}',
        '{"t":"range_index","v":[0,4000000000000000000,1],"name":null}',
        '{"t":"function","name":"__import__(1)"}',
        '{"t":"opaque","type":"x","why":"because"}',
        '{"t":"timedelta","v":[999999999999,0,0]}',
        '{"v":1}',
        '{"t":"date","t":"date","v":"2020-01-01"}',
        '{"t":"date","v":"20200101"}',
        '{"t":"int","v":"0x10"}',
        '{"t":"int","v":" 0X20000000000000"}',
        "9007199254740992",
        '"ü"',
        '{"t":"dict","k":[1,true],"v":[1,2]}',
        '{"t":"set","v":["a","a"]}',
        '{"t":"range","v":[0,5000000,1]}',
        '{"t":"opaque","type":"x","why":[]}',
        '{"t":"array","dtype":"<i1","shape":[1],"v":"AA=="}',
        '{"t":"array","dtype":"<f8","shape":[0,4000000,4000000],"v":""}',
        '{"t":"series","name":null,"index":{"t":"range_index","v":[0,0,1],"name":null},'
        '"data":{"d":"raw","v":{"t":"array","dtype":"str","shape":[0],"v":[]}}}',
        '{"t":"index","name":null,"data":{"d":"object","v":[[1]]}}',
        '{"t":"index","name":null,"data":{"d":"masked","dtype":"Int8",'
        '"v":{"t":"array","dtype":"|i1","shape":[1],"v":"AA=="},'
        '"missing":{"t":"array","dtype":"|i1","shape":[1],"v":"BA=="}}}',
        '{"t":"timestamp","v":"now","unit":"s","utc":false}',
        '{"t":"figure","v":{"title":"","panels":7}}',
        '{"t":"figure","v":{"t":"dict","k":["title"],"v":[""]}}',
        "[" + "[]," * 8_000_000 + "0]",
    ],
    ids=lambda text: text[:40],
)
def test_refused(text):
    with pytest.raises(wire.WireError):
        wire.decode(wire.loads(text))


def test_keys_that_share_a_hash_are_refused():
    keys = [n * (2**61 - 1) for n in range(200)]
    with pytest.raises(wire.WireError, match="hash"):
        wire.decode(wire.encode(dict.fromkeys(keys, 0)))
    tuples = [tuple(-1 - (n >> bit & 1) for bit in range(8)) for n in range(256)]
    with pytest.raises(wire.WireError, match="hash"):
        wire.decode(wire.encode(set(tuples)))


def test_one_long_text_cannot_make_a_large_array():
    data = {"t": "array", "dtype": "str", "shape": [10_000], "v": ["x" * 10_000] + [""] * 9_999}
    with pytest.raises(wire.WireError, match="too large"):
        wire.decode(data)


def test_a_bool_byte_is_true_or_false():
    got = wire.decode({"t": "array", "dtype": "|b1", "shape": [2], "v": "AgA="})
    assert got.tolist() == [True, False] and got.tobytes() == b"\x01\x00"


def test_a_type_name_that_is_no_name_is_not_repeated():
    assert repr(wire.decode({"t": "opaque", "type": "<script>", "why": "type"})) == "<?, not plain data>"


def test_the_wire_imports_the_standard_library_only():
    code = (
        "import sys, emgrader.wire, emgrader.wire.agent;"
        "print([m for m in sys.modules if m.split('.')[0] in ('numpy', 'pandas', 'IPython', 'zmq')],"
        "[m for m in sys.modules if m.startswith('emgrader.') and not m.startswith('emgrader.wire')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] []"
