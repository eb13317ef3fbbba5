"""The attacks as one class, in each engine: those that aim at the sandbox, or with ATTACKS=all every one.

test_generic.py hands each in by itself, in the quickest engine.
"""

import functools
import os
import socket
import subprocess
import sys
import tempfile

import pytest

from emgrader.sandbox import SandboxError, get_engine
from tests.attacks import generic
from tests.attacks.generic import broker, faults, files, reaching, searching
from tests.attacks.test_generic import LIMITS, filled, processes, shown
from tests.conftest import require, tree
from tests.emgrader.small_course import CANARY, CONFIG, SmallCourse

# docker and podman give a container the same image and the same flags, so docker gets those attacks alone that
# try what an engine holds back or break down in it.
GROUPS = {"podman": (broker, searching, reaching, files, faults), "docker": (reaching, faults)}
if os.environ.get("ATTACKS") == "all":
    GROUPS = dict.fromkeys(("podman", "docker", "bubblewrap"), generic.GROUPS)
ATTACKS = {name: [attack for group in groups for attack in group.ATTACKS] for name, groups in GROUPS.items()}
NAP = 91_234
EACH = [(name, attack) for name, attacks in ATTACKS.items() for attack in attacks]


def grade_all(engine, root, folder):
    """Grade every attack on `engine` as one class. Returns the course, with what was said and what is left."""
    course = SmallCourse(root, config=CONFIG + LIMITS)
    course.engine = engine
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        values = {"{root}": course.root, "{port}": listener.getsockname()[1], "{nap}": NAP}
        for attack in ATTACKS[engine.name]:
            sources = {name: filled(text, values) for name, text in attack.sources.items()}
            course.submit(attack.name, sources, attack.added, attack.change, attack.files)
        before = tree(course.root / "submitted"), tree(course.root / "source")
        command = [sys.executable, "-m", "emgrader.cli", "--course", course.root]
        command += ["grade", "small", "--engine", engine.name]
        environment = {**os.environ, "PYTHONPATH": os.getcwd(), "TMPDIR": folder}
        course.done = subprocess.run(command, capture_output=True, text=True, env=environment)
        with pytest.raises(TimeoutError):
            listener.accept()
    assert (tree(course.root / "submitted"), tree(course.root / "source")) == before
    course.left = [name for name, lock in engine.running().items() if lock.startswith(folder)]
    course.left += [path for path in os.listdir(folder) if path.startswith("emgrader-")]
    course.left += processes("sleep", str(NAP))
    return course


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    """A function: name of an engine → its graded course, once for all tests.

    As a fixture with params, pytest would make it anew for nearly every attack.
    """
    tmp_path_factory.getbasetemp()  # pytest's own folder must not come to lie in ours

    @functools.cache
    def once(name):
        try:
            engine = get_engine(name)
        except SandboxError as error:
            require(False, str(error))
        with tempfile.TemporaryDirectory(prefix="e-", dir="/tmp") as folder:
            return grade_all(engine, tmp_path_factory.mktemp("attacks") / "course", folder)

    return once


@pytest.mark.parametrize("engine", GROUPS)
def test_nobody_was_stopped_and_nothing_remains(attacked, engine):
    course = attacked(engine)
    assert course.done.returncode == 0 and not course.done.stderr
    assert (
        f"{len(ATTACKS[engine])} graded, 0 unchanged since they were graded, 0 not graded."
        in course.done.stdout
    )
    assert f"Submissions run in {engine}. {course.engine.image}" in course.done.stdout
    assert not course.left
    assert not (course.root / "autograded" / "planted").exists()


@pytest.mark.parametrize(("engine", "attack"), EACH, ids=[f"{name}-{attack.name}" for name, attack in EACH])
def test_attack(attacked, engine, attack):
    course = attacked(engine)
    assert course.scores(attack.name) == attack.scores
    if attack.event is not None:
        assert attack.event in " ".join(filter(None, course.comments(attack.name).values()))
    nb = course.graded(attack.name)
    assert nb.metadata["emgrader"]["image"] == course.engine.image
    students = [
        c for c in nb.cells if c.cell_type == "code" and not c.metadata.get("nbgrader", {}).get("grade")
    ]
    told = "".join(shown(output) for cell in students for output in cell.outputs)
    assert "GAINED" not in told and CANARY not in told
