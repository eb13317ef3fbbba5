"""Makes and checks the container image in which student code runs: `emgrader image`.

The image gets the packages that the settings name, in the versions that are installed here, so that a
submission meets the same ones whichever engine runs it. What this machine needs to reach a package index
(its certificates, pip's configuration) is mounted while podman builds, and stays out of the image.
"""

import ast
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from emgrader.messages import say
from emgrader.sandbox import make_engine
from emgrader.sandbox.closure import pinned
from emgrader.sandbox.setup import SandboxError

CONTAINERFILE = Path(__file__).with_name("Containerfile")
# What of pip's configuration is about where packages come from.
_PIP = "cert client-cert constraint default-timeout extra-index-url find-links index-url no-index proxy"
_PIP += " retries timeout trusted-host"
_CERTIFICATES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


def container_engine(name, image):
    """The container engine of this name, or the first of the two that is installed. Untried."""
    for candidate in [name] if name else ["podman", "docker"]:
        if shutil.which(candidate):
            return make_engine(candidate, image)
    raise SandboxError(say("engine.no_program", program=name or "podman"))


def build(engine, image, distributions, base=None):
    """Build the image, showing what the engine says. Raises SandboxError if that fails."""
    with tempfile.TemporaryDirectory() as folder:
        context = Path(folder) / "context"
        context.mkdir()
        command = [engine.name, "build", "--network", "host", "--file", str(CONTAINERFILE.resolve())]
        # The programs' own defaults may be higher than what this process may set.
        command += ["--ulimit", "nofile=4096:4096", "--ulimit", "nproc=4096:4096"]
        command += ["--build-arg", f"PACKAGES={' '.join(pinned(distributions))}", "--tag", image]
        if base:
            command += ["--build-arg", f"BASE_IMAGE={base}"]
        if engine.name == "podman":
            command += ["--security-opt", "label=disable", *_mounts(pip_settings(), Path(folder))]
        if subprocess.run([*command, str(context)], stdin=subprocess.DEVNULL).returncode:
            raise SandboxError(say("image.failed", engine=engine.name))


def check(engine, distributions):
    """Why student code that needs `distributions` can't run in the image; nothing if it can."""
    return engine.probe() or engine.lacks(distributions)


def pip_settings():
    """What pip on this machine is told about where packages come from: option → value."""
    listed = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True)
    found = {}
    # the environment's come last, as they win over files
    for line in sorted(listed.stdout.splitlines(), key=lambda line: line.startswith(":env:")):
        name, _, value = line.partition("=")
        option = name.rpartition(".")[2]
        if option in _PIP.split():
            found[option] = ast.literal_eval(value)
    for variable in _CERTIFICATES:
        if os.path.isfile(os.environ.get(variable, "")):
            found.setdefault("cert", os.environ[variable])
    return found


def _mounts(settings, folder):
    """podman's flags that give a build these settings of pip, and the files that they name."""
    if not settings:
        return []
    configuration = folder / "pip.conf"
    lines = [f"{option} = " + "\n    ".join(value.split()) for option, value in settings.items()]
    configuration.write_text("\n".join(["[global]", *lines, ""]))
    mounted = {"/etc/pip.conf": configuration}
    for value in settings.values():
        for word in value.split():
            path = Path(word.removeprefix("file://"))
            if path.is_absolute() and path.exists():
                # the files of a package index lie beside its folder "simple"
                path = path.parent if path.name == "simple" else path
                mounted[str(path)] = path
    return [part for place, path in mounted.items() for part in ("--volume", f"{path}:{place}:ro")]
