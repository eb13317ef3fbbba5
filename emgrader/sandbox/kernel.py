"""Drives a sandbox's kernel from outside, with deadlines and caps on everything that comes back.

The other end may be hostile: messages may be forged, missing, huge or endless. Each is taken only as data,
each wait has a deadline, and what goes beyond a cap ends the cell.
"""

import contextlib
import os
import socket
import time
from dataclasses import dataclass, field

import zmq
from jupyter_client.blocking import BlockingKernelClient

from emgrader.sandbox import frames
from emgrader.sandbox.engine import SOCKETS, connection
from emgrader.sandbox.outputs import Collector, OutputCaps
from emgrader.sandbox.setup import SandboxError
from emgrader.sandbox.watch import Watch

START_TIMEOUT = 60  # seconds for a kernel to answer
TRAILING = 5.0  # seconds for a cell's output to arrive after the cell has ended
GRACE = 2.0  # seconds for an interrupted cell to end
_SLICE = 100  # ms between looks at the kernel's process
_QUEUE = 8  # messages that may wait on our side


@dataclass
class CellResult:
    """How a cell ended. `status` is "ok", "error", "timeout", "flood" or "dead"."""

    status: str
    outputs: list = field(default_factory=list)
    execution_count: int | None = None
    truncated: bool = False
    alive: bool = True  # whether the kernel can go on


class KernelDied(Exception):
    """The kernel's process is gone, or its connection is."""


class Kernel:
    """One running sandbox. Close it, or use it in a with statement."""

    def __init__(self, engine, setup, caps=None):
        self.caps = caps or OutputCaps()
        self._context = self._client = None
        self._displays = {}  # display id → outputs that show it, for the Collectors
        self._looked = 0.0  # when the process and the sockets' folder were last looked at
        self._launched = engine.launch(setup)
        self._watch = Watch(self._launched.kill)
        try:
            self._connect(time.monotonic() + START_TIMEOUT)
        except (KernelDied, zmq.Again):
            log = self.log()
            self.close()
            raise SandboxError(f"The sandbox ended while its kernel was starting:\n{log}") from None
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_exc):
        self.close()

    # Start and end

    def _connect(self, deadline):
        paths = [self._launched.sockets / f"s-{number}" for number in range(1, len(SOCKETS) + 1)]
        while not all(map(_listening, paths)):
            if self._launched.process.poll() is not None:
                raise SandboxError(f"The sandbox ended before its kernel was there:\n{self.log()}")
            if time.monotonic() > deadline:
                raise SandboxError(f"The sandbox's kernel did not start in {START_TIMEOUT} s:\n{self.log()}")
            time.sleep(0.005)
        self._launched.seal()
        self._context = zmq.Context()
        self._context.setsockopt(zmq.LINGER, 0)
        self._context.setsockopt(zmq.MAXMSGSIZE, frames.LARGEST)
        self._context.setsockopt(zmq.RCVHWM, _QUEUE)
        # What listens under this path later may be something else: connect once, never again.
        self._context.setsockopt(zmq.RECONNECT_IVL, -1)
        # Without a connection a send would wait for one forever.
        self._context.setsockopt(zmq.SNDTIMEO, 1000)
        self._client = BlockingKernelClient(context=self._context)
        settings = connection(self._launched.key, f"{self._launched.sockets}/s")
        self._client.load_connection_info(settings)
        self._client.start_channels(shell=True, iopub=True, stdin=False, hb=False, control=True)
        # Ask until both the answer and the broadcast of its idle state arrive: then nothing will be missed.
        answered = broadcast = False
        while not (answered and broadcast):
            self._client.kernel_info()
            slice_end = min(deadline, time.monotonic() + 0.5)
            while time.monotonic() < slice_end and not (answered and broadcast):
                for channel, _message in self._receive(slice_end):
                    answered = answered or channel == "shell"
                    broadcast = broadcast or channel == "iopub"
            if time.monotonic() > deadline:
                raise SandboxError(f"The sandbox's kernel did not answer in {START_TIMEOUT} s:\n{self.log()}")

    def close(self):
        """End the sandbox at once, with all that runs in it, and remove what it left. May be repeated."""
        self._watch.stop()
        self._launched.end()
        if self._client is not None:
            self._client.stop_channels()
            self._client = None
        if self._context is not None:
            self._context.destroy(linger=0)
            self._context = None

    def log(self, size=2000):
        """The end of what the sandbox's programs wrote beside their messages."""
        try:
            return (self._launched.folder.path / "log").read_text(errors="replace")[-size:]
        except OSError:
            return ""

    # Messages

    def _receive(self, deadline):
        """Messages as (channel, message) pairs; none when nothing came for a moment or until the deadline."""
        client = self._client
        poller = zmq.Poller()
        channels = {"iopub": client.iopub_channel, "shell": client.shell_channel}
        for channel in channels.values():
            poller.register(channel.socket, zmq.POLLIN)
        wait = max(0, min(_SLICE, (deadline - time.monotonic()) * 1000))
        ready = dict(poller.poll(wait))
        found = []
        for name, channel in channels.items():
            # A forged or broken message says nothing.
            if channel.socket in ready and (message := frames.receive(channel.socket)) is not None:
                found.append((name, message))
        now = time.monotonic()
        if not ready or now - self._looked > 1:
            self._looked = now
            if (not ready and self._launched.process.poll() is not None) or self._tampered():
                raise KernelDied
        return found

    def _tampered(self):
        """Whether the folder of the sockets holds anything else, which would be room outside the limits."""
        try:
            with os.scandir(self._launched.sockets) as entries:
                names = {entry.name for _, entry in zip(range(16), entries, strict=False)}
        except OSError:
            return True
        return not names <= {f"s-{number}" for number in range(1, len(SOCKETS) + 1)}

    def interrupt(self):
        """Ask the kernel to raise KeyboardInterrupt in what it runs."""
        with contextlib.suppress(zmq.Again):
            self._client.control_channel.send(self._client.session.msg("interrupt_request", {}))

    def _execute(self, code, **options):
        """Send an execute request and return its id."""
        if self._launched.process.poll() is not None:
            raise KernelDied
        try:
            return self._client.execute(code, allow_stdin=False, **options)
        except zmq.Again:
            raise KernelDied from None

    # Cells and requests

    def run_cell(self, source, timeout):
        """Run a cell as Jupyter would and return a CellResult, whatever happens in it."""
        collector = Collector(self.caps, self._displays)
        try:
            sent = self._execute(source, stop_on_error=False)
            reply, status = self._follow(sent, timeout, collector)
        except KernelDied:
            return CellResult("dead", collector.outputs, truncated=collector.truncated, alive=False)
        result = CellResult(status, collector.outputs, truncated=collector.truncated, alive=reply is not None)
        if reply is not None:
            count = reply.get("execution_count")
            result.execution_count = count if type(count) is int else None
            if status == "ok" and reply.get("status") != "ok":
                result.status = "error"
        return result

    def request(self, expression, mime, timeout):
        """Evaluate `expression` silently and return the text that it gives under `mime`.

        Returns None when the answer has no such text. Raises KernelDied, and TimeoutError (with the
        attribute `alive`: whether the kernel can go on).
        """
        sent = self._execute("", silent=True, store_history=False, user_expressions={"answer": expression})
        reply, status = self._follow(sent, timeout, Collector(OutputCaps(0, 0), patient=True))
        if status != "ok":
            error = TimeoutError()
            error.alive = reply is not None
            raise error
        try:
            text = reply["user_expressions"]["answer"]["data"][mime]
        except (KeyError, TypeError):
            return None
        return text if type(text) is str else None

    def _follow(self, sent, timeout, collector):
        """Wait for the reply to `sent`, collecting output: (reply's content or None, status)."""
        deadline = time.monotonic() + timeout
        status, reply, idle = "ok", None, False
        while True:
            for channel, message in self._receive(deadline):
                if message.parent != sent:
                    continue
                if channel == "shell" and message.kind == "execute_reply" and reply is None:
                    reply = message.content
                    # What the cell put out is on its way; its idle state comes last.
                    deadline = time.monotonic() + TRAILING
                elif channel == "iopub":
                    if message.kind == "status":
                        idle = idle or message.content.get("execution_state") == "idle"
                    else:
                        collector.add(message)
            if reply is not None and (idle or time.monotonic() >= deadline):
                return reply, status
            if status == "ok" and reply is None and (collector.flooded or time.monotonic() >= deadline):
                status = "flood" if collector.flooded else "timeout"
                self.interrupt()
                deadline = time.monotonic() + GRACE
            elif status != "ok" and time.monotonic() >= deadline:
                return reply, status


def _listening(path):
    probe = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        probe.connect(str(path))
    except OSError:
        return False
    finally:
        probe.close()
    return True
