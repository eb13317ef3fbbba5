"""The small interface behind which engines stand."""

import contextlib
import os
import secrets
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from emgrader.sandbox.folder import PrivateFolder
from emgrader.sandbox.setup import Setup

SOCKETS = ("shell", "iopub", "stdin", "control", "hb")


@dataclass
class Launched:
    """A started sandbox: its process, its private folder, and how to reach its kernel."""

    process: subprocess.Popen
    folder: PrivateFolder
    sockets: Path  # the folder of the kernel's sockets, on this side
    key: bytes  # signs the kernel's messages

    def seal(self):
        """Called when the kernel's sockets are there: from now on none can be added."""

    def kill(self):
        """End the sandbox with all that runs in it. Waits for nothing; from any thread; may be repeated."""
        if self.process.poll() is None:
            # bwrap dies with its whole pid namespace; the local engine's kernel with its process group.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def end(self):
        """Kill the sandbox, wait until it is gone, and remove what it left. May be repeated."""
        self.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=30)
        self.folder.close()


class Engine(Protocol):
    """Starts sandboxes."""

    name: str
    image: str  # the digest of what student code runs in; "" where that is this machine's own Python
    notes: list[str]  # what someone who relies on this engine here should know

    def probe(self) -> list[str]:
        """Run a sandbox for real and return the reasons why this engine can't be used; none is good news.

        Also removes what graders that were killed have left.
        """

    def launch(self, setup: Setup) -> Launched:
        """Start a kernel in a fresh sandbox. The caller ends it with emgrader.sandbox.kernel.Kernel.close."""


def connection(key, ip):
    """The contents of the kernel's connection file: Jupyter's ipc transport with the sockets `ip`-1, -2, …"""
    ports = {f"{socket}_port": number for number, socket in enumerate(SOCKETS, 1)}
    return {"transport": "ipc", "ip": ip, "key": key.decode(), "signature_scheme": "hmac-sha256", **ports}


def new_key():
    """A fresh key for one kernel."""
    return secrets.token_hex(16).encode()


def kernel_environment(home):
    """The environment of a student's kernel, and nothing of ours."""
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": home,
        "USER": "student",
        "LOGNAME": "student",
        "LANG": "C.UTF-8",
        "TMPDIR": home,
        "IPYTHONDIR": f"{home}/ipython",
        "MPLCONFIGDIR": f"{home}/matplotlib",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "NBGRADER_EXECUTION": "autograde",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONNOUSERSITE": "1",
        "MALLOC_ARENA_MAX": "2",  # each arena takes 64 MB of address space, which is limited
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def resource_limits(limits):
    """`limits` by the names of setrlimit."""
    return {
        "AS": limits.memory,
        "NPROC": limits.processes,
        "NOFILE": limits.open_files,
        "FSIZE": limits.file_size,
        "CPU": limits.cpu,
        "CORE": 0,
    }
