"""The model broker for this process: the one that a parent process runs, or one of our own."""

import atexit
import functools
import os
from pathlib import Path

from emgrader.broker import BrokerHandle

CONTROL = "EMGRADER_BROKER"  # environment variable: control path of a broker that is running already


@functools.cache
def broker_for(root):
    """A BrokerHandle for the course in `root`; one that is started here ends with this process."""
    running = os.environ.get(CONTROL)
    if running:
        return BrokerHandle.connect(running)
    folder = Path(root) / ".emgrader"
    folder.mkdir(mode=0o700, exist_ok=True)
    handle = BrokerHandle.start(folder / "answers.sqlite", folder / "journals")
    atexit.register(handle.stop)
    return handle


def uses_models(nb):
    """Whether a notebook's cells ever say "emlab": only then a broker is worth its start."""
    return any("emlab" in cell.source for cell in nb.cells if cell.cell_type == "code")
