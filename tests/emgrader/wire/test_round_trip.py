"""Whatever is plain data comes back as it was, type for type."""

import collections
import datetime
import json
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from matplotlib.figure import Figure

from emgrader import wire
from emgrader.wire import CannotCross
from emlab.checks import describe_figure

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**200), 2**200)
    | st.floats()
    | st.text()
    | st.binary()
    | st.complex_numbers(allow_nan=False)
    | st.datetimes()
    | st.dates()
    | st.times()
    | st.timedeltas()
)
KEYS = (
    st.booleans() | st.integers(-(2**70), 2**70) | st.text() | st.tuples(st.integers(), st.text()) | st.none()
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.lists(inner, max_size=5).map(tuple)
        | st.dictionaries(KEYS, inner, max_size=5)
        | st.sets(KEYS, max_size=5)
        | st.frozensets(KEYS, max_size=5)
    ),
    max_leaves=20,
)
DTYPES = ["bool", "i1", "i8", "u2", "u8", "f2", "f4", "f8", "c16", ">i4", ">f8", "M8[s]", "m8[ns]", "U5", "O"]


def crossed(value):
    return wire.decode(wire.loads(wire.dumps(value, strict=True)))


def same(a, b):
    """Equal in value and in type, all the way down; nan is nan."""
    if type(a) is not type(b):
        return False
    if isinstance(a, float):
        return a == b and math.copysign(1, a) == math.copysign(1, b) or (a != a and b != b)
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return all(map(same, a.keys(), b.keys())) and all(map(same, a.values(), b.values()))
    return a == b


@given(VALUES)
def test_plain_values(value):
    assert same(crossed(value), value)


@pytest.mark.parametrize("dtype", DTYPES)
@settings(max_examples=20)
@given(data=st.data())
def test_arrays(dtype, data):
    shape = data.draw(hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4))
    if dtype == "O":
        array = data.draw(hnp.arrays(object, shape, elements=st.none() | st.integers() | st.text(max_size=3)))
    else:
        array = data.draw(hnp.arrays(dtype, shape))
    got = crossed(array)
    assert got.shape == array.shape and got.flags.writeable
    if dtype in ("U5", "O"):  # a text array is as wide as its longest text
        assert got.dtype.kind == dtype[0] and got.tolist() == array.tolist()
    else:
        assert got.dtype == array.dtype.newbyteorder("<")
        assert got.tobytes() == array.astype(got.dtype).tobytes()


@pytest.mark.parametrize(
    "value", [np.float32(0.1), np.int8(-3), np.bool_(True), np.float64("nan"), np.datetime64("2020")]
)
def test_numpy_scalars_keep_their_type(value):
    got = crossed(value)
    assert type(got) is type(value) and got.dtype == value.dtype
    assert got == value or got != got


def test_an_array_of_lists_stays_one():
    array = np.empty(2, dtype=object)
    array[:] = [[1, 2], [3, 4]]
    assert crossed(array).tolist() == [[1, 2], [3, 4]] and crossed(array).shape == (2,)


FRAME = pd.DataFrame(
    {
        "int": [1, 2, 3],
        "float": [1.5, float("nan"), -0.0],
        "bool": [True, False, True],
        "text": ["a", "b", "ü"],
        "text with gaps": ["a", None, "c"],
        "lists": [[1], [], ["x", None]],
        "mixed": [None, 1, "1"],
        "date": pd.to_datetime(["2020-01-01", None, "2021-06-01"]),
        "utc": pd.to_datetime(["2020-01-01", None, "2021-06-01"], utc=True),
        "delta": pd.to_timedelta(["1h", None, "2d"]),
        "nullable": pd.array([1, None, 3], dtype="Int64"),
        "maybe": pd.array([True, None, False], dtype="boolean"),
        "string": pd.array(["a", None, "c"], dtype="string"),
        "category": pd.Categorical(["x", None, "y"], categories=["y", "x"], ordered=True),
    }
)


@pytest.mark.parametrize(
    "frame",
    [
        FRAME,
        FRAME.iloc[:0],
        FRAME.iloc[::-1],
        FRAME.set_index("text"),
        FRAME.set_index(["int", "text"]),
        FRAME.rename(columns={"int": 7, "float": ("a", 1)}),
        FRAME[["int", "int"]],
        FRAME.rename_axis("rows").rename_axis("cols", axis=1),
        FRAME.groupby("bool").agg({"int": ["mean", "std"]}),
        pd.DataFrame(),
        pd.DataFrame(index=[1, 2]),
    ],
    ids=range(11),
)
def test_frames(frame):
    pd.testing.assert_frame_equal(crossed(frame), frame, check_freq=False)


CELLS = {
    "int": st.integers(-(2**63), 2**63 - 1),
    "float": st.floats(),
    "bool": st.booleans(),
    "text": st.text(max_size=5),
    "date": st.datetimes(pd.Timestamp.min.ceil("s"), pd.Timestamp.max.floor("s")),
    "object": st.none() | st.integers() | st.text(max_size=3) | st.lists(st.floats(), max_size=2),
}
LABELS = st.text(max_size=3) | st.integers(-5, 5) | st.tuples(st.integers(0, 2), st.text(max_size=1))


@st.composite
def frames(draw):
    height = draw(st.integers(0, 4))
    kinds = draw(st.lists(st.sampled_from(list(CELLS)), max_size=4))
    columns = [draw(st.lists(CELLS[kind], min_size=height, max_size=height)) for kind in kinds]
    labels = draw(st.lists(LABELS, min_size=height, max_size=height))
    index = pd.Index(labels, tupleize_cols=False) if draw(st.booleans()) else pd.RangeIndex(height)
    frame = pd.DataFrame(dict(enumerate(columns)), index=index)
    return frame.set_axis(draw(st.lists(LABELS, min_size=len(kinds), max_size=len(kinds))), axis=1)


@settings(max_examples=100)
@given(frames())
def test_any_frame(frame):
    pd.testing.assert_frame_equal(crossed([frame])[0], frame, check_freq=False)
    for number in range(frame.shape[1]):
        pd.testing.assert_series_equal(crossed(frame.iloc[:, number]), frame.iloc[:, number])


@pytest.mark.parametrize("name", FRAME.columns)
def test_series(name):
    pd.testing.assert_series_equal(crossed(FRAME[name]), FRAME[name])


def test_none_and_nan_are_kept_apart_in_an_object_column():
    column = pd.Series([None, float("nan"), pd.NA, pd.NaT], dtype=object)
    got = crossed(column)
    assert got[0] is None and isinstance(got[1], float) and got[2] is pd.NA and got[3] is pd.NaT


def test_an_object_column_of_text_does_not_become_a_text_column():
    column = pd.Series(["a", "b"], dtype=object, index=pd.Index(["x", "y"], dtype=object))
    pd.testing.assert_series_equal(crossed(column), column)


@pytest.mark.parametrize(
    "value",
    [
        pd.Timestamp("2020-02-03 04:05:06.789"),
        pd.Timestamp("2020", tz="UTC"),
        pd.Timedelta("3h"),
        pd.Timestamp("2020-02-03").as_unit("s"),
        pd.Timestamp.min,
        pd.Timedelta.max,
        range(1, 9, 2),
        range(5, -5, -3),
        range(7, 3),
    ],
)
def test_times_and_ranges(value):
    assert same(crossed(value), value)


def test_dicts_of_the_standard_library_come_as_dicts():
    assert crossed(collections.Counter("aab")) == {"a": 2, "b": 1}
    assert type(crossed(collections.defaultdict(list, a=[1]))) is dict


class Sub(list):
    pass


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (Sub(), "type"),
        (object(), "type"),
        (lambda: 0, "type"),
        (iter([]), "type"),
        (np.zeros(2, dtype=[("a", int)]), "dtype"),
        (np.ma.masked_array([1]), "type"),
        (pd.DataFrame({"a": pd.period_range("2020", periods=2, freq="D")}), "dtype"),
        (10**5000, "int"),
        (range(10**9), "size"),
        (np.broadcast_to(0, (10**3, 10**6)), "size"),
        (np.array(["x" * 10**4] + [""] * 10**4), "size"),
    ],
    ids=range(11),
)
def test_what_cannot_cross_says_why(value, why):
    with pytest.raises(CannotCross) as caught:
        wire.dumps(value, strict=True)
    assert caught.value.why == why and caught.value.type_name == type(value).__name__


def test_one_odd_element_becomes_a_marker():
    got = crossed_loosely([1, object(), "a"])
    assert got[0] == 1 and got[2] == "a" and isinstance(got[1], wire.Opaque)
    with pytest.raises(wire.WireError, match="object"):
        bool(got[1] == 3)
    with pytest.raises(wire.WireError):
        _ = got[1].anything


def crossed_loosely(value):
    return wire.decode(json.loads(wire.dumps(value)))


def test_what_can_be_encoded_can_be_decoded_at_every_depth():
    parts = [
        FRAME,
        FRAME["category"],
        FRAME.index,
        1j,
        range(3),
        np.array([None]),
        pd.NA,
        2**60,
        (1,),
        {1: 2},
    ]
    parts += [datetime.timedelta(1), pd.Timestamp("2020"), FRAME.set_index(["int", "text"]).index, Figure()]
    for part in parts:
        refused = 0
        value = part
        for _ in range(40):
            try:
                text = wire.dumps(value, strict=True)
            except CannotCross as error:
                assert error.why == "depth"
                refused += 1
            else:
                wire.decode(wire.loads(text))
            value = [value]
        assert 7 <= refused < 15


def test_a_figure_crosses_as_its_description():
    figure = Figure()
    figure.add_subplot(title="t").plot([1, 2], [3, 4])
    got = crossed({"fig": figure, "axes": figure.axes})
    assert describe_figure(got["fig"]) == describe_figure(figure) == describe_figure(crossed(got["fig"]))
    assert describe_figure(got["axes"][0])["panels"][0]["title"] == "t"
    with pytest.raises(wire.Unusable, match="describe_figure"):
        got["fig"].savefig("x")


def test_a_cycle_is_too_deep():
    loop = []
    loop.append(loop)
    with pytest.raises(CannotCross) as caught:
        wire.dumps(loop)
    assert caught.value.why == "depth"


def test_limits_count_all_values_together():
    limits = wire.Limits(items=10)
    with pytest.raises(CannotCross):
        wire.dumps([[0] * 5, [0] * 5], limits)
    with pytest.raises(wire.WireError, match="too large"):
        wire.decode([[0] * 5, [0] * 5], limits)


def test_a_date_keeps_its_offset():
    value = datetime.datetime(2020, 1, 2, tzinfo=datetime.timezone(datetime.timedelta(hours=3)))
    assert crossed(value) == value
