"""The attacks as one class, in each engine: those that aim at the sandbox, or with ATTACKS=all every one.

test_generic.py hands each in by itself, in the quickest engine.
"""

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


@pytest.fixture(scope="module", params=GROUPS)
def attacked(request, tmp_path_factory):
    """A course in which every attack was graded, and the engine."""
    try:
        engine = get_engine(request.param)
    except SandboxError as error:
        require(False, str(error))
    tmp_path_factory.getbasetemp()  # pytest's own folder must not come to lie in ours
    with tempfile.TemporaryDirectory(prefix="e-", dir="/tmp") as folder:
        course = SmallCourse(tmp_path_factory.mktemp("attacks") / "course", config=CONFIG + LIMITS)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.settimeout(0.1)
            values = {"{root}": course.root, "{port}": listener.getsockname()[1], "{nap}": NAP}
            for attack in ATTACKS[request.param]:
                sources = {name: filled(text, values) for name, text in attack.sources.items()}
                course.submit(attack.name, sources, attack.added, attack.change, attack.files)
            before = tree(course.root / "submitted"), tree(course.root / "source")
            command = [sys.executable, "-m", "emgrader.cli", "--course", course.root]
            command += ["grade", "small", "--engine", request.param]
            environment = {**os.environ, "PYTHONPATH": os.getcwd(), "TMPDIR": folder}
            course.done = subprocess.run(command, capture_output=True, text=True, env=environment)
            with pytest.raises(TimeoutError):
                listener.accept()
        assert (tree(course.root / "submitted"), tree(course.root / "source")) == before
        course.left = [name for name, lock in engine.running().items() if lock.startswith(folder)]
        course.left += [path for path in os.listdir(folder) if path.startswith("emgrader-")]
        course.left += processes("sleep", str(NAP))
        course.engine = engine
        yield course


def test_nobody_was_stopped_and_nothing_remains(attacked):
    assert attacked.done.returncode == 0 and not attacked.done.stderr
    assert f"{len(ATTACKS[attacked.engine.name])} graded, 0 unchanged since they were graded, 0 not graded." in attacked.done.stdout
    assert f"Submissions run in {attacked.engine.name}. {attacked.engine.image}" in attacked.done.stdout
    assert not attacked.left
    assert not (attacked.root / "autograded" / "planted").exists()


@pytest.mark.parametrize(
    ("attacked", "attack"), EACH, indirect=["attacked"], ids=[f"{name}-{attack.name}" for name, attack in EACH]
)
def test_attack(attacked, attack):
    assert attacked.scores(attack.name) == attack.scores
    if attack.event is not None:
        assert attack.event in " ".join(filter(None, attacked.comments(attack.name).values()))
    nb = attacked.graded(attack.name)
    assert nb.metadata["emgrader"]["image"] == attacked.engine.image
    students = [c for c in nb.cells if c.cell_type == "code" and not c.metadata.get("nbgrader", {}).get("grade")]
    told = "".join(shown(output) for cell in students for output in cell.outputs)
    assert "GAINED" not in told and CANARY not in told
