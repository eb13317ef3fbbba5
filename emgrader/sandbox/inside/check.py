"""Runs inside a sandbox in place of a kernel: prints, as a JSON list, what is not as it should be.

Each entry is the key of a sentence in emgrader.messages. Uses the standard library only.
"""

import contextlib
import ctypes
import json
import os
import resource
import signal
import socket
import sys

CLONE_NEWUSER = 0x10000000
NOBODY = 65534


def problems(limits):
    """The keys. `limits` has "memory" (bytes) and "processes" where the engine limits their sum."""
    with open("/proc/self/status") as file:
        status = dict(line.split(":\t", 1) for line in file.read().splitlines() if ":\t" in line)
    if os.getuid() == 0 or os.getgid() == 0 or 0 in os.getgroups():
        yield "engine.check.root"
    if any(int(status[name], 16) for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")):
        yield "engine.check.capabilities"
    if status["NoNewPrivs"].strip() != "1":
        yield "engine.check.privileges"
    if status["Seccomp"].strip() != "2":
        yield "engine.check.seccomp"
    if ctypes.CDLL(None).unshare(CLONE_NEWUSER) == 0:
        yield "engine.check.namespaces"
    if [name for _, name in socket.if_nameindex() if name != "lo"]:
        yield "engine.check.network"
    if any(map(_writable, ("/", "/usr", "/etc", "/run", "/dev", "/in"))):
        yield "engine.check.read_only"
    if not all(map(_writable, ("/tmp", "/work", "/run/kernel"))):
        yield "engine.check.work"
    if "memory" in limits and _memory(2 * limits["memory"]):
        yield "engine.check.memory"
    if "processes" in limits and _processes(2 * limits["processes"]):
        yield "engine.check.processes"


def _writable(folder):
    path = os.path.join(folder, "check")
    try:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        os.unlink(path)
    except OSError:
        return False
    return True


def _memory(size):
    """Whether a process can have this much memory."""
    pid = os.fork()
    if pid == 0:
        with contextlib.suppress(MemoryError):
            block = bytearray(size)
            block[::4096] = b"x" * len(block[::4096])
            os._exit(0)
        os._exit(1)
    return os.waitpid(pid, 0)[1] == 0


def _processes(count):
    """Whether there can be this many processes."""
    children = []
    try:
        for _ in range(count):
            pid = os.fork()
            if pid == 0:
                signal.pause()
            children.append(pid)
    except OSError:
        return False
    finally:
        for pid in children:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
    return True


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print(json.dumps(list(problems(json.loads(sys.argv[1])))))
