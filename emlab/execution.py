"""Running a program that nobody has read: in a process of its own, with limits, and judged from outside.

    run_function("def f(x):\n    return x + 1", [1, 41])
    # [{"ok": True, "value": 2}, {"ok": True, "value": 42}]

The program only gives values; whether they are right is for the caller to say, so a program can't declare
itself correct, for example by leaving with exit status 0. The limits keep what a small model writes by
accident from doing harm. They are no wall against a clever enemy: that takes a container without network.
"""

import json
import os
import subprocess
import sys
import tempfile
import warnings
from functools import cache, partial

SECONDS = 1  # of computing time
PATIENCE = 4  # times as long by the clock, for a busy machine
MEMORY = 512 * 2**20  # bytes
MOST_CHARACTERS = 20_000

# What runs in the other process. Its answers go out by a copy of standard output, which the program itself
# finds closed; one line for each argument, so that an endless loop costs only the calls from there on.
_RUNNER = """
import json, os, sys
source, name, arguments = json.load(sys.stdin)
out = os.fdopen(os.dup(1), "w")
nowhere = os.open(os.devnull, os.O_RDWR)
for number in (0, 1, 2):
    os.dup2(nowhere, number)
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
    takes too long, or ends the process, is a "TimeoutError" or a "SystemExit". Values are plain: numbers,
    text, truth values, None and lists of them; a tuple arrives as a list. The same call is answered once and
    remembered.
    """
    return json.loads(_run(source, name, json.dumps(arguments), int(seconds)))


@cache
def _run(source: str, name: str, arguments: str, seconds: int) -> str:
    calls = json.loads(arguments)
    if reason := _hopeless(source):
        return json.dumps([{"ok": False, "error": reason}] * len(calls))
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _RUNNER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={},
            text=True,
            start_new_session=True,
            **({"preexec_fn": partial(_limit, seconds)} if os.name == "posix" else {}),
        )
        try:
            said, _ = process.communicate(json.dumps([source, name, calls]), timeout=PATIENCE * seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            said, _ = process.communicate()
    # The limit of computing time, and the kill above, end it by a signal.
    left = "TimeoutError" if process.returncode < 0 else "SystemExit"
    answers = [json.loads(line) for line in said.splitlines()[: len(calls)]]
    answers += [{"ok": False, "error": left}] * (len(calls) - len(answers))
    return json.dumps(answers)


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


def _limit(seconds: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
