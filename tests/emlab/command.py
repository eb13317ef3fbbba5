"""The command `emlab` as a user starts it: a process of its own, with a home of its own."""

import os
import subprocess
import sys

PATIENCE = 1200  # seconds, on a busy machine


def start(home, *arguments, **variables):
    """The running command. Whatever it writes without being told where is under `home`."""
    home.mkdir(exist_ok=True)
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("EMLAB_", "OPENAI_", "HF_", "XDG_"))
    }
    places = {name: str(home) for name in ("HOME", "TMPDIR")}
    return subprocess.Popen(
        [sys.executable, "-m", "emlab.cli", *arguments],
        cwd=home,
        env={**kept, **places, "PYTHONPATH": os.getcwd(), **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(home, *arguments, **variables):
    """Exit status, what was printed, what was complained about."""
    process = start(home, *arguments, **variables)
    try:
        out, err = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
    return process.returncode, out, err
