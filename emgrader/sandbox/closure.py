"""Which files of this Python make up the sandbox's packages.

The sandbox doesn't see this Python's site-packages. It gets a folder of its own with the distributions that
a student's kernel needs and what these require, one by one: torch, nbgrader and the rest of emgrader are
simply not there.
"""

import functools
import importlib.metadata
import importlib.util
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from emgrader.sandbox.setup import SandboxError

# A kernel, and what shows figures in it.
KERNEL = ("ipykernel", "matplotlib-inline")
# Never in a sandbox, whoever requires them: models answer through the broker.
EXCLUDED = frozenset({"torch", "transformers"})


@functools.cache
def site_entries(distributions):
    """Name → path of every file or folder of a kernel, of `distributions`, and of what these require.

    A distribution that isn't installed is a SandboxError.
    """
    entries = {}
    for name in closure((*KERNEL, *distributions)):
        entries.update(_top_level(importlib.metadata.distribution(name)))
    return entries


@functools.cache
def package_folders(packages):
    """Name → folder of single import packages, without what they require; one not installed is left out."""
    found = {}
    for package in packages:
        spec = importlib.util.find_spec(package)
        if spec is not None and spec.submodule_search_locations:
            found[package] = Path(next(iter(spec.submodule_search_locations))).resolve()
    return found


def pinned(distributions):
    """The same distributions as requirements, each in the version that is installed here."""
    names = closure((*KERNEL, *distributions))
    return [f"{name}=={version(name)}" for name in names]


def version(name):
    """The version of a distribution that is installed here; SandboxError without it."""
    return _installed(importlib.metadata.version, name)


def closure(roots):
    """Canonical names of the distributions `roots` and of all that they require here, sorted."""
    found, todo = set(), [canonicalize_name(root) for root in roots]
    while todo:
        name = todo.pop()
        if name in found or name in EXCLUDED:
            continue
        found.add(name)
        for text in _requires(name):
            requirement = Requirement(text)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                todo.append(canonicalize_name(requirement.name))
    return sorted(found)


def _requires(name):
    return _installed(importlib.metadata.requires, name) or []


def _installed(ask, name):
    try:
        return ask(name)
    except importlib.metadata.PackageNotFoundError:
        raise SandboxError(
            f"The sandbox needs the Python package {name}, which is not installed here. "
            f"Install it, or leave it out of c.Examiner.distributions in nbgrader_config.py."
        ) from None


def _top_level(distribution):
    """The distribution's files and folders directly under its site-packages."""
    root = Path(distribution.locate_file("")).resolve()
    # Read here and not by distribution.files, which takes a quarter of a second for all of them.
    lines = (distribution.read_text("RECORD") or "").splitlines()
    names = {line.split(",")[0].split("/")[0] for line in lines} - {"..", "__pycache__"}
    # Single modules need theirs too, or they'd be compiled anew for every kernel.
    names |= {importlib.util.cache_from_source(name) for name in names if name.endswith(".py")}
    return {name: root / name for name in names if not name.endswith(".pth") and (root / name).exists()}
