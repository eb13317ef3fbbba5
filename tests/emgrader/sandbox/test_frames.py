"""Frames from a hostile kernel are a message, or nothing."""

import json
import time

import pytest
import zmq
from hypothesis import given
from hypothesis import strategies as st

from emgrader.sandbox import frames
from emgrader.sandbox.watch import Watch, memory

HONEST = [
    b"topic",
    b"<IDS|MSG>",
    b"signature",
    b'{"msg_type":"status"}',
    b'{"msg_id":"x"}',
    b"{}",
    b'{"a":1}',
]


class Socket:
    def __init__(self, parts):
        self.parts = parts

    def recv_multipart(self, flags):
        assert flags == zmq.NOBLOCK
        return list(self.parts)


def receive(*parts):
    return frames.receive(Socket(parts))


def with_frame(number, frame):
    return [*HONEST[:number], frame, *HONEST[number + 1 :]]


def test_an_honest_message():
    assert receive(*HONEST) == frames.Message("status", "x", {"a": 1})
    assert receive(*HONEST[1:], b"buffer") == frames.Message("status", "x", {"a": 1})
    assert receive(*with_frame(4, b"{}")).parent is None


@pytest.mark.parametrize(
    "parts",
    [
        [],
        HONEST[:5],
        HONEST[2:],
        [b"x"] * 9 + HONEST,
        with_frame(3, b"[]"),
        with_frame(3, b"{}"),
        with_frame(3, b'{"msg_type":["a"]}'),
        with_frame(4, b"[1]"),
        with_frame(4, b'{"msg_id":[1]}'),
        with_frame(3, b'{"msg_type":"' + b"x" * 10**6 + b'"}'),
        with_frame(6, b"\xff"),
        with_frame(6, b"null"),
        with_frame(6, b'{"a":NaN}'),
        with_frame(6, b'{"a":' + b"9" * 10_000 + b"}"),
        with_frame(6, b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
        with_frame(6, b'{"a":[' + b"[]," * 8_000_001 + b"0]}"),
    ],
    ids=range(16),
)
def test_what_is_no_message(parts):
    started = time.monotonic()
    assert receive(*parts) is None
    assert time.monotonic() - started < 5


@given(st.integers(0, 6), st.binary(max_size=40) | st.sampled_from(HONEST))
def test_any_frame(number, frame):
    message = receive(*with_frame(number, frame))
    assert message is None or type(message.content) is dict


def test_the_watch_acts_once_when_memory_grows():
    acts = []
    watch = Watch(lambda: acts.append(memory()), room=50 * 2**20)
    time.sleep(0.3)
    assert acts == []
    held = bytearray(100 * 2**20)
    deadline = time.monotonic() + 10
    while not acts and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.3)
    watch.stop()
    assert len(acts) == 1 and len(held) == 100 * 2**20


def test_an_object_is_what_the_content_has_to_be():
    assert receive(*with_frame(6, json.dumps({"ü": "\ud800"}).encode())).content == {"ü": "\ud800"}
