"""What the image is built with: the versions installed here, and what this machine needs to fetch them."""

import importlib.metadata
import subprocess
from types import SimpleNamespace

import pytest

from emgrader.sandbox import SandboxError, image
from emgrader.sandbox.container import PACKAGES
from emgrader.sandbox.image import CONTAINERFILE

LISTED = """\
:env:.cert='{folder}/env.pem'
global.cert='{folder}/file.pem'
global.extra-index-url='file://{folder}/index/simple https://packages.example.org/simple'
global.find-links='{folder}/wheels'
global.quiet='1'
"""


@pytest.fixture
def commands(monkeypatch, tmp_path):
    """What would be run: pip answers with LISTED, all else with `status`."""
    run = SimpleNamespace(lines=[], status=0, configuration=None)
    for name in ("index/simple", "wheels"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "env.pem").touch()

    def fake(command, **_):
        if "pip" in command:
            return subprocess.CompletedProcess(command, 0, LISTED.format(folder=tmp_path), "")
        run.lines.append(command)
        for part in command:
            if part.endswith(":/etc/pip.conf:ro"):
                with open(part.split(":")[0]) as file:
                    run.configuration = file.read()
        return subprocess.CompletedProcess(command, run.status)

    monkeypatch.setattr(image.subprocess, "run", fake)
    return run


def test_podman_builds_with_this_machines_settings_and_keeps_them_out(commands, tmp_path):
    image.build(SimpleNamespace(name="podman"), "localhost/x", ("numpy",), "localhost/base")
    (command,) = commands.lines
    assert command[:2] == ["podman", "build"] and "BASE_IMAGE=localhost/base" in command
    (packages,) = [part for part in command if part.startswith("PACKAGES=")]
    assert f"numpy=={importlib.metadata.version('numpy')}" in packages and "ipykernel==" in packages
    mounted = {part for part in command if part.endswith(":ro") and "pip.conf" not in part}
    assert mounted == {f"{tmp_path}/{n}:{tmp_path}/{n}:ro" for n in ("env.pem", "index", "wheels")}
    assert f"cert = {tmp_path}/env.pem\n" in commands.configuration
    assert "https://packages.example.org/simple" in commands.configuration
    assert "quiet" not in commands.configuration


def test_docker_has_no_such_mounts(commands):
    image.build(SimpleNamespace(name="docker"), "localhost/x", ("numpy",))
    (command,) = commands.lines
    assert "--volume" not in command and not [part for part in command if part.startswith("BASE_IMAGE")]


def test_a_certificate_is_found_in_the_environment(commands, monkeypatch, tmp_path):
    monkeypatch.setattr(image, "_PIP", "find-links")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "env.pem"))
    assert image.pip_settings() == {"find-links": f"{tmp_path}/wheels", "cert": f"{tmp_path}/env.pem"}


def test_a_build_that_fails_says_so(commands):
    commands.status = 1
    with pytest.raises(SandboxError, match="docker could not build"):
        image.build(SimpleNamespace(name="docker"), "localhost/x", ())


def test_no_engine(monkeypatch):
    monkeypatch.setattr(image.shutil, "which", lambda _: None)
    with pytest.raises(SandboxError, match="podman is not installed"):
        image.container_engine(None, "localhost/x")


def test_the_containerfile():
    """Builds from an official image by default; is the same file here and in the package; is no root's."""
    text = CONTAINERFILE.read_text()
    assert "ARG BASE_IMAGE=docker.io/library/python:3.12-slim\nFROM ${BASE_IMAGE}\n" in text
    assert "USER 65534:65534" in text and f'LABEL {PACKAGES}="${{PACKAGES}}"' in text
