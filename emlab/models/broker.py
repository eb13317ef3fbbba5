"""The ladder while a notebook is graded: a model that lives in a server outside the sandbox.

Same interface and same answers as the local model, with no torch in this process.
"""

import socket
import threading
from collections.abc import Iterator
from functools import cache
from typing import Any

from emlab.messages import say
from emlab.models import frames
from emlab.models.base import Attention, Model, Scored, UnknownModel, check_text

# One frame holds as many requests as fit in both.
CHUNK_REQUESTS = {"loglikelihood": 512, "generate_until": 128}
CHUNK_CHARACTERS = 250_000  # at most 6 bytes each in JSON, which is within what the server takes


class BrokerError(RuntimeError):
    """The model server is out of reach, or will not answer any more."""


class BrokerModel(Model):
    """A rung of the ladder behind the socket at `path`."""

    def __init__(self, spec: str, path: str) -> None:
        super().__init__()
        self._connection = _connection(path)
        info = self._connection.ask({"op": "info", "model": spec})
        self.name = info["name"]
        self.params = info["params"]
        self.revision = info["revision"]
        self.dtype = info["dtype"]
        self.max_length = info["max_length"]

    def compute_loglikelihood(self, requests: list[tuple[str, str]]) -> list[Scored]:
        answers = []
        for chunk in _chunks(requests, CHUNK_REQUESTS["loglikelihood"]):
            answers += self._ask("loglikelihood", requests=chunk)
        return [(logprob, greedy) for logprob, greedy in answers]

    def compute_generation(self, requests: list[tuple[str, dict[str, Any]]]) -> list[str]:
        texts = []
        for chunk in _chunks(requests, CHUNK_REQUESTS["generate_until"]):
            texts += self._ask("generate_until", requests=chunk)
        return texts

    def attention(self, text: str) -> Attention:
        packed = self._ask("attention", requests=[check_text(text)])[0]
        return Attention(packed["tokens"], frames.unpack_array(packed["weights"]))

    def tokenize(self, text: str) -> list[str]:
        return self._ask("tokenize", requests=[check_text(text)])[0]

    def _ask(self, op: str, requests: list[Any]) -> Any:
        return self._connection.ask({"op": op, "model": self.name, "requests": requests})


class Connection:
    """One connection to the server, shared by the models of this process; one exchange at a time.

    It is opened when it is first needed, and again after anything went wrong in the middle of an exchange
    (a cell that was interrupted leaves half an answer behind).
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()

    def ask(self, message: dict[str, Any]) -> Any:
        """The result of one exchange.

        Raises UnknownModel or ValueError for what was asked, BrokerError for everything else.
        """
        try:
            frame = frames.pack(message, frames.MAX_REQUEST)
        except frames.FrameError as error:
            raise ValueError(say("broker_not_sent", reason=error)) from None
        with self._lock:
            try:
                reply = self._exchange(frame)
            except BaseException:
                self._close()
                raise
        match reply:
            case {"result": result}:
                return result
            case {"error": {"kind": "model", "message": str(text)}}:
                raise UnknownModel(text)
            case {"error": {"kind": "request", "message": str(text)}}:
                raise ValueError(text)
            case {"error": {"message": str(text)}}:
                raise BrokerError(text)
        raise BrokerError(say("broker_strange", reason="neither a result nor an error"))

    def _exchange(self, frame: bytes) -> dict[str, Any]:
        try:
            if self._socket is None:
                self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
                self._socket.connect(self.path)
            self._socket.sendall(frame)
            return frames.receive(self._socket, frames.MAX_REPLY)
        except OSError as error:
            raise BrokerError(say("broker_unreachable", path=self.path, reason=error)) from None
        except frames.FrameError as error:
            raise BrokerError(say("broker_strange", reason=error)) from None

    def _close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None


@cache
def _connection(path: str) -> Connection:
    return Connection(path)


def _chunks(requests: list[Any], most: int) -> Iterator[list[Any]]:
    """Cut `requests` into lists of at most `most` items and CHUNK_CHARACTERS characters; none is empty."""
    chunk, characters = [], 0
    for request in requests:
        size = sum(len(str(part)) for part in request)
        if chunk and (len(chunk) == most or characters + size > CHUNK_CHARACTERS):
            yield chunk
            chunk, characters = [], 0
        chunk.append(request)
        characters += size
    if chunk:
        yield chunk
