"""Running a program that nobody has read: in a process of its own, with limits, and judged from outside.

    run_function("def f(x):\n    return x + 1", [1, 41])
    # [{"ok": True, "value": 2}, {"ok": True, "value": 42}]

The program only gives values; whether they are right is for the caller to say, so a program can't declare
itself correct, for example by leaving with exit status 0.

The process gets no environment, an empty folder that is removed afterwards, bounded computing time, time,
memory, file size and number of open files, no further processes to start (unless you are root), and on Linux,
where the system allows it, no network. It is killed, with all that it started, when the time is up.

Where the machine has bubblewrap, all this is in a sandbox too (`emlab.confinement`). Elsewhere the program
runs as you: it can read your files, and use the network where the system doesn't let it be shut off. On
Windows there are no limits but time. A program that looks for the pipe through which its values go can write
what it likes there, in the sandbox as well: the result is no proof against a model that cheats.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import warnings
from functools import lru_cache

from emlab.confinement import confined

SECONDS = 1  # of computing time
PATIENCE = 4  # times as long by the clock, for a busy machine
MEMORY = 512 * 2**20  # bytes of address space
OPEN_FILES = 32
MOST_CHARACTERS = 20_000

# What runs in the other process. Its answers go out by a copy of standard output, which the program itself
# finds closed; one line for each argument, so that an endless loop costs only the calls from there on.
_RUNNER = """
import json, os, sys
source, name, arguments, limits = json.load(sys.stdin)
out = os.fdopen(os.dup(1), "w")
nowhere = os.open(os.devnull, os.O_RDWR)
for number in (0, 1, 2):
    os.dup2(nowhere, number)
try:
    import ctypes
    # new user (0x10000000) and network (0x40000000) namespaces: no network but an unconnected one
    ctypes.CDLL(None).unshare(0x10000000 | 0x40000000)
except (OSError, AttributeError, TypeError):
    pass
try:
    import resource
except ImportError:
    limits = {}
for limit, most in limits.items():
    try:
        hard = resource.getrlimit(getattr(resource, limit))[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(getattr(resource, limit), (most, most))
    except (ValueError, OSError, AttributeError):
        pass
def plain(value):
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    if value is None or type(value) in (bool, int, float, str):
        return value
    raise TypeError("a result that is no plain value")
def tell(answer):
    line = json.dumps(answer)
    out.write((line if len(line) <= 10000 else json.dumps({"ok": False, "error": "OverflowError"})) + "\\n")
    out.flush()
names = {"__name__": "program"}
try:
    exec(compile(source, "program", "exec"), names)
    function = names[name]
except BaseException as error:
    for _ in arguments:
        tell({"ok": False, "error": type(error).__name__})
    os._exit(0)
for argument in arguments:
    try:
        answer = {"ok": True, "value": plain(function(argument))}
        json.dumps(answer)
    except BaseException as error:
        answer = {"ok": False, "error": type(error).__name__}
    tell(answer)
os._exit(0)
"""


def run_function(source: str, arguments: list, name: str = "f", seconds: int = SECONDS) -> list[dict]:
    """Call the function `name` that `source` defines with each argument, in a limited process.

    One answer for each argument: {"ok": True, "value": …}, or {"ok": False, "error": the error's name}. What
    takes more than `seconds` of computing time, or ends the process, is a "TimeoutError" or a "SystemExit".
    Values are plain: numbers, text, truth values, None and lists of them; a tuple arrives as a list. It never
    raises for what the program does. The same call is answered once and remembered.
    """
    return json.loads(_run(source, name, json.dumps(arguments), seconds))


@lru_cache(maxsize=10_000)
def _run(source: str, name: str, arguments: str, seconds: int) -> str:
    calls = json.loads(arguments)
    if reason := _hopeless(source):
        return json.dumps([{"ok": False, "error": reason}] * len(calls))
    limits = {"RLIMIT_CPU": seconds, "RLIMIT_AS": MEMORY, "RLIMIT_NOFILE": OPEN_FILES}
    limits |= dict.fromkeys(("RLIMIT_FSIZE", "RLIMIT_CORE", "RLIMIT_NPROC"), 0)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        process = subprocess.Popen(
            [*confined(), sys.executable, "-I", "-B", "-c", _RUNNER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=_environment(),
            encoding="utf-8",
            errors="replace",
            start_new_session=os.name == "posix",
        )
        try:
            said, _ = process.communicate(json.dumps([source, name, calls, limits]), PATIENCE * seconds)
        except subprocess.TimeoutExpired:
            _kill(process)
            said, _ = process.communicate()
        finally:
            _kill(process)
    # The limit of computing time, and the kill above, end it by a signal; bwrap says 128 more than it.
    signalled = process.returncode < 0 or (confined() and process.returncode > 128)
    left = "TimeoutError" if signalled else "SystemExit"
    lines = said.splitlines()[: len(calls)]
    answers = [answer for answer in map(_read, lines) if answer]
    answers += [{"ok": False, "error": left}] * (len(calls) - len(answers))
    return json.dumps(answers)


def _read(line: str) -> dict | None:
    """One answer; None for half a line, or whatever else a program wrote into the pipe."""
    try:
        answer = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) and "ok" in answer else None


def _hopeless(source: str) -> str | None:
    """Why no process need be started: most of what small models write is no Python at all."""
    if len(source) > MOST_CHARACTERS:
        return "OverflowError"
    try:
        with warnings.catch_warnings(action="ignore"):
            compile(source, "program", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return type(error).__name__
    return None


def _environment() -> dict[str, str]:
    """Nothing of this process's environment but what Windows can't start a process without."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return {"PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", **kept}


def _kill(process: subprocess.Popen) -> None:
    """End the process and all that it started in its session."""
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
