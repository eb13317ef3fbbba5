"""The grader's hold on the broker: start it, open and close submissions, stop it.

Nothing here is seen by a submission. One process starts the broker; others, such as the workers that grade
side by side, reach the same one with `BrokerHandle.connect(handle.control_path)`.
"""

import contextlib
import json
import select
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from emgrader.broker.meter import Limits
from emgrader.messages import say
from emlab.models import frames

_START_SECONDS = 60.0
_STOP_SECONDS = 10.0


class BrokerDown(RuntimeError):
    """The broker did not start, or is gone."""


class BrokerHandle:
    """A connection to the broker; what it opened is closed when it goes away.

    `control_path` is what other processes of the grader give to `connect`.
    """

    def __init__(self, control_path: str, process: subprocess.Popen | None = None) -> None:
        self.control_path = control_path
        self._process = process
        self._lock = threading.Lock()
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self._socket.connect(control_path)
        except OSError as error:
            raise BrokerDown(say("broker.unreachable", path=control_path, reason=error)) from None

    @classmethod
    def start(
        cls, cache_path: str | Path, journal_dir: str | Path, limits: Limits | None = None
    ) -> "BrokerHandle":
        """Start a broker that ends with this process at the latest.

        `cache_path` is the file of answers, `journal_dir` gets a journal for each submission and the
        broker's own log. Raises BrokerDown, with the log's last lines, when it does not start.
        """
        limits = limits or Limits()
        journals = Path(journal_dir)
        journals.mkdir(parents=True, exist_ok=True)
        log_path = journals / "broker.log"
        command = [
            sys.executable,
            "-m",
            "emgrader.broker",
            "--cache",
            str(cache_path),
            "--journals",
            str(journals),
        ]
        command += ["--max-requests", str(limits.requests), "--max-seconds", str(limits.seconds)]
        with log_path.open("ab") as log:
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, start_new_session=True
            )
        try:
            ready, _, _ = select.select([process.stdout], [], [], _START_SECONDS)
            return cls(json.loads(process.stdout.readline() if ready else "")["control"], process)
        except (ValueError, KeyError):
            process.kill()
            process.wait()
            tail = "\n".join(log_path.read_text(encoding="utf-8", errors="replace").splitlines()[-5:])
            raise BrokerDown(say("broker.not_started", log=log_path, tail=tail)) from None

    @classmethod
    def connect(cls, control_path: str) -> "BrokerHandle":
        """Reach a broker that another process started."""
        return cls(control_path)

    def open(self, submission: str, directory: str | Path) -> Path:
        """Make a socket for `submission` in `directory` and return its path; its journal starts afresh.

        Any user who can reach the folder can connect; do this before untrusted code can write there.
        Raises ValueError for a submission that is open already, an odd name, or a path of more than 100
        bytes.
        """
        result = self._ask({"op": "open", "submission": submission, "directory": str(directory)})
        return Path(result["path"])

    def close(self, submission: str) -> dict[str, Any]:
        """End a submission; returns what it used (see `Meter`) and the path of its journal."""
        return self._ask({"op": "close", "submission": submission})

    def stop(self) -> None:
        """End the broker when this handle started it, else only this connection."""
        if self._process is None:
            self._socket.close()
            return
        with contextlib.suppress(BrokerDown):
            self._ask({"op": "stop"})
        self._socket.close()
        self._process.stdin.close()
        try:
            self._process.wait(timeout=_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

    def __enter__(self) -> "BrokerHandle":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _ask(self, message: dict[str, Any]) -> Any:
        with self._lock:
            try:
                self._socket.sendall(frames.pack(message, frames.MAX_REQUEST))
                reply = frames.receive(self._socket, frames.MAX_REPLY)
            except OSError as error:
                raise BrokerDown(say("broker.unreachable", path=self.control_path, reason=error)) from None
        if "error" in reply:
            raise ValueError(reply["error"]["message"])
        return reply["result"]
