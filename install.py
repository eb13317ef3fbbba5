"""Set the course up on this machine: a virtual environment with everything in it, by one command.

    python install.py                      a student: the environment `emlab-env` beside this file
    python install.py --extra grader       an instructor
    python install.py --extra dev --venv .venv --editable

Only the standard library is used. Each step may be run again: what is there already is kept. torch goes in
first, because its default build for Linux carries several gigabytes of CUDA that a machine without an NVIDIA
GPU has no use for: there the CPU build is tried, and where it can't be reached the default build is taken.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST, NEWEST = (3, 11), (3, 13)
TORCH = "torch==2.13.0"  # as in requirements/*.txt
UV = "uv==0.13.9"  # knows where CPU builds of torch are kept
LOOK_SECONDS = 40  # to find out whether the CPU build can be had
FETCH_SECONDS = 1800  # to fetch it: about 200 MB

QUIET = ["--quiet", "--quiet", "--disable-pip-version-check"]  # errors are still shown

HERE = Path(__file__).resolve().parent


class InstallError(Exception):
    """The set-up cannot go on; the message says what to do about it."""


def check_python(version=sys.version_info):
    """Refuse a Python that is too old, by name and with the way out. A newer one than we tried may go on."""
    found = ".".join(str(n) for n in version[:3])
    if tuple(version[:2]) < OLDEST:
        raise InstallError(
            f"This is Python {found} ({sys.executable}); the course needs Python 3.11, 3.12 or 3.13. "
            "Install one of them and run this again with it, for example: python3.12 install.py"
        )
    if tuple(version[:2]) > NEWEST:
        say(
            f"Note: this is Python {found}. The course is tested with 3.11 to 3.13; "
            "if a step below fails, use one of them."
        )


def check_platform(system, machine):
    """Refuse the one common laptop for which there is no torch any more."""
    if system == "Darwin" and machine == "x86_64":
        raise InstallError(
            "This Python is built for Intel Macs, for which PyTorch is no longer made. On an Apple-silicon "
            "Mac install the arm64 build of Python; on an Intel Mac use a Linux machine or a Linux virtual "
            "machine."
        )


def python_of(venv, windows=os.name == "nt"):
    """The interpreter inside a virtual environment: Scripts\\python.exe on Windows, bin/python elsewhere."""
    return Path(venv) / ("Scripts/python.exe" if windows else "bin/python")


def make_venv(venv):
    """Create the virtual environment unless a working one is there."""
    python = python_of(venv)
    if (
        python.exists()
        and subprocess.run([python, "-m", "pip", "--version"], capture_output=True).returncode == 0
    ):
        return python
    say(f"Creating the environment {venv} ...")
    done = subprocess.run([sys.executable, "-m", "venv", "--clear", venv], capture_output=True, text=True)
    if done.returncode != 0:
        why = (done.stdout + done.stderr).strip()
        hint = ""
        if "ensurepip" in why:
            hint = (
                "\nOn Debian and Ubuntu the missing piece is one package: sudo apt-get install python3-venv"
            )
        raise InstallError(f"The environment {venv} could not be created:\n{why}{hint}")
    return python


def wants_cpu_build(system=None, which=shutil.which):
    """True where plain pip would bring a CUDA build of no use: Linux without an NVIDIA driver."""
    system = system or platform.system()
    return system == "Linux" and which("nvidia-smi") is None and not Path("/proc/driver/nvidia").exists()


def install_torch(python):
    """Put torch in: the CPU build where it fits and can be had, else whatever plain pip finds."""
    if has(python, TORCH):
        return
    if wants_cpu_build():
        if cpu_build(python):
            return
        say("The CPU build of torch cannot be reached from here; taking the default build.")
    say(f"Installing {TORCH} (this can take some minutes) ...")
    run([python, "-m", "pip", "install", *QUIET, TORCH])


def cpu_build(python):
    """Try the CPU build with uv, in bounded time. Returns whether torch is in place afterwards.

    A dry run comes first: it only looks the build up, so that a network which swallows requests costs
    seconds, not the time that a real download may take.
    """
    say(f"Looking for a CPU build of {TORCH} ...")
    env = {**os.environ, "UV_HTTP_RETRIES": "1", "UV_HTTP_CONNECT_TIMEOUT": "10"}
    uv = [
        python,
        "-m",
        "uv",
        "pip",
        "install",
        "--quiet",
        "--python",
        python,
        "--torch-backend",
        "cpu",
        TORCH,
    ]
    steps = [
        ([python, "-m", "pip", "install", *QUIET, UV], FETCH_SECONDS),
        ([*uv, "--dry-run"], LOOK_SECONDS),
        (uv, FETCH_SECONDS),
    ]
    for command, seconds in steps:
        try:
            if subprocess.run(command, env=env, timeout=seconds, capture_output=True).returncode != 0:
                return False
        except (subprocess.TimeoutExpired, OSError):
            return False
    return True


def has(python, requirement):
    """Whether the environment holds `name==version` already, of whatever build."""
    name, version = requirement.split("==")
    code = f"from importlib.metadata import version as v; print(v({name!r}).split('+')[0] == {version!r})"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True)
    return done.stdout.strip() == "True"


def install_project(python, extra, editable):
    """Install the wheel beside this file, or the project itself, with the packages its lock names."""
    lock = HERE / "requirements" / f"{extra}.txt"
    say(f"Installing the packages of requirements/{lock.name} (this can take some minutes) ...")
    run([python, "-m", "pip", "install", *QUIET, "-r", lock])
    run([python, "-m", "pip", "install", *QUIET, "--no-deps", "--force-reinstall", *target(editable)])


def target(editable):
    """What pip is given to install: the wheel in the students' zip, or the project's folder."""
    wheels = sorted(HERE.glob("emlab-*.whl"))
    if wheels:
        return [wheels[-1]]
    if (HERE / "pyproject.toml").exists():
        # setuptools is in the lock, so nothing has to be fetched to build
        return ["--no-build-isolation", *(["--editable", HERE] if editable else [HERE])]
    raise InstallError(
        f"There is no emlab-….whl beside {Path(__file__).name}. Unpack the whole zip and run it from there."
    )


def start_line(python, here=None):
    """What to type to start JupyterLab: seen from here if it can be, which needs no quotes."""
    python, here = Path(python).absolute(), Path(here or os.getcwd())
    if python.is_relative_to(here):
        return f"{python.relative_to(here)} -m jupyterlab"
    return f'"{python}" -m jupyterlab'


def run(command):
    """Run a step and stop the set-up where it fails, with the command to repeat it by hand."""
    if subprocess.run(command).returncode != 0:
        line = " ".join(str(part) for part in command)
        raise InstallError(
            f"This step failed; the messages above say why:\n    {line}\n"
            "If it was the network, run install.py again: it goes on where it stopped."
        )


def say(line):
    print(line, flush=True)


def main(argv=None):
    parser = argparse.ArgumentParser(description="Set the course up in a virtual environment.")
    parser.add_argument("--venv", type=Path, default=HERE / "emlab-env", help="its folder (made if missing)")
    parser.add_argument(
        "--extra", choices=["student", "grader", "dev"], default="student", help="who it is for"
    )
    parser.add_argument(
        "--editable", action="store_true", help="install the project so that edits take effect"
    )
    args = parser.parse_args(argv)
    try:
        check_python()
        check_platform(platform.system(), platform.machine())
        python = make_venv(args.venv)
        install_torch(python)
        install_project(python, args.extra, args.editable)
    except InstallError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    if args.extra == "student":
        say(f"\nReady. Start working with:\n    {start_line(python)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
