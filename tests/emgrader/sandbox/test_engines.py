"""What every engine must do, and what only a sandbox can: run a kernel, stop it, and leave nothing."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from emgrader.sandbox import ENGINES, Limits, SandboxError, Setup, bubblewrap, get_engine
from emgrader.sandbox.kernel import Kernel, KernelDied
from tests.conftest import require

FACTS = """
import json, os, resource, sys
facts = {
    "uid": os.getuid(), "groups": os.getgroups(), "env": sorted(os.environ), "cwd": os.getcwd(),
    "work": sorted(os.listdir()), "root": sorted(os.listdir("/")), "path": sys.path,
    "interfaces": os.listdir("/sys/class/net") if os.path.isdir("/sys/class/net") else [],
    "pids": len([p for p in os.listdir("/proc") if p.isdigit()]),
    "memory": resource.getrlimit(resource.RLIMIT_AS), "core": resource.getrlimit(resource.RLIMIT_CORE),
}
print(json.dumps(facts))
"""


UPDATES = """
from IPython.display import display, clear_output
display("gone")
clear_output()
handle = display("a", display_id=True)
handle.update("b")
"""
LONG_CELL = """
from emgrader.sandbox import Setup, get_engine
from emgrader.sandbox.kernel import Kernel
with Kernel(get_engine("bubblewrap"), Setup(packages=())) as kernel:
    print(kernel._launched.folder.path, flush=True)
    kernel.run_cell("while True: pass", 600)
"""
TOP = set("bin dev etc in lib lib32 lib64 proc run site tmp usr work".split())  # noqa: SIM905


@pytest.fixture(scope="module", autouse=True)
def temporary(tmp_path_factory):
    """A folder for this module's temporary files alone."""
    tmp_path_factory.getbasetemp()  # pytest's own folder must not come to lie in ours
    with tempfile.TemporaryDirectory(prefix="s-", dir="/tmp") as folder:
        before, tempfile.tempdir = tempfile.tempdir, folder
        yield Path(folder)
        tempfile.tempdir = before


def engine(name):
    try:
        return get_engine(name)
    except SandboxError as error:
        require(False, str(error))


@pytest.fixture(scope="module", params=list(ENGINES))
def kernel(request, tmp_path_factory, temporary):
    folder = tmp_path_factory.mktemp("files")
    (folder / "data.csv").write_text("a,b\n1,2\n")
    (folder / "helper.py").write_text("answer = 42\n")
    files = {"data.csv": folder / "data.csv", "sub/helper.py": folder / "helper.py"}
    with Kernel(engine(request.param), Setup(files, packages=(), limits=Limits(memory=2 * 2**30))) as running:
        yield running


def text(kernel, source, timeout=20):
    result = kernel.run_cell(source, timeout)
    return "".join(output.get("text", "") or str(output.get("data", "")) for output in result.outputs)


def test_files_lie_beside_the_notebook(kernel):
    assert "a,b" in text(kernel, "print(open('data.csv').read())")
    assert "42" in text(kernel, "import sys; sys.path.append('sub'); import helper; print(helper.answer)")
    assert kernel.run_cell("open('new.txt', 'w').write('x')", 10).status == "ok"


def test_rich_output(kernel):
    assert "image/png" in text(kernel, "import matplotlib.pyplot as plt\nplt.plot([1, 2]);", 60)
    assert "text/html" in text(kernel, "import pandas as pd\npd.DataFrame({'a': [1]})", 60)
    assert "7" in text(kernel, "await __import__('asyncio').sleep(0, 7)")
    result = kernel.run_cell(UPDATES, 10)
    assert [output["data"]["text/plain"] for output in result.outputs] == ["'b'"]


def test_errors_and_magics(kernel):
    result = kernel.run_cell("1 / 0", 10)
    assert result.status == "error" and result.outputs[0]["ename"] == "ZeroDivisionError" and result.alive
    assert kernel.run_cell("%time x = 1", 10).status == "ok"
    assert kernel.run_cell("input()", 10).outputs[0]["ename"] == "StdinNotImplementedError"


def test_an_endless_cell_is_interrupted_and_the_kernel_goes_on(kernel):
    started = time.monotonic()
    result = kernel.run_cell("keep = 1\nwhile True: pass", 0.5)
    assert result.status == "timeout" and result.alive and time.monotonic() - started < 5
    assert "1" in text(kernel, "keep")


def test_a_request_times_out(kernel):
    with pytest.raises(TimeoutError) as caught:
        kernel.request("__import__('time').sleep(60)", "text/plain", 0.5)
    assert caught.value.alive
    assert kernel.request("40 + 2", "text/plain", 5) == "42"
    assert kernel.request("1 / 0", "text/plain", 5) is None


def test_output_is_capped(kernel):
    result = kernel.run_cell("print('x' * 5 * 10**6)", 30)
    assert result.status == "ok" and result.truncated
    assert sum(len(output["text"]) for output in result.outputs) <= kernel.caps.bytes


def test_the_sandbox_is_empty(tmp_path):
    (tmp_path / "data.csv").touch()
    with Kernel(engine("bubblewrap"), Setup({"data.csv": tmp_path / "data.csv"}, packages=())) as kernel:
        check_emptiness(kernel)


def check_emptiness(kernel):
    facts = json.loads(text(kernel, FACTS))
    assert facts["uid"] >= 65534 and set(facts["groups"]) <= {65534}
    assert facts["cwd"] == "/work" and facts["work"] == ["data.csv"]
    assert not [name for name in facts["env"] if name.startswith(("EMGRADER", "PYTEST", "VIRTUAL_ENV"))]
    assert facts["interfaces"] in ([], ["lo"]) and facts["pids"] < 10
    assert facts["memory"] == [2 * 2**30, 2 * 2**30] and facts["core"] == [0, 0]
    assert set(facts["root"]) <= TOP | {Path(sys.base_prefix).resolve().parts[1]}
    for name in ("torch", "nbgrader", "emgrader.examiner"):
        assert kernel.run_cell(f"import {name}", 20).outputs[0]["ename"] == "ModuleNotFoundError"
    assert kernel.run_cell("import emgrader.wire.agent", 20).status == "ok"


@pytest.mark.parametrize("name", ENGINES)
def test_a_kernel_that_ends_is_noticed(name):
    with Kernel(engine(name), Setup(packages=())) as kernel:
        result = kernel.run_cell("print('before', flush=True)\nimport os; os._exit(1)", 30)
        assert result.status == "dead" and not result.alive
        with pytest.raises(KernelDied):
            kernel.request("1", "text/plain", 10)


@pytest.mark.parametrize("name", ENGINES)
def test_nothing_remains(name, temporary):
    kernel = Kernel(engine(name), Setup(packages=()))
    pid, folder = kernel._launched.process.pid, kernel._launched.folder.path
    assert folder.exists()
    kernel.close()
    kernel.close()
    assert not folder.exists() and not Path(f"/proc/{pid}").exists()
    assert not _mentioning(folder)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_a_killed_grader_takes_its_sandbox_with_it(how, temporary):
    engine("bubblewrap")
    grader = subprocess.Popen(
        [sys.executable, "-c", LONG_CELL],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "TMPDIR": str(temporary)},
    )
    folder = Path(grader.stdout.readline().strip())
    time.sleep(0.3)
    grader.send_signal(how)
    grader.wait(timeout=20)
    deadline = time.monotonic() + 10
    while _mentioning(folder) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _mentioning(folder)
    # What a killed grader couldn't remove, the next one does.
    Kernel(engine("bubblewrap"), Setup(packages=())).close()
    assert not folder.exists()


def _mentioning(folder):
    """Processes with this folder in their command line."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if str(folder).encode() in path.read_bytes():
                found.append(path)
        except OSError:
            continue
    return found


def test_auto_refuses_with_every_reason_and_never_takes_local(monkeypatch):
    get_engine.cache_clear()
    monkeypatch.setattr(bubblewrap, "find_bwrap", lambda: None)
    try:
        with pytest.raises(SandboxError, match="No sandbox can be used") as caught:
            get_engine("auto")
        assert "bwrap is not installed" in str(caught.value) and 'engine = "local"' in str(caught.value)
    finally:
        get_engine.cache_clear()


def test_a_bwrap_that_fails_is_a_reason(monkeypatch, tmp_path):
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setattr(bubblewrap, "find_bwrap", lambda: str(fake))
    (reason,) = bubblewrap.Bubblewrap().probe()
    assert "an administrator can" in reason


def test_unknown_engine():
    with pytest.raises(SandboxError, match="There is no engine 'docker'"):
        get_engine("docker")


def test_the_local_engine_warns():
    with pytest.warns(UserWarning, match="protects nothing"):
        Kernel(engine("local"), Setup(packages=())).close()


def test_an_unknown_distribution_is_named():
    with pytest.raises(SandboxError, match="no-such-package"):
        Kernel(engine("bubblewrap"), Setup(distributions=("no-such-package",)))


def test_a_file_cannot_leave_its_folder(tmp_path):
    (tmp_path / "x").touch()
    with pytest.raises(SandboxError, match="leave its folder"):
        Kernel(engine("bubblewrap"), Setup(files={"../x": tmp_path / "x"}))
