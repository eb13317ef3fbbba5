import contextlib
import json
import socket
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emlab.models import frames

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
number = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
plain = st.recursive(
    st.none() | st.booleans() | number | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(text, plain, max_size=3))
def test_a_message_comes_back_bit_for_bit(message):
    frame = frames.pack(message, frames.MAX_REQUEST)
    assert frames.body_length(frame[:4], frames.MAX_REQUEST) == len(frame) - 4
    assert json.dumps(frames.unpack(frame[4:])) == json.dumps(message)


@given(st.binary())
def test_any_other_bytes_are_a_frame_error(body):
    with contextlib.suppress(frames.FrameError):
        assert isinstance(frames.unpack(body), dict)


@pytest.mark.parametrize(
    "body", [b"[" * 100_000, b"[1]", b"", b'{"a": NaN}', b'{"a": 1e', b"\xff", b"9" * 10_000]
)
def test_nonsense_is_a_frame_error(body):
    with pytest.raises(frames.FrameError):
        frames.unpack(body)


@pytest.mark.parametrize("message", [{"a": float("nan")}, {"a": object()}, {"a": "\ud800"}, {"a": "x" * 100}])
def test_what_fits_in_no_frame_is_a_frame_error(message):
    with pytest.raises(frames.FrameError):
        frames.pack(message, limit=50)


def test_an_announced_length_over_the_limit_is_a_frame_error():
    with pytest.raises(frames.FrameError, match="4294967295 bytes"):
        frames.body_length(struct.pack(">I", 2**32 - 1), 100)


def test_receive_puts_the_pieces_together_and_notices_the_end():
    left, right = socket.socketpair()
    with left, right:
        frame = frames.pack({"a": "ş" * 1000}, 10_000)
        left.sendall(frame[:3])
        left.sendall(frame[3:] + frame[:7])
        assert frames.receive(right, 10_000) == {"a": "ş" * 1000}
        left.shutdown(socket.SHUT_WR)
        with pytest.raises(ConnectionError):
            frames.receive(right, 10_000)


@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 3, 4, 4)])
def test_an_array_comes_back_bit_for_bit(shape):
    array = np.random.default_rng(0).normal(size=shape).astype(np.float32)
    back = frames.unpack_array(json.loads(json.dumps(frames.pack_array(array))))
    assert back.dtype == np.float32
    np.testing.assert_array_equal(back, array)


@pytest.mark.parametrize(
    "change",
    [{"dtype": "object"}, {"shape": [3]}, {"shape": [-2, -1]}, {"shape": [1.0, 2]}, {"shape": [1] * 9},
     {"base64": "a"}, {"base64": "é"}, {"base64": 3}, {"shape": "2"}, {"shape": [True, 2]}],
)  # fmt: skip
def test_an_odd_array_is_a_frame_error(change):
    packed = frames.pack_array(np.zeros((1, 2), np.float32))
    with pytest.raises(frames.FrameError):
        frames.unpack_array({**packed, **change})
