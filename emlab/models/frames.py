"""How the model server and its clients write to each other: a length, then that many bytes of JSON.

    4 bytes   length of the body, big-endian
    body      one JSON object, UTF-8

    {"op": "loglikelihood", "model": "ladder/774k", "requests": [["2 + 2 =", " 4"]]}
    {"result": [[-0.25, true]]}
    {"error": {"kind": "request", "message": "..."}}

Numbers keep every bit: JSON's text of a float is the shortest that reads back as the same float.
Nothing is imported here beyond the standard library, so that a student's kernel stays light.
"""

import base64
import json
import math
import struct
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import socket

    import numpy as np

HEADER = struct.Struct(">I")
MAX_REQUEST = 2 * 2**20  # bytes of a body sent to the server; reading this much text takes it 2 s
MAX_REPLY = 64 * 2**20  # bytes of a body sent back
MAX_DIMENSIONS = 8


class FrameError(ValueError):
    """Bytes that are no frame, or a value that fits in none."""


def pack(message: dict[str, Any], limit: int) -> bytes:
    """The frame of `message`. FrameError when its body has more than `limit` bytes or is not plain JSON."""
    try:
        text = json.dumps(message, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        body = text.encode("utf-8")
    except (TypeError, ValueError, RecursionError) as error:
        raise FrameError(str(error)) from None
    if len(body) > limit:
        raise FrameError(f"{len(body)} bytes are more than {limit}")
    return HEADER.pack(len(body)) + body


def body_length(header: bytes, limit: int) -> int:
    """The length that the 4 bytes of a header announce. FrameError when it is more than `limit`."""
    (length,) = HEADER.unpack(header)
    if length > limit:
        raise FrameError(f"{length} bytes are more than {limit}")
    return length


def unpack(body: bytes) -> dict[str, Any]:
    """The message in a body. FrameError for anything but one JSON object of finite numbers."""
    try:
        message = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise FrameError(f"no JSON: {type(error).__name__}") from None
    if not isinstance(message, dict):
        raise FrameError("no JSON object")
    return message


def _refuse(constant: str) -> None:
    raise FrameError(f"{constant} is no number")


def receive(connection: "socket.socket", limit: int) -> dict[str, Any]:
    """The next message on `connection`. ConnectionError when it ends before that, FrameError as above."""
    length = body_length(_exactly(connection, HEADER.size), limit)
    return unpack(_exactly(connection, length))


def _exactly(connection: "socket.socket", length: int) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        part = connection.recv(min(length - len(parts), 2**20))
        if not part:
            raise ConnectionResetError("it ended the connection")
        parts += part
    return bytes(parts)


def pack_array(array: "np.ndarray") -> dict[str, Any]:
    """A float32 array as plain JSON: little-endian bytes in base64, row by row."""
    raw = array.astype("<f4", order="C", copy=False).tobytes()
    return {"dtype": "float32", "shape": list(array.shape), "base64": base64.b64encode(raw).decode("ascii")}


def unpack_array(packed: Any) -> "np.ndarray":
    """The array that `pack_array` packed. FrameError when anything about it is odd."""
    import numpy as np

    match packed:
        case {"dtype": "float32", "shape": list(shape), "base64": str(text)}:
            pass
        case _:
            raise FrameError("no float32 array")
    if len(shape) > MAX_DIMENSIONS or not all(type(n) is int and n >= 0 for n in shape):
        raise FrameError("an array of an odd shape")
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        raise FrameError("an array that is no base64") from None
    if len(raw) != 4 * math.prod(shape):
        raise FrameError("an array whose bytes do not fit its shape")
    return np.frombuffer(raw, dtype="<f4").reshape(shape).copy()  # one that may be written to
