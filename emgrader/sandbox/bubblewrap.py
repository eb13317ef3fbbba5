"""The bubblewrap engine: a kernel in namespaces of its own, with next to nothing mounted.

Works for root and for an ordinary user. As root there is no user namespace (root in one would be root on
this machine's files); the launcher becomes an unused user instead. Only root can make control groups: for
an ordinary user, memory and processes are limited one by one and not in sum.
"""

import os
import subprocess
import sys
from pathlib import Path

from emgrader.messages import say
from emgrader.sandbox import cgroup, seccomp
from emgrader.sandbox.closure import site_entries
from emgrader.sandbox.contents import NOBODY, Contents, own_uid
from emgrader.sandbox.engine import Launched, resource_limits
from emgrader.sandbox.probe import CHECKED, found_wrong
from emgrader.sandbox.setup import SandboxError, Setup
from emlab.confinement import find_bwrap

_SYSTEM = ("/usr/bin", "/usr/lib", "/usr/lib64", "/usr/lib32", "/usr/share")
_ETC = ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime", "alternatives", "fonts", "mime.types")
_NAMESPACES = ("--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try")
# What root needs to become another user for good, and no more.
_TO_DROP = ("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP")


class Bubblewrap:
    """See the module."""

    name = "bubblewrap"
    image = ""

    def __init__(self):
        self.notes = [] if cgroup.hierarchies() else [say("engine.no_groups")]

    def probe(self):
        """Reasons why this engine can't be used here, from a real run in a full sandbox; none if it can."""
        if not sys.platform.startswith("linux"):
            return [say("engine.linux", engine=self.name)]
        if find_bwrap() is None:
            return [say("engine.no_bwrap")]
        setup = Setup(distributions=(), packages=(), limits=CHECKED)
        # What the groups limit is seen only where the limits per process don't come first.
        limits = resource_limits(CHECKED)
        if cgroup.hierarchies():
            del limits["AS"], limits["NPROC"]
        try:
            launched = self._start(setup, check=vars(CHECKED), limits=limits)
            try:
                launched.process.wait(timeout=60)
                return found_wrong(launched, _explained)
            finally:
                launched.end()
        except (OSError, subprocess.TimeoutExpired, SandboxError) as error:
            return [say("engine.not_run", program="bwrap", why=error)]

    def launch(self, setup):
        """Start a kernel in a fresh sandbox."""
        return self._start(setup)

    def _start(self, setup, **settings):
        root = os.geteuid() == 0
        uid = own_uid() if root else NOBODY
        contents = Contents(setup, uid)
        group = None
        try:
            filter_ = os.memfd_create("seccomp")
            try:
                os.write(filter_, seccomp.compiled())
                os.lseek(filter_, 0, os.SEEK_SET)
                command = [find_bwrap(), "--seccomp", str(filter_), *_command(contents, root)]
                command += [_interpreter(), *contents.launcher(uid=uid if root else None, **settings)]
                if cgroup.hierarchies():
                    group = cgroup.Group(setup.limits)
                    command = [*group.prefix, *command]
                with open(contents.folder.path / "log", "wb") as log:
                    process = subprocess.Popen(
                        command,
                        stdin=subprocess.DEVNULL,
                        stdout=log,
                        stderr=log,
                        env=contents.environment(),
                        pass_fds=(filter_,),
                        start_new_session=True,
                    )
            finally:
                os.close(filter_)
        except BaseException:
            contents.folder.close()
            if group is not None:
                group.close()
            raise
        return _BubblewrapLaunched(process, contents.folder, contents.sockets, contents.key, group)


class _BubblewrapLaunched(Launched):
    def __init__(self, process, folder, sockets, key, group):
        super().__init__(process, folder, sockets, key)
        self._group = group

    def seal(self):
        # Belongs to root from here on. (An ordinary user's sandbox has that user's uid: Kernel watches it.)
        if os.geteuid() == 0:
            os.chown(self.sockets, 0, 0)
            os.chmod(self.sockets, 0o755)

    def end(self):
        super().end()
        if self._group is not None:
            self._group.close()


def _command(contents, root):
    """bwrap's arguments; the program to run comes after them."""
    limits = contents.setup.limits
    mounts = _Mounts()
    mounts.system(contents)
    mounts.sized("/tmp", limits.tmp_size)
    mounts.sized("/work", limits.work_size)
    mounts.sized("/dev/shm", 16 * 2**20)
    for name, path in sorted(site_entries(contents.setup.distributions).items()):
        mounts.read_only(path, f"/site/{name}")
    for source, target, writable in contents.mounts():
        mounts.add("--bind" if writable else "--ro-bind", source, target)
    mounts.add("--remount-ro", "/dev", "--remount-ro", "/")
    rights = ["--cap-drop", "ALL"]
    if root:
        for capability in _TO_DROP:
            rights += ["--cap-add", capability]
    else:
        rights += ["--unshare-user", "--disable-userns", "--uid", str(NOBODY), "--gid", str(NOBODY)]
    return [
        *_NAMESPACES,
        *("--die-with-parent", "--new-session", "--hostname", "sandbox"),
        *rights,
        *("--dev", "/dev", "--proc", "/proc"),
        *mounts.arguments,
        *("--chdir", "/"),
    ]


class _Mounts:
    """Collects bwrap's mount arguments; makes parent folders that everyone can enter."""

    def __init__(self):
        self.arguments = []
        self._made = {"/"}

    def add(self, *arguments):
        self._parents(str(arguments[-1]))
        self.arguments += [str(argument) for argument in arguments]

    def read_only(self, source, target):
        self.add("--ro-bind", source, target)

    def sized(self, target, size):
        self._parents(target)
        self.arguments += ["--perms", "1777", "--size", str(size), "--tmpfs", target]

    def _parents(self, target):
        for parent in reversed(Path(target).parents):
            if str(parent) not in self._made and not str(parent).startswith(("/dev", "/proc")):
                self.arguments += ["--perms", "0755", "--dir", str(parent)]
                self._made.add(str(parent))

    def system(self, contents):
        """The system's programs and libraries, and this Python without its site-packages."""
        for path in _SYSTEM:
            if os.path.isdir(path) and not os.path.islink(path):
                self.read_only(path, path)
        for name in ("/bin", "/lib", "/lib64", "/lib32"):
            if os.path.islink(name):
                self.add("--symlink", os.readlink(name), name)
            elif os.path.isdir(name):
                self.read_only(name, name)
        for name in _ETC:
            self.add("--ro-bind-try", f"/etc/{name}", f"/etc/{name}")
        base = Path(sys.base_prefix).resolve()
        if base != Path("/usr"):
            self.read_only(_interpreter(), _interpreter())
            self.read_only(base / "lib", base / "lib")
        for folder in (Path("/usr/lib"), base / "lib"):
            for pattern in ("python3*/site-packages", "python3*/dist-packages"):
                for packages in sorted(folder.glob(pattern)):
                    self.read_only(contents.empty_folder, packages.resolve())


def _interpreter():
    return os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable)


def _explained(stderr):
    """bwrap's complaint, with the cause where it's a known one."""
    known = ("setting up uid map", "No permissions to create", "Creating new namespace")
    if any(text in stderr for text in known):
        return say("engine.no_namespaces", why=stderr)
    return say("engine.failed", why=stderr)
