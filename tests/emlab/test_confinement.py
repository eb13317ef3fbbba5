"""What a program in the sandbox sees and can do: next to nothing."""

import os
import sys

import pytest

from emlab import confinement
from emlab.confinement import confined
from emlab.execution import run_function
from tests.conftest import require

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="bubblewrap is Linux's")


@pytest.fixture(autouse=True)
def sandbox():
    require(confined(), "bubblewrap")


def value(body, argument=None):
    (answer,) = run_function(f"import os\ndef f(x):\n    {body}", [argument])
    return answer.get("value", answer.get("error"))


def test_no_file_of_this_machine_is_there(tmp_path):
    secret = tmp_path / "key"
    secret.write_text("secret")
    for path in (secret, __file__, "/etc/passwd", os.path.expanduser("~/.bashrc")):
        assert value("return open(x).read()", str(path)) == "FileNotFoundError"
    assert value("return os.listdir('.')") == []
    assert set(value("return os.listdir('/')")) <= {
        *("bin", "dev", "empty", "etc", "lib", "lib32", "lib64", "proc", "usr"),
        *(path.split("/")[1] for path in confinement._python()),
    }


def test_nothing_can_be_made():
    for place in (".", "/", "/dev/shm", "/usr", sys.prefix):
        assert value("return os.mkdir(x + '/made')", place) == "OSError"


def test_no_other_process_is_seen():
    seen = value("return sorted(int(p) for p in os.listdir('/proc') if p.isdigit())")
    assert len(seen) <= 2 and max(seen) < 10
    assert value("return os.kill(x, 9)", os.getpid()) == "ProcessLookupError"


def test_there_is_no_network():
    names = "import socket; return [name for _, name in socket.if_nameindex()]"
    assert value(names) == ["lo"]


def test_what_python_brings_is_there():
    assert value("import math, re, numpy; return float(numpy.sqrt(x))", 9) == 3.0


@pytest.mark.parametrize("program", [None, "/bin/false", "/nowhere/bwrap"])
def test_without_one_that_works_there_is_none(monkeypatch, program):
    monkeypatch.setattr(confinement, "find_bwrap", lambda: program)
    assert confined.__wrapped__() == ()
