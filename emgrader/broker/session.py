"""One submission: its own socket, so that none can pose as another, its meter and its journal."""

import asyncio
import contextlib
import hashlib
import logging
from pathlib import Path
from typing import Any

from emgrader.broker.desk import Desk
from emgrader.broker.journal import Journal
from emgrader.broker.meter import Limits, Meter
from emgrader.broker.protocol import Refused, parse
from emgrader.messages import say
from emlab.models import frames

MAX_CONNECTIONS = 8
MAX_PATH = 100  # bytes; the system's limit for the path of a socket is 107
STALLED = 30.0  # seconds that half a frame, or an answer that nobody reads, may hang
PENALTY = 0.05  # seconds that a refused question waits, so that asking nonsense in a loop costs nobody else

log = logging.getLogger(__name__)


class Session:
    """The side of the broker that one submission sees."""

    def __init__(self, submission: str, path: Path, journal: Journal, desk: Desk, limits: Limits) -> None:
        self.submission = submission
        self.path = path
        self._journal = journal
        self._desk = desk
        self._limits = limits
        self._meter = Meter()
        self._tasks: set[asyncio.Task] = set()
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen. Any user may connect: the folder around the socket decides who can reach it."""
        self.path.unlink(missing_ok=True)  # left over from a broker that was killed
        self._server = await asyncio.start_unix_server(self._serve, path=self.path)
        self.path.chmod(0o666)

    async def close(self) -> dict[str, Any]:
        """End every connection; returns what the submission used, and where its journal is."""
        if self._server is not None:
            self._server.close()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.path.unlink(missing_ok=True)
        self._journal.close()
        return {
            "submission": self.submission,
            **self._meter.usage(),
            "journal": str(self._journal.path),
        }

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the questions of one connection, one after the other, until it ends or breaks the rules."""
        task = asyncio.current_task()
        self._tasks.add(task)
        try:
            # A client that went away, or that does not read or finish its sentences, is let go.
            with contextlib.suppress(OSError, EOFError, TimeoutError, frames.FrameError):
                if len(self._tasks) <= MAX_CONNECTIONS:
                    while True:
                        await self._exchange(reader, writer)
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read one frame and answer it. FrameError when there is no way to tell where the next one begins."""
        header = await reader.readexactly(frames.HEADER.size)
        try:
            length = frames.body_length(header, frames.MAX_REQUEST)
        except frames.FrameError:
            await self._send(writer, _error("request", say("broker.too_large", limit=frames.MAX_REQUEST)))
            raise
        async with asyncio.timeout(STALLED):
            body = await reader.readexactly(length)
        await self._send(writer, await self._reply(body))

    async def _reply(self, body: bytes) -> dict[str, Any]:
        """The answer to a body, whatever is in it."""
        try:
            return {"result": await self._answer(body)}
        except Refused as refused:
            reply = _error(refused.kind, str(refused))
        except Exception:
            log.exception("a question of %s failed", self.submission)
            reply = _error("server", say("broker.failed"))
        await asyncio.sleep(PENALTY)
        return reply

    async def _answer(self, body: bytes) -> Any:
        try:
            question = parse(frames.unpack(body))
        except (Refused, frames.FrameError) as error:
            self._meter.admit(0, self._limits)  # nonsense counts as a question
            if isinstance(error, Refused):
                raise
            raise Refused("request", say("broker.no_json")) from None
        self._meter.admit(len(question.items), self._limits)
        return await self._desk.answer(question, self._meter, self._journal)

    async def _send(self, writer: asyncio.StreamWriter, reply: dict[str, Any]) -> None:
        writer.write(frames.pack(reply, frames.MAX_REPLY))
        async with asyncio.timeout(STALLED):
            await writer.drain()


def socket_path(directory: Path, submission: str) -> Path:
    """The submission's socket in `directory`. ValueError when the path is too long for a socket."""
    path = directory / f"{hashlib.sha256(submission.encode('utf-8')).hexdigest()[:8]}.sock"
    if len(bytes(path)) > MAX_PATH:
        raise ValueError(say("broker.long_path", path=path, limit=MAX_PATH))
    return path


def _error(kind: str, message: str) -> dict[str, Any]:
    return {"error": {"kind": kind, "message": message}}
