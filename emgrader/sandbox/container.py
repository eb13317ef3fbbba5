"""The engines podman and docker: a kernel in a container of an image that `emgrader image build` makes.

Both take the same command line. A container is named, labelled with its grader's lock, and watched from
within by a supervisor that ends it when the grader is gone; `reap` removes what a killed grader left.
"""

import contextlib
import fcntl
import functools
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from emgrader.messages import say
from emgrader.sandbox import seccomp
from emgrader.sandbox.contents import Contents, own_uid
from emgrader.sandbox.engine import Launched, resource_limits
from emgrader.sandbox.folder import PREFIX
from emgrader.sandbox.probe import CHECKED, found_wrong
from emgrader.sandbox.setup import SandboxError, Setup

IMAGE = "localhost/emgrader"
LABEL = "emgrader.lock"  # on a container: the file that its grader holds a lock on
PACKAGES = "emgrader.packages"  # on an image: what was asked for when it was built
SITE = "/opt/site"  # in the image: what student code may import
ENDING = 3.0  # seconds for a container to end by itself
COMMAND = 60.0  # seconds for any other command of the engine


class Container:
    """What podman and docker share. `name` is also the program's."""

    name = ""
    label = ""  # how this program's templates name our label
    at_once = ()  # for this program's rm, which else waits for a polite end
    own_flags = ()  # what only this program knows or needs
    notes = ()

    def __init__(self, image=IMAGE):
        self._image = image

    # The image

    @functools.cached_property
    def _inspected(self):
        """(digest, names of the packages in it), or None without the image."""
        done = self._run("image", "inspect", self._image)
        if done.returncode:
            return None
        (data,) = json.loads(done.stdout)
        digest = data["Id"] if data["Id"].startswith("sha256:") else f"sha256:{data['Id']}"
        packages = (data["Config"].get("Labels") or {}).get(PACKAGES, "")
        return digest, {canonicalize_name(Requirement(text).name) for text in packages.split()}

    @property
    def image(self):
        """The image's digest."""
        if self._inspected is None:
            raise SandboxError(say("engine.no_image", engine=self.name, image=self._image))
        return self._inspected[0]

    def lacks(self, distributions):
        """A sentence in a list if the image was built without some of these packages, else nothing."""
        missing = {canonicalize_name(name) for name in distributions} - self._inspected[1]
        names = ", ".join(sorted(missing))
        return [say("engine.not_in_image", image=self._image, packages=names)] if missing else []

    # The test run

    def probe(self):
        """Reasons why this engine can't be used here, from a real run in a full sandbox; none if it can."""
        if not sys.platform.startswith("linux"):
            return [say("engine.linux", engine=self.name)]
        if shutil.which(self.name) is None:
            return [say("engine.no_program", program=self.name)]
        try:
            alive = self._run("info")
            if alive.returncode:
                return [self._explained(alive.stderr.strip())]
            self.reap()
            if self._inspected is None:
                return [say("engine.no_image", engine=self.name, image=self._image)]
            limits = resource_limits(CHECKED)
            # What the container limits is seen only where the limits per process don't come first.
            del limits["AS"]
            setup = Setup(distributions=(), packages=(), limits=CHECKED)
            launched = self._start(setup, check=vars(CHECKED), limits=self._per_process(limits))
            try:
                launched.process.wait(timeout=COMMAND)
                return found_wrong(launched, self._explained)
            finally:
                launched.end()
        except (OSError, ValueError, subprocess.TimeoutExpired, SandboxError) as error:
            return [say("engine.not_run", program=self.name, why=error)]

    def _explained(self, stderr):
        """The program's complaint, with the way out where it's a known one."""
        for text, key in (
            ("Cannot connect to the Docker daemon", "engine.no_daemon"),
            ("permission denied while trying to connect", "engine.no_daemon"),
            ("cgroups in hybrid mode", "engine.needs_runc"),
            ("controller", "engine.no_delegation"),
        ):
            if text in stderr:
                return say(key, why=stderr)
        return say("engine.failed", why=stderr)

    # A sandbox

    def launch(self, setup):
        """Start a kernel in a fresh container."""
        if self.image and (reasons := self.lacks(setup.distributions)):
            raise SandboxError(*reasons)
        return self._start(setup, limits=self._per_process(resource_limits(setup.limits)))

    def _start(self, setup, **settings):
        uid = own_uid()
        contents = Contents(setup, uid)
        name = f"{PREFIX}{secrets.token_hex(8)}"
        alive = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            path = contents.folder.path / "alive"
            alive.bind(str(path))
            path.chmod(0o666)  # the folder around it is closed to others
            alive.listen(1)
            command = [self.name, "run", *self._flags(contents, name), *self._mounts(contents, path)]
            watched = json.dumps({"alive": "/run/alive", "seconds": setup.limits.seconds})
            command += [self.image, "-I", "-S", "/run/inside/supervisor.py", watched]
            command += contents.launcher(path=["/site", SITE], **settings)
            with open(contents.folder.path / "log", "wb") as log:
                process = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd=contents.folder.path,  # where podman notes that memory ran out
                    start_new_session=True,
                )
        except BaseException:
            alive.close()
            contents.folder.close()
            raise
        return _ContainerLaunched(self, name, alive, process, contents)

    @staticmethod
    def _per_process(limits):
        # Counted per user: an ordinary grader's sandboxes have that grader's number.
        return limits if os.geteuid() == 0 else {k: v for k, v in limits.items() if k != "NPROC"}

    def _flags(self, contents, name):
        limits = contents.setup.limits
        environment = {**contents.environment(), "PATH": "/usr/local/bin:/usr/bin:/bin"}
        sized = "rw,nosuid,nodev,mode=1777,size"
        return [
            *("--rm", "--name", name, "--label", f"{LABEL}={contents.folder.path / 'lock'}"),
            *("--pull", "never", "--log-driver", "none", "--entrypoint", "python3"),
            *("--network", "none", "--ipc", "private", "--cgroupns", "private", "--hostname", "sandbox"),
            *("--user", f"{contents.uid}:{contents.uid}", "--cap-drop", "ALL"),
            *("--security-opt", "no-new-privileges", "--security-opt", f"seccomp={seccomp.PROFILE}"),
            # Where SELinux is in force it would keep the sandbox from the files mounted into it.
            *("--security-opt", "label=disable"),
            *("--read-only", "--workdir", "/", "--shm-size", str(16 * 2**20)),
            *("--tmpfs", f"/tmp:{sized}={limits.tmp_size}", "--tmpfs", f"/work:{sized}={limits.work_size}"),
            *("--memory", str(limits.memory), "--memory-swap", str(limits.memory)),
            # the supervisor is one more
            *("--pids-limit", str(limits.processes + 1), "--cpus", str(limits.cpus)),
            # The programs' own defaults may be higher than what this process may set.
            *("--ulimit", "nofile=1024:1024", "--ulimit", "nproc=4096:4096", "--ulimit", "core=0:0"),
            *self.own_flags,
            *(part for key, value in environment.items() for part in ("--env", f"{key}={value}")),
        ]

    @staticmethod
    def _mounts(contents, alive):
        found = [*contents.mounts(), (alive, "/run/alive", True)]
        # Both programs would copy names and addresses of this machine into these.
        found += [(contents.empty_file, f"/etc/{name}", False) for name in ("hosts", "resolv.conf")]
        return [
            part
            for source, target, writable in found
            for part in ("--volume", f"{source}:{target}:{'rw' if writable else 'ro'}")
        ]

    # The end

    def remove(self, *names):
        """Remove containers at once, running or not; one that isn't there is no error."""
        self._run("rm", "--force", *self.at_once, *names)

    def running(self):
        """Name → the lock of its grader, for each container of any grader's."""
        form = "{{.Names}}\t{{" + self.label + "}}"
        done = self._run("ps", "--all", "--filter", f"label={LABEL}", "--format", form)
        if done.returncode:
            raise SandboxError(self._explained(done.stderr.strip()))
        return dict(line.split("\t") for line in done.stdout.splitlines() if "\t" in line)

    def reap(self):
        """Remove the containers whose grader is gone."""
        left = [name for name, lock in self.running().items() if not _held(lock)]
        if left:
            self.remove(*left)

    def _run(self, *arguments):
        return subprocess.run(
            [self.name, *arguments], capture_output=True, text=True, timeout=COMMAND, stdin=subprocess.DEVNULL
        )


class _ContainerLaunched(Launched):
    def __init__(self, engine, name, alive, process, contents):
        super().__init__(process, contents.folder, contents.sockets, contents.key)
        self.engine = engine
        self.name = name
        self._alive = alive

    def seal(self):
        # Belongs to root from here on. (An ordinary user's sandbox has that user's uid: Kernel watches it.)
        if os.geteuid() == 0:
            os.chown(self.sockets, 0, 0)
            os.chmod(self.sockets, 0o755)

    def kill(self):
        # Killing the program that started it would leave the container running.
        self._alive.close()

    def end(self):
        self.kill()
        try:
            self.process.wait(timeout=ENDING)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.engine.remove(self.name)
            super().kill()
        super().end()


def _held(path):
    """Whether a grader still holds its lock. Another user's, which we can't see, counts as held."""
    try:
        lock = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(lock)
    return False


class Podman(Container):
    """podman, with or without root."""

    name = "podman"
    at_once = ("--time", "0")
    label = f'index .Labels "{LABEL}"'

    @property
    def own_flags(self):
        """Without root, the grader's own number is the same one inside."""
        flags = ["--read-only-tmpfs=false", "--no-healthcheck", "--umask", "0077"]
        return flags if os.geteuid() == 0 else [*flags, "--userns", "keep-id"]


class Docker(Container):
    """docker's engine; who may use it is as good as root on this machine."""

    name = "docker"
    label = f'.Label "{LABEL}"'
