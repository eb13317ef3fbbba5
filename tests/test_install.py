"""install.py: what can be told without installing (tests/test_packaging.py installs for real)."""

import importlib.util
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
spec = importlib.util.spec_from_file_location("install", PROJECT / "install.py")
install = importlib.util.module_from_spec(spec)
spec.loader.exec_module(install)


def test_an_old_python_is_refused_by_name():
    with pytest.raises(install.InstallError, match=r"Python 3\.10\.4 .*needs Python 3\.11, 3\.12 or 3\.13"):
        install.check_python((3, 10, 4))


def test_a_newer_python_may_go_on_with_a_note(capsys):
    install.check_python((3, 14, 0))
    assert "tested with 3.11 to 3.13" in capsys.readouterr().out
    install.check_python((3, 12, 1))
    assert capsys.readouterr().out == ""


def test_an_intel_mac_is_told_before_the_download():
    with pytest.raises(install.InstallError, match="Intel Mac"):
        install.check_platform("Darwin", "x86_64")
    install.check_platform("Darwin", "arm64")
    install.check_platform("Windows", "AMD64")


def test_the_interpreter_of_an_environment_on_each_system():
    assert install.python_of("env", windows=True).as_posix() == "env/Scripts/python.exe"
    assert install.python_of("env", windows=False).as_posix() == "env/bin/python"


def test_the_last_line_can_be_typed_as_it_is(tmp_path):
    python = tmp_path / "my work" / "emlab-env" / "bin" / "python"
    assert install.start_line(python, tmp_path / "my work") == "emlab-env/bin/python -m jupyterlab"
    assert install.start_line(python, tmp_path / "other") == f'"{python}" -m jupyterlab'


@pytest.mark.parametrize(
    ("system", "driver", "cpu"),
    [
        ("Linux", None, True),
        ("Linux", "nvidia-smi", False),
        ("Darwin", None, False),
        ("Windows", None, False),
    ],
)
def test_the_cpu_build_is_asked_for_only_where_the_default_is_cuda(system, driver, cpu):
    assert install.wants_cpu_build(system, which=lambda name: driver) is cpu


def test_a_hanging_index_counts_as_out_of_reach(monkeypatch):
    tried = []

    def hang(command, timeout, **options):
        tried.append(timeout)
        if "--dry-run" in command:
            raise subprocess.TimeoutExpired(command, timeout)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(install.subprocess, "run", hang)
    assert install.cpu_build("python") is False
    assert tried == [install.FETCH_SECONDS, install.LOOK_SECONDS], "the real download is never begun"


def test_a_zip_that_was_not_unpacked_whole_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(install, "HERE", tmp_path)
    with pytest.raises(install.InstallError, match="Unpack the whole zip"):
        install.target(editable=False)


def test_the_torch_it_installs_is_the_locked_one():
    for name in ("student", "grader", "dev"):
        lines = (PROJECT / "requirements" / f"{name}.txt").read_text().splitlines()
        assert install.TORCH in lines


def test_locks_are_pins_only():
    """No address, no local path, no CUDA package; the grader's lock extends the student's."""
    pins = {}
    for name in ("student", "grader", "dev"):
        lines = (PROJECT / "requirements" / f"{name}.txt").read_text().splitlines()
        assert lines and all("==" in line.split(";")[0] for line in lines)
        assert not [line for line in lines if "/" in line or line.startswith(("nvidia", "cuda"))]
        pins[name] = {line.split(";")[0].split("==")[0]: line.split(";")[0].strip() for line in lines}
    for smaller, larger in (("student", "grader"), ("grader", "dev")):
        common = pins[smaller].keys() & pins[larger].keys()
        assert pins[smaller].keys() <= pins[larger].keys()
        assert [n for n in common if pins[smaller][n] != pins[larger][n]] == []
