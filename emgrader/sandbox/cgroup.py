"""Control groups: limits on what all processes of one sandbox use together.

podman and docker make their own; this is for bubblewrap, which has none, where the grader runs as root.
Both versions of the kernel's interface are known, and a group's name tells whose it is: an empty group whose
owner is gone is removed when the next one is made.
"""

import contextlib
import functools
import os
import secrets
import time
from pathlib import Path

PREFIX = "emgrader-"
_ENDING = 5.0  # seconds for killed processes to be gone
_left: set[str] = set()  # names of this process's groups whose processes took longer
_PERIOD = 100_000  # microseconds over which CPU time is shared out
_OWN = 4  # processes of bwrap's own
# A shell that goes into the groups and becomes the program: so nothing of it ever runs outside of them.
_ENTER = 'for group in $1; do echo $$ > "$group/cgroup.procs" || exit 125; done; shift; exec "$@"'


class Group:
    """One sandbox's group. Start its program with `prefix`; close it when the program has ended."""

    def __init__(self, limits):
        roots = hierarchies()
        for root in set(roots.values()):
            _sweep(root)
        name = f"{PREFIX}{os.getpid()}-{_started(os.getpid())}-{secrets.token_hex(4)}"
        self.folders = sorted({root / name for root in roots.values()})
        try:
            for folder in self.folders:
                folder.mkdir()
            for controller, root in roots.items():
                unified = (root / "cgroup.controllers").exists()
                for file, value in _settings(controller, unified, limits):
                    path = root / name / file
                    if path.exists():  # swap and CPU time are not in every kernel
                        path.write_text(f"{value}\n")
        except BaseException:
            self.close()
            raise

    @property
    def prefix(self):
        """What stands before a command to run it in this group."""
        return ["/bin/sh", "-c", _ENTER, "sh", " ".join(map(str, self.folders))]

    def close(self):
        """Remove the group. What still has dying processes is removed when the next group is made."""
        deadline = time.monotonic() + _ENDING
        for folder in self.folders:
            if not _remove(folder, deadline):
                _left.add(folder.name)


@functools.cache
def hierarchies():
    """Controller → the folder where groups for it are made; empty where this process can't limit both."""
    found = {}
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/mounts").read_text().splitlines():
            _, path, kind, options, *_ = line.split()
            root = Path(path)
            if kind == "cgroup":
                names = options.split(",")
            elif kind == "cgroup2":
                names = (root / "cgroup.subtree_control").read_text().split()
            else:
                continue
            found.update({name: root for name in names if name in ("memory", "pids", "cpu")})
    usable = {"memory", "pids"} <= set(found) and all(os.access(root, os.W_OK) for root in found.values())
    return found if usable and os.geteuid() == 0 else {}


def _settings(controller, unified, limits):
    """(file, value) pairs, in the order in which they must be written."""
    quota = int(limits.cpus * _PERIOD)
    if controller == "pids":
        return [("pids.max", limits.processes + _OWN)]
    if controller == "memory":
        if unified:
            return [("memory.max", limits.memory), ("memory.swap.max", 0)]
        names = ("memory.limit_in_bytes", "memory.memsw.limit_in_bytes")
        return [(name, limits.memory) for name in names]
    if unified:
        return [("cpu.max", f"{quota} {_PERIOD}")]
    return [("cpu.cfs_period_us", _PERIOD), ("cpu.cfs_quota_us", quota)]


def _sweep(root):
    """Remove the groups of graders that are gone, and this one's that are closed."""
    for folder in root.glob(f"{PREFIX}*"):
        _, pid, started, _ = folder.name.split("-")
        if folder.name in _left:
            _remove(folder, time.monotonic())  # it was waited for already
        elif _started(pid) != started:
            _remove(folder, time.monotonic() + _ENDING)


def _started(pid):
    """When a process started, in the kernel's ticks: with its number, this names it for good."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        return None


def _remove(folder, deadline):
    """Whether the group could be removed: its processes, which are on their way out, must be gone."""
    while True:
        try:
            folder.rmdir()
        except FileNotFoundError:
            return True
        except OSError:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.005)
        else:
            return True
