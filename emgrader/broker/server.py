"""The broker's process: a private socket for the grader, and one socket for each open submission.

On the private socket (0600 in a 0700 folder), in the frames of `emlab.models.frames`:

    {"op": "open", "submission": "student01", "directory": "/tmp/x"} -> {"result": {"path": ...}}
    {"op": "close", "submission": "student01"}                       -> {"result": {usage}}
    {"op": "stop"}                                                   -> {"result": null}

A submission belongs to the connection that opened it: when a grader's worker dies, its submissions close.
"""

import asyncio
import contextlib
import json
import logging
import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from emgrader.broker.desk import Desk
from emgrader.broker.journal import Journal, journal_path
from emgrader.broker.meter import Limits
from emgrader.broker.session import Session, socket_path
from emgrader.messages import say
from emlab.models import frames

log = logging.getLogger(__name__)


class Broker:
    """All open submissions; made and used in a running event loop."""

    def __init__(self, desk: Desk, journals: Path, limits: Limits) -> None:
        self.stopped = asyncio.Event()
        self._desk = desk
        self._journals = journals
        self._limits = limits
        self._sessions: dict[str, Session] = {}

    async def serve_grader(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of the grader or of one of its workers."""
        own: set[str] = set()
        try:
            with contextlib.suppress(OSError, EOFError):
                while True:
                    length = frames.body_length(await reader.readexactly(4), frames.MAX_REQUEST)
                    message = frames.unpack(await reader.readexactly(length))
                    writer.write(frames.pack(await self._reply(message, own), frames.MAX_REPLY))
                    await writer.drain()
        finally:
            for submission in own & self._sessions.keys():  # fewer when the broker is being stopped
                await self._close(submission)
            writer.close()

    async def _reply(self, message: dict[str, Any], own: set[str]) -> dict[str, Any]:
        try:
            match message:
                case {"op": "open", "submission": str(submission), "directory": str(directory)}:
                    path = await self._open(submission, Path(directory))
                    own.add(submission)
                    return {"result": {"path": str(path)}}
                case {"op": "close", "submission": str(submission)} if submission in own:
                    own.discard(submission)
                    return {"result": await self._close(submission)}
                case {"op": "stop"}:
                    self.stopped.set()
                    return {"result": None}
            raise ValueError(say("broker.not_open", submission=message.get("submission")))
        except (ValueError, OSError) as error:
            return {"error": {"kind": "request", "message": str(error)}}

    async def _open(self, submission: str, directory: Path) -> Path:
        if submission in self._sessions:
            raise ValueError(say("broker.already_open", submission=submission))
        path = socket_path(directory, submission)
        journal = Journal(journal_path(self._journals, submission))
        session = Session(submission, path, journal, self._desk, self._limits)
        self._sessions[submission] = session
        try:
            await session.start()
        except OSError:
            await self._close(submission)
            raise
        return path

    async def _close(self, submission: str) -> dict[str, Any]:
        return await self._sessions.pop(submission).close()

    async def close(self) -> None:
        """Close what is still open."""
        for submission in list(self._sessions):
            await self._close(submission)
        await self._desk.close()


async def run(cache: Path, journals: Path, limits: Limits) -> None:
    """Serve until the grader says stop, or is gone: the standard input then ends.

    The first line on the standard output is {"control": path of the private socket}.
    """
    folder = Path(tempfile.mkdtemp(prefix="broker-"))  # 0700
    try:
        broker = Broker(Desk(cache), journals, limits)
        control = folder / "control.sock"
        server = await asyncio.start_unix_server(broker.serve_grader, path=control)
        control.chmod(0o600)
        _watch_parent(asyncio.get_running_loop(), broker.stopped)
        print(json.dumps({"control": str(control)}), flush=True)
        await broker.stopped.wait()
        server.close()
        await broker.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _watch_parent(loop: asyncio.AbstractEventLoop, stopped: asyncio.Event) -> None:
    """Set `stopped` when the standard input ends; a parent that is killed ends it too."""

    def wait() -> None:
        while os.read(sys.stdin.fileno(), 4096):
            pass
        loop.call_soon_threadsafe(stopped.set)

    threading.Thread(target=wait, name="parent", daemon=True).start()
