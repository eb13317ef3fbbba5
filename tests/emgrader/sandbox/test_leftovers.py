"""Nothing remains of a sandbox: after a run, after its grader was interrupted, and after it was killed."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from emgrader.sandbox import ENGINES, Limits, Setup, cgroup
from emgrader.sandbox.container import LABEL
from emgrader.sandbox.folder import PREFIX
from emgrader.sandbox.kernel import Kernel
from tests.conftest import require
from tests.emgrader.small_course import SmallCourse

from .conftest import CONFINED, engine_named

LONG_CELL = """
import sys
from emgrader.sandbox import Setup, get_engine
from emgrader.sandbox.folder import PREFIX
from emgrader.sandbox.kernel import Kernel
with Kernel(get_engine(sys.argv[1]), Setup(packages=())) as kernel:
    print(kernel._launched.folder.path, flush=True)
    kernel.run_cell("import os\\nos.fork()\\nwhile True: pass", 600)
"""


def mentioning(word):
    """Processes with this word in their command line or environment."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if str(word).encode() in path.read_bytes() + path.with_name("environ").read_bytes():
                found.append(path)
        except OSError:
            continue
    return found


def workers(folder):
    """Numbers of the processes that started bubblewrap's sandboxes with folders in `folder`."""
    found = {int(path.parent.name) for path in mentioning(folder) if b"bwrap" in path.read_bytes()}
    return {int(Path(f"/proc/{pid}/stat").read_text().split()[3]) for pid in found} - found


def containers(engine, folder):
    """The containers that belong to sandboxes with folders in `folder`."""
    running = getattr(engine, "running", dict)()
    return [name for name, lock in running.items() if lock.startswith(str(folder))]


def groups():
    """The control groups of any sandbox of this process's children, or of a process that is gone."""
    return [path for root in set(cgroup.hierarchies().values()) for path in root.glob(cgroup.PREFIX + "*")]


def eventually(condition, seconds=20):
    """Whether the condition comes true in time."""
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


@pytest.mark.parametrize("name", ENGINES)
def test_a_run(name, temporary):
    engine = engine_named(name)
    with Kernel(engine, Setup(packages=())) as kernel:
        pid, folder = kernel._launched.process.pid, kernel._launched.folder.path
        if name != "local":  # which can't end what leaves its process group
            sleep = "import subprocess; subprocess.Popen(['sleep', '4713'], start_new_session=True)"
            assert kernel.run_cell(sleep, 60).status == "ok"
            assert mentioning("4713")
        assert folder.exists()
        kernel.close()
    assert not folder.exists() and not Path(f"/proc/{pid}").exists()
    assert not containers(engine, temporary)
    assert eventually(lambda: not mentioning(folder) and not mentioning("4713"))
    assert not [path for path in groups() if f"-{os.getpid()}-" in path.name]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("name", CONFINED)
def test_a_grader_that_is_stopped_takes_its_sandbox_with_it(name, how, temporary):
    engine = engine_named(name)
    grader = subprocess.Popen(
        [sys.executable, "-c", LONG_CELL, name],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "TMPDIR": str(temporary), "EMGRADER_ENGINE": name},
    )
    folder = Path(grader.stdout.readline().strip())
    assert folder.exists() and mentioning(folder)
    time.sleep(0.5)
    grader.send_signal(how)
    grader.wait(timeout=30)
    grader.stdout.close()
    if how != signal.SIGKILL:
        assert not folder.exists()
    assert eventually(lambda: not mentioning(folder))
    assert eventually(lambda: not containers(engine, temporary))
    # What a killed grader couldn't remove, the next one does.
    assert engine.probe() == []
    assert not folder.exists()
    assert not [path for path in groups() if f"-{grader.pid}-" in path.name]


@pytest.fixture(scope="module")
def endless(tmp_path_factory):
    """A course with two submissions that never end by themselves."""
    course = SmallCourse(tmp_path_factory.mktemp("endless") / "course")
    for student in ("student01", "student02"):
        course.submit(student, added=["while True: pass"])
    return course


@pytest.fixture
def grading(endless, temporary):
    """A function: an engine's name → `emgrader grade` at work in it, with a process for each submission."""
    started = []

    def start(name):
        command = [sys.executable, "-m", "emgrader.cli", "--course", endless.root, "grade", "small"]
        started.append(
            subprocess.Popen(
                [*command, "--jobs", "2", "--engine", name],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                env={**os.environ, "PYTHONPATH": os.getcwd(), "TMPDIR": str(temporary)},
            )
        )
        assert eventually(lambda: len(list(temporary.glob(f"{PREFIX}*/kernel/s-5"))) == 2, 120)
        return started[0]

    yield start
    for grader in started:
        grader.kill()
        grader.communicate()


STOPPED = [("podman", signal.SIGINT), ("docker", signal.SIGTERM), ("bubblewrap", signal.SIGTERM)]


@pytest.mark.parametrize(("name", "how"), [*STOPPED, *((name, signal.SIGKILL) for name in CONFINED)])
def test_a_class_that_is_stopped(name, how, temporary, grading):
    engine = engine_named(name)
    grader = grading(name)
    at_work = workers(temporary)
    assert len(at_work) == (2 if name == "bubblewrap" else 0)
    grader.send_signal(how)
    _, said = grader.communicate(timeout=60)
    assert grader.returncode == (-how if how == signal.SIGKILL else 130) and "Traceback" not in said
    assert eventually(lambda: not mentioning(temporary))
    assert eventually(lambda: not list(temporary.glob(f"{PREFIX}*")))
    assert not containers(engine, temporary)
    assert not [path for path in groups() if int(path.name.split("-")[1]) in at_work]


def test_a_worker_that_is_killed(temporary, grading):
    """The run goes on, and takes away what that worker could not."""
    engine_named("bubblewrap")
    grader = grading("bubblewrap")
    at_work = workers(temporary)
    for pid in at_work:
        os.kill(pid, signal.SIGKILL)
    said, _ = grader.communicate(timeout=60)
    assert len(at_work) == 2 and grader.returncode == 1
    assert said.count("its process was ended by SIGKILL") >= 2 and "2 not graded" in said
    assert eventually(lambda: not mentioning(temporary)) and not list(temporary.glob(f"{PREFIX}*"))
    assert not [path for path in groups() if int(path.name.split("-")[1]) in at_work]


@pytest.mark.parametrize("name", ["podman", "docker"])
def test_a_container_without_its_grader_is_removed_and_a_living_graders_is_not(name, temporary):
    engine = engine_named(name)
    with Kernel(engine, Setup(packages=())) as kernel, (temporary / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        alive = kernel._launched.name
        gone = "emgrader-test-left"
        command = [name, "run", "--detach", "--name", gone, "--label", f"{LABEL}={temporary}/lock"]
        command += ["--network", "none", "--ulimit", "nofile=1024:1024", "--ulimit", "nproc=4096:4096"]
        command += ["--entrypoint", "sleep", engine.image, "600"]
        assert subprocess.run(command, capture_output=True).returncode == 0
        try:
            engine.reap()
            assert {alive, gone} <= set(engine.running())
            lock.close()  # the grader is gone
            engine.reap()
            assert alive in engine.running() and gone not in engine.running()
        finally:
            engine.remove(gone)
        assert kernel.run_cell("1", 20).status == "ok"


def test_a_group_without_its_grader_is_removed(temporary):
    require(cgroup.hierarchies(), "root, who alone makes control groups")
    for root in set(cgroup.hierarchies().values()):
        (root / f"{cgroup.PREFIX}1-1-test").mkdir()
    cgroup.Group(Limits()).close()
    assert not [path for path in groups() if path.name.endswith("-1-1-test")]
