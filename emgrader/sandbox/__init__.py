"""Sandboxes for student code: engines that start a Jupyter kernel where it can do no harm."""

import functools
import os

from emgrader.messages import say
from emgrader.sandbox.bubblewrap import Bubblewrap
from emgrader.sandbox.container import IMAGE, Docker, Podman
from emgrader.sandbox.engine import Engine, Launched
from emgrader.sandbox.local import Local
from emgrader.sandbox.setup import Limits, SandboxError, Setup

__all__ = ["ENGINES", "IMAGE", "SETTLED", "Engine", "Launched", "Limits", "SandboxError", "Setup"]
__all__ += ["get_engine", "make_engine", "settle"]

ENGINES = {"podman": Podman, "docker": Docker, "bubblewrap": Bubblewrap, "local": Local}
# What "auto" tries, in order. "local" is not among them, by design.
AUTOMATIC = ("podman", "docker", "bubblewrap")
SETTLED = "EMGRADER_ENGINE"  # environment variable: the engine that a parent process has tried already
_settled = {}  # the same, handed over as it is: name → engine


@functools.cache
def get_engine(name="auto", image=IMAGE):
    """The engine of this name, or with "auto" the first that works here; `image` is for containers.

    Raises SandboxError with every reason when none can be used: student code never runs unprotected by
    default. The answer is kept for the process, since the check really starts a sandbox.
    """
    if name != "auto" and name not in ENGINES:
        raise SandboxError(say("engine.unknown", name=name, names=", ".join(["auto", *ENGINES])))
    if name in _settled:
        return _settled[name]
    settled = os.environ.get(SETTLED)
    if settled in AUTOMATIC and name in ("auto", settled):
        return make_engine(settled, image)
    reasons = {}
    for candidate in AUTOMATIC if name == "auto" else (name,):
        engine = make_engine(candidate, image)
        reasons[candidate] = engine.probe()
        if not reasons[candidate]:
            return engine
    told = "\n".join(f"  {engine}: {reason}" for engine, found in reasons.items() for reason in found)
    raise SandboxError(say("engine.none", reasons=told))


def settle(engine):
    """Take `engine`, which a parent process has tried, for the one of its name."""
    _settled[engine.name] = engine


def make_engine(name, image=IMAGE):
    """The engine of this name, untried."""
    kind = ENGINES[name]
    return kind(image) if issubclass(kind, (Podman, Docker)) else kind()
