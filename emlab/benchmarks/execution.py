"""Run a program that a model wrote, in a process of its own with limits.

The process gets no environment, an empty folder that is removed afterwards, bounded processor time, time,
memory, file size and number of open files, no further processes to start (unless you are root), and on Linux,
where the system allows it, no network. It is killed when the time is up.

What this does not protect from: the program runs as you. It can read your files, and write where you can, up
to the limit of size; where `isolated` is False it can use the network. On Windows there are no limits but
time. A program that looks for the token that says it has passed can find it: the result is no proof against a
model that cheats. Programs of a model that you do not trust belong into a container or a virtual machine.
"""

import contextlib
import os
import secrets
import signal
import subprocess
import sys
import tempfile
from typing import NamedTuple

SECONDS = 10.0
MEMORY = 1024 * 2**20  # bytes of address space
FILE_SIZE = 2**20
OPEN_FILES = 32

# The program can leave early with any exit code, so it has passed only if the token comes out, which is
# written after its end. What it prints goes nowhere.
_RUNNER = """
import os, sys
memory, file_size, open_files, seconds = map(int, sys.argv[1:5])
out = os.fdopen(os.dup(1), "w")
token = sys.stdin.readline().strip()
program = sys.stdin.read()
isolated = False
try:
    import resource
except ImportError:
    pass
else:
    try:
        import ctypes
        # new user (0x10000000) and network (0x40000000) namespaces: no network but an unconnected one
        isolated = ctypes.CDLL(None, use_errno=True).unshare(0x10000000 | 0x40000000) == 0
    except (OSError, AttributeError):
        pass
    limits = {"RLIMIT_AS": memory, "RLIMIT_FSIZE": file_size, "RLIMIT_NOFILE": open_files,
              "RLIMIT_CPU": seconds, "RLIMIT_CORE": 0, "RLIMIT_NPROC": 0}
    for name, limit in limits.items():
        try:
            hard = resource.getrlimit(getattr(resource, name))[1]
            limit = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
            resource.setrlimit(getattr(resource, name), (limit, limit))
        except (ValueError, OSError, AttributeError):
            pass
out.write(f"{int(isolated)}\\n")
out.flush()
silent = os.open(os.devnull, os.O_RDWR)
for number in range(3):
    os.dup2(silent, number)
try:
    exec(compile(program, "program.py", "exec"), {"__name__": "__main__"})
except BaseException as error:
    out.write(f"{type(error).__name__}: {error}"[:500])
else:
    out.write(token)
out.flush()
os._exit(0)
"""


class Outcome(NamedTuple):
    """Whether a program ran to its end without an exception; if not, why; whether it had no network."""

    passed: bool
    reason: str
    isolated: bool


def run_program(program: str, seconds: float = SECONDS) -> Outcome:
    """Run a program, and say whether it came to its end. It never raises for what the program does."""
    token = secrets.token_hex(16)
    limits = [str(int(limit)) for limit in (MEMORY, FILE_SIZE, OPEN_FILES, seconds + 1)]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        process = subprocess.Popen(
            [sys.executable, "-I", "-B", "-c", _RUNNER, *limits],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=_environment(),
            start_new_session=os.name == "posix",
        )
        text = f"{token}\n{program}".encode("utf-8", "surrogatepass")
        try:
            output, _ = process.communicate(text, timeout=seconds)
        except subprocess.TimeoutExpired:
            _kill(process)
            return Outcome(False, "timed out", False)
        finally:
            _kill(process)
    isolated, _, said = output.decode("utf-8", "replace").partition("\n")
    passed = said == token
    return Outcome(passed, "" if passed else said or "ended early", isolated == "1")


def _environment() -> dict[str, str]:
    """Nothing of this process's environment but what Windows can't start a process without."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return {"PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", **kept}


def _kill(process: subprocess.Popen) -> None:
    """End the process and all that it started in its session, and close its pipes."""
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
