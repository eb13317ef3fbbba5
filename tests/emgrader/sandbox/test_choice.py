"""Which engine is taken, and why one is not."""

import pytest

from emgrader.sandbox import (
    AUTOMATIC,
    ENGINES,
    SandboxError,
    Setup,
    bubblewrap,
    container,
    get_engine,
    settle,
)
from emgrader.sandbox import make_engine as make
from emgrader.sandbox.kernel import Kernel
from tests.conftest import require


@pytest.fixture(autouse=True)
def unsettled(monkeypatch):
    """As on a machine where no parent process has chosen."""
    monkeypatch.delenv("EMGRADER_ENGINE")
    get_engine.cache_clear()
    yield
    get_engine.cache_clear()


def fake(monkeypatch, **reasons):
    """Let each engine's test run give these reasons. Returns the names of those that were tried."""
    tried = []

    def probe(engine):
        tried.append(engine.name)
        return reasons[engine.name]

    for name in AUTOMATIC:
        monkeypatch.setattr(ENGINES[name], "probe", probe)
    return tried


def test_the_first_that_works_is_taken(monkeypatch):
    tried = fake(monkeypatch, podman=["no"], docker=[], bubblewrap=[])
    assert get_engine().name == "docker" and tried == ["podman", "docker"]
    assert get_engine() is get_engine() and tried == ["podman", "docker"]


def test_one_can_be_had_by_name_and_then_no_other(monkeypatch):
    fake(monkeypatch, podman=[], docker=["no daemon"], bubblewrap=[])
    assert get_engine("bubblewrap").name == "bubblewrap"
    with pytest.raises(SandboxError, match="docker: no daemon"):
        get_engine("docker")


def test_a_refusal_has_every_reason_and_the_way_out_and_local_is_never_taken(monkeypatch):
    fake(monkeypatch, podman=["one", "two"], docker=["three"], bubblewrap=["four"])
    with pytest.raises(SandboxError, match="No sandbox can be used") as caught:
        get_engine()
    reasons = ["podman: one", "podman: two", "docker: three", "bubblewrap: four", 'engine = "local"']
    assert [reason for reason in reasons if reason not in str(caught.value)] == []


def test_a_parents_choice_is_not_tried_again(monkeypatch):
    tried = fake(monkeypatch, podman=[], docker=[], bubblewrap=[])
    monkeypatch.setenv("EMGRADER_ENGINE", "docker")
    assert get_engine().name == get_engine("docker").name == "docker" and tried == []
    assert get_engine("bubblewrap").name == "bubblewrap" and tried == ["bubblewrap"]


def test_an_engine_that_a_parent_tried_can_be_handed_over(monkeypatch):
    monkeypatch.setattr("emgrader.sandbox._settled", {})
    tried = fake(monkeypatch, podman=["no"], docker=["no"], bubblewrap=[])
    engine = make("docker")
    settle(engine)
    assert get_engine("docker") is engine and tried == []
    assert get_engine().name == "bubblewrap" and tried == ["podman", "docker", "bubblewrap"]


def test_no_environment_chooses_local(monkeypatch):
    fake(monkeypatch, podman=["no"], docker=["no"], bubblewrap=["no"])
    monkeypatch.setenv("EMGRADER_ENGINE", "local")
    with pytest.raises(SandboxError):
        get_engine()


def test_an_unknown_engine():
    with pytest.raises(SandboxError, match="There is no engine 'chroot'. There are: auto, podman, docker,"):
        get_engine("chroot")


def test_the_local_engine_warns():
    with pytest.warns(UserWarning, match="protects nothing"):
        Kernel(get_engine("local"), Setup(packages=())).close()


@pytest.mark.parametrize("name", ["podman", "docker"])
def test_a_missing_program_is_a_reason(monkeypatch, name):
    monkeypatch.setattr(container.shutil, "which", lambda _: None)
    assert make(name).probe() == [f"the program {name} is not installed"]


def test_a_missing_bwrap_is_a_reason(monkeypatch):
    monkeypatch.setattr(bubblewrap, "find_bwrap", lambda: None)
    (reason,) = make("bubblewrap").probe()
    assert "bwrap is not installed" in reason


@pytest.mark.parametrize("name", ["podman", "docker"])
def test_a_missing_image_is_a_reason(name):
    reasons = make(name, "localhost/emgrader-no-such-image").probe()
    require("not installed" not in reasons[0] and "not answer" not in reasons[0], reasons[0])
    assert len(reasons) == 1 and f"emgrader image build --engine {name}" in reasons[0]


@pytest.mark.parametrize(
    ("name", "said", "reason"),
    [
        ("bubblewrap", "bwrap: setting up uid map: Permission denied", "an administrator can"),
        ("docker", "Cannot connect to the Docker daemon at unix:///x.", "is it started"),
        ("podman", "cgroups in hybrid mode not supported", "install runc"),
        ("podman", "something else", "a test run in the sandbox failed: something else"),
    ],
)
def test_a_program_that_fails_is_a_reason(monkeypatch, tmp_path, name, said, reason):
    program = tmp_path / {"bubblewrap": "bwrap"}.get(name, name)
    program.write_text(f"#!/bin/sh\necho '{said}' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    (found,) = make(name).probe()
    assert reason in found


@pytest.mark.parametrize("name", AUTOMATIC)
def test_a_sandbox_that_does_not_hold_is_refused(monkeypatch, name):
    require(*works(name))
    if name == "bubblewrap":
        kept = tuple(flag for flag in bubblewrap._NAMESPACES if flag != "--unshare-net")
        monkeypatch.setattr(bubblewrap, "_NAMESPACES", kept)
        assert "the sandbox has a network" in make(name).probe()
    else:
        monkeypatch.setattr(container.seccomp, "PROFILE", "unconfined")
        assert "the filter of system calls is not in force" in make(name).probe()


def works(name):
    """Whether the engine works here, and why not."""
    reasons = make(name).probe()
    return not reasons, "; ".join(reasons)
