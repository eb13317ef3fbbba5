"""Sandboxes for student code: engines that start a Jupyter kernel where it can do no harm."""

import functools

from emgrader.sandbox.bubblewrap import Bubblewrap
from emgrader.sandbox.engine import Engine, Launched
from emgrader.sandbox.local import Local
from emgrader.sandbox.setup import Limits, SandboxError, Setup

__all__ = ["ENGINES", "Engine", "Launched", "Limits", "SandboxError", "Setup", "get_engine"]

ENGINES = {"bubblewrap": Bubblewrap, "local": Local}
# What "auto" tries, in order. "local" is not among them, by design.
AUTOMATIC = ("bubblewrap",)


@functools.cache
def get_engine(name="auto"):
    """The engine of this name, or with "auto" the first that works here.

    Raises SandboxError with every reason when none can be used: student code never runs unprotected by
    default. The answer is kept for the process, since the check really starts a sandbox.
    """
    if name != "auto" and name not in ENGINES:
        raise SandboxError(f"There is no engine {name!r}. There are: auto, {', '.join(ENGINES)}.")
    reasons = {}
    for candidate in AUTOMATIC if name == "auto" else (name,):
        engine = ENGINES[candidate]()
        reasons[candidate] = engine.probe()
        if not reasons[candidate]:
            return engine
    told = "\n".join(f"  {engine}: {reason}" for engine, found in reasons.items() for reason in found)
    raise SandboxError(
        f"No sandbox can be used on this machine, so no submission is run:\n{told}\n"
        "Mend one of these, or grade on another machine. For notebooks that you trust, and only for them, "
        'c.Examiner.engine = "local" in nbgrader_config.py runs them unprotected.'
    )
