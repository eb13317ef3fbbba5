"""What a sandbox is given: files, packages, limits. Plain data, the same for every engine."""

from dataclasses import dataclass, field
from pathlib import Path


class SandboxError(RuntimeError):
    """A sandbox can't be used or did not start. The message says why, and what can be done."""


@dataclass(frozen=True)
class Limits:
    """What one sandbox may use. Sizes in bytes, times in seconds. All are hard limits."""

    memory: int = 2 * 2**30  # of the whole sandbox, and of address space per process
    processes: int = 64  # and threads, of this sandbox
    cpus: float = 1.0  # cores
    open_files: int = 512
    file_size: int = 64 * 2**20  # of one file
    work_size: int = 256 * 2**20  # of /work, in memory
    tmp_size: int = 256 * 2**20  # of /tmp, in memory
    cpu: int = 1800  # of CPU time, per process
    seconds: int = 3600  # of the sandbox's life, should nobody end it before


@dataclass(frozen=True)
class Setup:
    """One sandbox's contents."""

    files: dict[str, Path] = field(default_factory=dict)  # path in the work folder → file on this machine
    distributions: tuple[str, ...] = ("numpy", "pandas", "matplotlib")  # with everything that they require
    packages: tuple[str, ...] = ("emlab",)  # importable folders, by themselves
    socket: Path | None = None  # the model broker's, if there is one
    limits: Limits = field(default_factory=Limits)
