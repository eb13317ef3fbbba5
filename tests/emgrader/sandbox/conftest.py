"""Every engine that works here, and kernels in it; one that doesn't work fails where all are required."""

import tempfile
from pathlib import Path

import pytest

from emgrader.sandbox import ENGINES, Limits, SandboxError, Setup, get_engine
from emgrader.sandbox.kernel import Kernel
from tests.conftest import require

CONFINED = [name for name in ENGINES if name != "local"]


def engine_named(name):
    """The engine of this name, or the test is skipped (failed, where all engines are required)."""
    try:
        return get_engine(name)
    except SandboxError as error:
        require(False, str(error))


def text(kernel, source, timeout=60):
    """What a cell prints or shows."""
    result = kernel.run_cell(source, timeout)
    return "".join(
        output.get("text", "") or str(output.get("data", "")) or str(output.get("evalue", ""))
        for output in result.outputs
    )


@pytest.fixture(scope="module", autouse=True)
def temporary(tmp_path_factory):
    """A folder for a module's temporary files alone, so that what others do doesn't count as left behind."""
    tmp_path_factory.getbasetemp()  # pytest's own folder must not come to lie in ours
    with tempfile.TemporaryDirectory(prefix="s-", dir="/tmp") as folder:
        before, tempfile.tempdir = tempfile.tempdir, folder
        yield Path(folder)
        tempfile.tempdir = before


def started(name, folder):
    """A kernel with two files, in the engine of this name."""
    (folder / "data.csv").write_text("a,b\n1,2\n")
    (folder / "helper.py").write_text("answer = 42\n")
    files = {"data.csv": folder / "data.csv", "sub/helper.py": folder / "helper.py"}
    return Kernel(engine_named(name), Setup(files, packages=(), limits=Limits(memory=2**30)))


@pytest.fixture(scope="module", params=list(ENGINES))
def kernel(request, tmp_path_factory, temporary):
    """A kernel in each engine, the same for all tests of a module."""
    with started(request.param, tmp_path_factory.mktemp("files")) as running:
        yield running


@pytest.fixture(scope="module", params=CONFINED)
def sandbox(request, tmp_path_factory, temporary):
    """A kernel in each engine that protects, the same for all tests of a module."""
    with started(request.param, tmp_path_factory.mktemp("files")) as running:
        running.engine_name = request.param
        yield running
