"""Reads the messages that a kernel sends: Jupyter's frames, strictly, from a sender that may be hostile.

A message is a list of frames: addresses, a delimiter, a signature, and four pieces of JSON. The signature is
not looked at, since the student's code has its key: what a message says is not trusted either way.
"""

import json
from dataclasses import dataclass

import zmq

from emgrader.wire.limits import Limits, fits

LARGEST = 96 * 2**20  # bytes of one frame; a larger one closes the connection
_CONTENT = Limits(bytes=LARGEST)
_HEADER = Limits(bytes=2**16)
_DELIMITER = b"<IDS|MSG>"
_ADDRESSES = 4  # frames before the delimiter


@dataclass(frozen=True)
class Message:
    """One message: its type, the id of the request that it belongs to, and its content."""

    kind: str
    parent: str | None
    content: dict


def receive(socket):
    """The message that waits on a socket, or None if it isn't one."""
    try:
        frames = socket.recv_multipart(zmq.NOBLOCK)
        start = frames[: _ADDRESSES + 1].index(_DELIMITER) + 2
        header, parent = (_json(frame, _HEADER) for frame in frames[start : start + 2])
        kind, parent_id = header["msg_type"], parent.get("msg_id")
        if type(kind) is not str or type(parent_id) not in (str, type(None)):
            return None
        return Message(kind, parent_id, _json(frames[start + 3], _CONTENT))
    except (zmq.ZMQError, ValueError, LookupError, RecursionError):
        return None


def _json(frame, limits):
    """The JSON object in a frame; ValueError when it isn't one."""
    text = frame.decode("utf-8")
    if not fits(text, limits):
        raise ValueError("too large")
    data = json.loads(text, parse_constant=_refuse)
    if type(data) is not dict:
        raise ValueError("not an object")
    return data


def _refuse(name):
    raise ValueError(f"{name} is not JSON")
