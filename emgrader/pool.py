"""Run jobs side by side, each in a process of its own: one that dies or hangs costs only itself."""

import contextlib
import functools
import multiprocessing
import os
import select
import signal
import threading
import time
import traceback
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import Any

CLEARING = 10.0  # seconds for a job that is stopped to clear away what it made


@dataclass(frozen=True)
class Event:
    """Something that happened to a job.

    kind is "start", "tell" (value: what it said), "done" (value: its result) or "failed" (value: why).
    """

    name: str
    kind: str
    value: Any = None


def run_jobs(function, jobs, workers, preload=(), limit=None, tick=1.0):
    """Run `function(tell, *args)` for each {name: args} in `jobs`, at most `workers` at once.

    Yields an Event as soon as it happens, and None at least every `tick` seconds (to redraw a clock).
    `tell(value)` sends a value from a job. `preload` names modules that are imported once for all jobs;
    `limit` is the longest a job may take in seconds. When the caller stops, by an exception or by dropping
    the generator, running jobs are ended.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    waiting, running = list(jobs), {}
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                name = waiting.pop(0)
                ours, theirs = context.Pipe(duplex=False)
                process = context.Process(target=_run, args=(theirs, function, jobs[name]), name=name)
                process.start()
                theirs.close()
                running[ours] = (name, process, time.monotonic())
                yield Event(name, "start")
            ready = wait(list(running), timeout=tick)
            for pipe in ready:
                name, process, _ = running[pipe]
                try:
                    kind, value = pipe.recv()
                except EOFError:
                    process.join()
                    kind, value = "failed", _why_ended(process.exitcode)
                yield Event(name, kind, value)
                if kind != "tell":
                    _end(running, pipe)
            for pipe, (name, _, started) in list(running.items()):
                if limit is not None and time.monotonic() - started > limit:
                    _end(running, pipe)
                    yield Event(name, "failed", f"it took longer than {limit:.0f} seconds and was stopped")
            if not ready:
                yield None
    finally:
        for pipe in list(running):
            _end(running, pipe)


def _run(pipe, function, args):
    """The job's own process: a session of its own, so that what it starts can be ended with it."""
    os.setsid()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    threading.Thread(target=_end_with_reader, args=(pipe,), daemon=True).start()

    def send(kind, value):
        with contextlib.suppress(BrokenPipeError):  # the caller is gone, and the signal is on its way
            pipe.send((kind, value))

    try:
        outcome = ("done", function(functools.partial(send, "tell"), *args))
    except BaseException as error:  # whatever it was, the parent must hear of it
        last = traceback.format_exception_only(error)[-1].strip()
        outcome = ("failed", last)
    send(*outcome)


def _end_with_reader(pipe):
    """Stop this process, as a caller would, when its caller is gone without having done so."""
    gone = select.poll()
    gone.register(pipe.fileno(), 0)
    gone.poll()
    os.kill(os.getpid(), signal.SIGTERM)


def _why_ended(exitcode):
    if exitcode is not None and exitcode < 0:
        return f"its process was ended by {signal.Signals(-exitcode).name}"
    return f"its process ended without a result (exit status {exitcode})"


def _end(running, pipe):
    """Take a job off the list; end it and what it started, if it still runs."""
    _, process, _ = running.pop(pipe)
    process.join(0.2)
    if process.is_alive():
        process.terminate()
        process.join(CLEARING)
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        process.kill()
    process.join()
    pipe.close()
