"""The first process of a container: starts Python again, and ends with the grader or with that.

    python -I -S supervisor.py '<settings as JSON>' ARGUMENT OF PYTHON ...

A container outlives the command that started it, so it must notice by itself that its grader is gone: it
holds a connection to a socket of the grader's, which closes when that process ends, however it ends. As
process 1 it can't be stopped or killed from within, and when it ends everything else in the container does.
Uses the standard library only.
"""

import ctypes
import json
import os
import select
import signal
import socket
import sys
import time

PR_SET_DUMPABLE = 4
SHOWN = 4000  # bytes of the program's log that are passed on


def main(settings, arguments):
    """Run Python with these arguments; returns its exit status."""
    grader = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    grader.connect(settings["alive"])
    # In memory, and as large as the limit on files allows: a flood of it reaches nobody's disk.
    log = os.memfd_create("log")
    woken, wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    program = os.fork()
    if program == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.execv(sys.executable, [sys.executable, *arguments])
    # Nothing that runs here may look into this process or reach what it has open.
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0)
    status = _wait(program, grader, woken, time.monotonic() + settings["seconds"])
    size = os.fstat(log).st_size
    os.write(2, os.pread(log, SHOWN, max(0, size - SHOWN)))
    return status


def _wait(program, grader, woken, deadline):
    """The program's exit status, or 0 when the grader is gone or the time is up."""
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            return 0
        ready, _, _ = select.select([grader, woken], [], [], left)
        if grader in ready:
            return 0
        if woken in ready:
            os.read(woken, 4096)
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                break
            if pid == 0:
                break
            if pid == program:
                code = os.waitstatus_to_exitcode(status)
                return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1]), sys.argv[2:]))
