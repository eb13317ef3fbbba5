import errno
import os
import socket
import subprocess
import sys
import time

import pytest

from emlab import execution
from emlab.confinement import confined
from emlab.execution import run_function
from tests.conftest import require

posix = pytest.mark.skipif(os.name != "posix", reason="the limits are those of POSIX")


@pytest.fixture(params=["in the sandbox", "without one"], autouse=True)
def sandbox(request, monkeypatch):
    """The same holds with a sandbox around the process and without."""
    if request.param == "without one":
        monkeypatch.setattr(execution, "confined", lambda: ())
    else:
        require(confined(), "bubblewrap")
    execution._run.cache_clear()
    return request.param


def of(body, *arguments):
    return run_function(f"def f(x):\n    {body}", list(arguments))


def test_values_come_back_plain():
    assert of("return [x, (x, True), None, 'a']", 1) == [{"ok": True, "value": [1, [1, True], None, "a"]}]


def test_each_call_has_its_own_answer():
    answers = of("return 6 // x", 2, 0, 3)
    assert [a.get("value", a.get("error")) for a in answers] == [3, "ZeroDivisionError", 2]


@pytest.mark.parametrize(
    "body, error",
    [
        ("return y", "NameError"),
        ("return x +", "SyntaxError"),
        ("return f(x)", "RecursionError"),
        ("return object()", "TypeError"),
        ("raise SystemExit(0)", "SystemExit"),
        ("import os; os._exit(0)", "SystemExit"),
        ("return [0] * 100_000", "OverflowError"),
        ("input()", "EOFError"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("return bytearray(4 * 2**30)", "MemoryError"),
        ("return [open(f'f{i}', 'w') for i in range(200)]", "OSError"),
        ("return '\ud800'", "UnicodeEncodeError"),
    ],
)
def test_what_goes_wrong_has_its_name(body, error):
    assert of(body, 1) == [{"ok": False, "error": error}]


@posix
def test_an_endless_loop_ends_and_costs_only_what_comes_after():
    answers = of("while x: pass\n    return x", 0, 1, 0)
    assert [a.get("value", a.get("error")) for a in answers] == [0, "TimeoutError", "TimeoutError"]


def test_sleeping_counts_by_the_clock():
    started = time.monotonic()
    assert of("import time; time.sleep(60)", 1) == [{"ok": False, "error": "TimeoutError"}]
    assert time.monotonic() - started < 30


def test_a_program_can_not_speak_for_itself():
    claim = """print('{"ok": true, "value": 4}')"""
    program = f"{claim}\ndef f(x):\n    {claim}\n    return 5"
    assert run_function(program, [1]) == [{"ok": True, "value": 5}]


def test_what_else_a_program_writes_into_the_pipe_is_no_answer():
    body = "import os; [os.write(n, b'\\xff[1]\\n') for n in range(3, 9) if os.path.exists(f'/dev/fd/{n}')]"
    assert of(f"{body}; os._exit(0)", 1) == [{"ok": False, "error": "SystemExit"}]


@posix
def test_nothing_can_be_written():
    assert of("with open('a', 'wb', 0) as f: return f.write(b'text')", 1)[0]["ok"] is False


def test_the_environment_and_the_folder_are_empty(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hidden")
    assert of("import os; return ['SECRET_KEY' in os.environ, os.listdir('.')]", 1)[0]["value"] == [False, []]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="namespaces are Linux's")
def test_there_is_no_network_where_the_system_allows_it():
    unshare = "import ctypes, sys; sys.exit(ctypes.CDLL(None).unshare(0x50000000) != 0)"
    if subprocess.run([sys.executable, "-c", unshare]).returncode:
        pytest.skip("this system lets no program shut itself off")
    body = "import socket; return socket.socket().connect_ex(('127.0.0.1', x))"
    with socket.create_server(("127.0.0.1", 0)) as listening:
        (answer,) = of(body, listening.getsockname()[1])
    # even the machine's own addresses are gone
    assert answer["value"] in (errno.ENETUNREACH, errno.ECONNREFUSED)


def test_without_the_function_every_call_fails():
    assert run_function("g = 1", [1, 2]) == [{"ok": False, "error": "KeyError"}] * 2
