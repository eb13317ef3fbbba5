"""Kernels without a sandbox, forked from a process that has all imports: for our own notebooks alone.

Starting Python and importing pandas and matplotlib takes longer than most of what a wrong solution changes.
"""

import json
import multiprocessing
import os
import random
import shutil
import subprocess
import sys

from emgrader.sandbox.engine import Launched, connection, kernel_environment, new_key
from emgrader.sandbox.folder import PrivateFolder

PRELOAD = ["ipykernel.kernelapp", "matplotlib.pyplot", "pandas", "emlab"]
# read when a module is imported, so set before the process from which the kernels are forked starts
ENVIRONMENT = {name: kernel_environment("")[name] for name in ("MPLBACKEND", "PYTHONHASHSEED")}


class Forked:
    """An engine, see emgrader.sandbox.engine."""

    name = "forked"
    image = ""
    notes = ()

    def probe(self):
        """Can be used wherever tests are run."""
        return []

    def launch(self, setup):
        """Fork a kernel that works in a temporary folder."""
        folder = PrivateFolder()
        work, home, sockets = (folder.path / name for name in ("work", "home", "kernel"))
        for path in (work, home, sockets):
            path.mkdir(mode=0o700)
        for name, source in setup.files.items():
            shutil.copyfile(source, work / name)
        key = new_key()
        (folder.path / "connection.json").write_text(json.dumps(connection(key, f"{sockets}/s")))
        environment = kernel_environment(str(home))
        if setup.socket is not None:
            environment["EMLAB_BROKER"] = str(setup.socket)
        fork = multiprocessing.get_context("fork").Process
        process = fork(target=_kernel, args=(str(folder.path), environment), daemon=True)
        process.start()
        return Launched(_Started(process), folder, sockets, key)


class _Started:
    """A process of multiprocessing with what `Launched` needs of subprocess.Popen."""

    def __init__(self, process):
        self._process, self.pid = process, process.pid

    def poll(self):
        return self._process.exitcode

    def wait(self, timeout):
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("kernel", timeout)


def _kernel(folder, environment):
    """Become a kernel, in a session of its own so that it can be ended with what it starts."""
    os.setsid()
    log = os.open(f"{folder}/log", os.O_WRONLY | os.O_CREAT)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(f"{folder}/work")
    sys.path.append(f"{folder}/work")
    import numpy as np
    from ipykernel.kernelapp import IPKernelApp

    random.seed()
    np.random.seed()
    # IPython takes __main__ for the student's names: an empty one, as in a process of its own
    sys.modules["__main__"] = type(sys)("__main__")
    options = ["--InteractiveShellApp.ignore_cwd=True", "--HistoryManager.enabled=False"]
    IPKernelApp.launch_instance(argv=["-f", f"{folder}/connection.json", *options])
