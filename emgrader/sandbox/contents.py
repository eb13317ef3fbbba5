"""What every engine puts into a sandbox: the submission's files, the kernel's connection, the wire.

All of it lies in one private folder on this machine and is mounted into the sandbox one by one, so that
nothing else is visible there, whatever the engine.
"""

import json
import os
import shutil
from pathlib import Path
from typing import NamedTuple

from emgrader.sandbox.closure import package_folders
from emgrader.sandbox.engine import connection, kernel_environment, new_key, resource_limits
from emgrader.sandbox.folder import PrivateFolder
from emgrader.sandbox.setup import SandboxError

INSIDE = Path(__file__).with_name("inside")
NOBODY = 65534
_FIRST_UID = 2_000_000_000  # above anything that a system or a container gives out
_PASSWD = "student:x:{uid}:{uid}:student:/tmp:/bin/sh\n"
_WORK = {"copies": {"/in": "/work"}, "work": "/work", "connection": "/run/connection.json"}


class Mount(NamedTuple):
    """A file or folder of this machine and its place in the sandbox."""

    source: Path
    target: str
    writable: bool = False


class Contents:
    """One sandbox's contents, for the user `uid` inside. Close them when the sandbox has ended."""

    def __init__(self, setup, uid):
        self.setup = setup
        self.uid = uid
        self.key = new_key()
        self.folder = PrivateFolder()
        try:
            self._write()
        except BaseException:
            self.folder.close()
            raise

    def _write(self):
        # Not secret from its own sandbox, where another user reads it. The folder above is closed to others.
        inside = self.folder.path / "root"
        for name in ("in", "empty"):
            (inside / name).mkdir(parents=True)
        (inside / "connection.json").write_text(json.dumps(connection(self.key, "/run/kernel/s")))
        (inside / "passwd").write_text(_PASSWD.format(uid=self.uid))
        (inside / "empty.txt").touch()
        for name, source in self.setup.files.items():
            _copy(source, inside / "in", name)
        for path, _, names in os.walk(inside):
            os.chmod(path, 0o755)
            for name in names:
                os.chmod(os.path.join(path, name), 0o644)
        self.sockets.mkdir(mode=0o700)
        if os.geteuid() == 0:
            os.chown(self.sockets, self.uid, self.uid)

    @property
    def sockets(self):
        """The folder of the kernel's sockets."""
        return self.folder.path / "kernel"

    @property
    def empty_file(self):
        """A file with nothing in it."""
        return self.folder.path / "root" / "empty.txt"

    @property
    def empty_folder(self):
        """A folder with nothing in it."""
        return self.folder.path / "root" / "empty"

    def mounts(self):
        """All that the sandbox sees of this machine, besides its programs and libraries."""
        inside = self.folder.path / "root"
        yield Mount(inside / "in", "/in")
        yield Mount(inside / "passwd", "/etc/passwd")
        yield Mount(INSIDE, "/run/inside")
        # The connection file is read once, from a read-only place beside the sockets' folder.
        yield Mount(inside / "connection.json", "/run/connection.json")
        yield Mount(self.sockets, "/run/kernel", writable=True)
        if self.setup.socket is not None:
            yield Mount(self.setup.socket, "/run/broker.sock", writable=True)
        for name, path in sorted(package_folders(self.setup.packages).items()):
            yield Mount(path, f"/site/{name}")
        yield Mount(self.empty_file, "/site/emgrader/__init__.py")
        yield Mount(INSIDE.parents[1] / "wire", "/site/emgrader/wire")

    def environment(self):
        """The environment of the kernel, and nothing of ours."""
        environment = {**kernel_environment("/tmp"), "PYTHONPATH": "/site"}
        if self.setup.socket is not None:
            environment["EMLAB_BROKER"] = "/run/broker.sock"
        return environment

    def launcher(self, **changes):
        """The launcher and its settings, as Python's arguments."""
        settings = {"uid": None, "limits": resource_limits(self.setup.limits), "path": ["/site"], **_WORK}
        return ["-I", "-S", "/run/inside/launcher.py", json.dumps({**settings, **changes})]


def own_uid():
    """The user for this process's sandboxes: one of its own for root, else the one who grades.

    One of its own, because the kernel counts some things by user. Nobody's, where the machine maps too few.
    """
    if os.geteuid() != 0:
        return os.geteuid()
    with open("/proc/self/uid_map") as mapping:
        mapped = any(
            int(start) <= _FIRST_UID < int(start) + int(count) - 2**22
            for start, _, count in map(str.split, mapping)
        )
    return _FIRST_UID + os.getpid() if mapped else NOBODY


def _copy(source, folder, name):
    """Copy one file of the submission; a link is never followed."""
    target = folder / name
    if not target.resolve().is_relative_to(folder.resolve()):
        raise SandboxError(f"The file {name!r} of the submission would leave its folder.")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target, follow_symlinks=False)
