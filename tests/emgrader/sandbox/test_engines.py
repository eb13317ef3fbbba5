"""What every engine must do: run a kernel as Jupyter would, stop what must be stopped, and say what ended."""

import time

import pytest

from emgrader.sandbox import ENGINES, SandboxError, Setup
from emgrader.sandbox.kernel import Kernel, KernelDied

from .conftest import CONFINED, engine_named, text

UPDATES = """
from IPython.display import display, clear_output
display("gone")
clear_output()
handle = display("a", display_id=True)
handle.update("b")
"""

# Modules that were not there in compiled form. The wire may not be, where Python's cache is turned off.
COMPILED = """
import os, sys
specs = [getattr(module, "__spec__", None) for name, module in sys.modules.items() if name[:8] != "emgrader"]
sources = [spec for spec in specs if spec and str(spec.origin).endswith(".py")]
print([spec.name for spec in sources if not os.path.exists(spec.cached or "")])
"""


def test_files_lie_beside_the_notebook(kernel):
    assert "a,b" in text(kernel, "print(open('data.csv').read())")
    assert "42" in text(kernel, "import sys; sys.path.append('sub'); import helper; print(helper.answer)")
    assert kernel.run_cell("open('new.txt', 'w').write('x')", 10).status == "ok"


def test_rich_output(kernel):
    assert "image/png" in text(kernel, "import matplotlib.pyplot as plt\nplt.plot([1, 2]);")
    assert "text/html" in text(kernel, "import pandas as pd\npd.DataFrame({'a': [1]})")
    assert "7" in text(kernel, "await __import__('asyncio').sleep(0, 7)")
    result = kernel.run_cell(UPDATES, 10)
    assert [output["data"]["text/plain"] for output in result.outputs] == ["'b'"]


def test_what_student_code_may_import_has_the_versions_of_this_machine(kernel):
    import numpy
    import pandas

    source = "import numpy, pandas; print(numpy.__version__, pandas.__version__)"
    assert text(kernel, source) == f"{numpy.__version__} {pandas.__version__}\n"
    assert kernel.run_cell("import emgrader.wire.agent", 20).status == "ok"


def test_nothing_is_compiled_anew_for_a_kernel(kernel):
    assert text(kernel, COMPILED) == "[]\n"


def test_errors_and_magics(kernel):
    result = kernel.run_cell("1 / 0", 10)
    assert result.status == "error" and result.outputs[0]["ename"] == "ZeroDivisionError" and result.alive
    assert kernel.run_cell("%time x = 1", 10).status == "ok"
    assert kernel.run_cell("input()", 10).outputs[0]["ename"] == "StdinNotImplementedError"


def test_processes_and_threads(kernel):
    assert "hi" in text(kernel, "import subprocess; print(subprocess.check_output(['echo', 'hi']))")
    source = "from concurrent.futures import ThreadPoolExecutor as P\nprint(list(P(4).map(abs, [-1, -2])))"
    assert "[1, 2]" in text(kernel, source)
    source = "import multiprocessing as m\nwith m.get_context('fork').Pool(2) as p: print(p.map(abs, [-3]))"
    assert "[3]" in text(kernel, source)


def test_an_endless_cell_is_interrupted_and_the_kernel_goes_on(kernel):
    started = time.monotonic()
    result = kernel.run_cell("keep = 1\nwhile True: pass", 0.5)
    assert result.status == "timeout" and result.alive and time.monotonic() - started < 10
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


@pytest.mark.parametrize("name", ENGINES)
def test_a_kernel_that_ends_is_noticed(name):
    with Kernel(engine_named(name), Setup(packages=())) as kernel:
        result = kernel.run_cell("print('before', flush=True)\nimport os; os._exit(1)", 30)
        assert result.status == "dead" and not result.alive
        with pytest.raises(KernelDied):
            kernel.request("1", "text/plain", 10)


@pytest.mark.parametrize("name", CONFINED)
def test_a_package_that_is_not_there_is_named(name):
    engine = engine_named(name)
    with pytest.raises(SandboxError, match="no-such-package"):
        Kernel(engine, Setup(distributions=("no-such-package",)))


@pytest.mark.parametrize("name", CONFINED)
def test_a_file_cannot_leave_its_folder(name, tmp_path):
    engine = engine_named(name)
    (tmp_path / "x").touch()
    with pytest.raises(SandboxError, match="leave its folder"):
        Kernel(engine, Setup(files={"../x": tmp_path / "x"}))
