"""Hostile submissions gain nothing, leak nothing and stop nobody: through nbgrader's own commands."""

import itertools
import os
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from emgrader.examiner import Context
from emgrader.examiner.walk import walk
from emgrader.sandbox import SandboxError, get_engine
from tests.attacks.generic import ATTACKS, FULL
from tests.conftest import require, tree
from tests.emgrader.hostile_page import active
from tests.emgrader.small_course import CANARY, CONFIG, SOLVED, SmallCourse

LIMITS = """
c.Examiner.cell_timeout = 5
c.Examiner.call_timeout = 3
c.Examiner.memory = 1024
"""
HIDDEN = (CANARY, "31337", "27182", "62674", 'double fails for a large number")', "828", "427")
_numbers = itertools.count(100)


def usable():
    """Whether a sandbox works here."""
    try:
        get_engine("auto")
    except SandboxError:
        return False
    return True


@pytest.fixture(scope="module")
def temporary(tmp_path_factory):
    """A folder for this module's temporary files alone, so that what others do doesn't count as left behind."""
    tmp_path_factory.getbasetemp()  # pytest's own folder must not come to lie in ours
    with tempfile.TemporaryDirectory(prefix="a-", dir="/tmp") as folder:
        before, tempfile.tempdir = tempfile.tempdir, folder
        yield folder
        tempfile.tempdir = before


@pytest.fixture(scope="module")
def course(tmp_path_factory, temporary):
    require(usable(), "a sandbox")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.getcwd())  # for the broker, which starts in the course's folder
        yield SmallCourse(tmp_path_factory.mktemp("attacks") / "course", config=CONFIG + LIMITS)


@pytest.fixture(scope="module")
def listener():
    """A server on this machine that an attack may try to reach."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        yield server


@pytest.fixture(scope="module")
def next_notebook(course):
    """The next submission: a right one, with hidden tests."""
    course.submit("classmate", SOLVED)
    assert course.call("autograde", "small", "classmate")["success"]
    assert course.scores("classmate") == FULL
    return course.graded("classmate")


def shown(output):
    """All text in one output."""
    return str(output.get("text", "")) + str(output.get("data", "")) + str(output.get("evalue", ""))


def filled(text, values):
    """The text with each key of `values` replaced by its value."""
    for key, value in values.items():
        text = text.replace(key, str(value))
    return text


def processes(*words):
    """Command lines of this machine's processes that hold all the words."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if all(word in line for word in words):
            found.append(line)
    return found


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_attack(attack, course, listener, temporary, next_notebook):
    nap = 90_000 + next(_numbers)
    root, port = course.root, listener.getsockname()[1]
    values = {"{root}": root, "{port}": port, "{nap}": nap}
    sources = {name: filled(text, values) for name, text in attack.sources.items()}
    attacker = f"attacker{nap}"
    folder = course.submit(attacker, sources, attack.added, attack.change, attack.files)
    (folder / "link").symlink_to("/etc/passwd")
    submitted, instructors = tree(folder), tree(root / "source")

    result = course.call("autograde", "small", attacker, force=True)
    assert result["success"], result["log"]
    after = walk(next_notebook, Context("small/classmate/small"))

    assert course.scores(attacker) == attack.scores
    assert [cell.passed for cell in after.cells if cell and cell.passed is not None] == [True, True]
    if attack.event is not None:
        assert attack.event in " ".join(filter(None, course.comments(attacker).values()))
    students_cells = [
        cell for cell in course.graded(attacker).cells
        if cell.cell_type == "code" and not cell.metadata.get("nbgrader", {}).get("grade")
    ]  # fmt: skip
    told = "".join(shown(output) for cell in students_cells for output in cell.outputs)
    assert "GAINED" not in told and CANARY not in told
    page = course.feedback(attacker)
    assert not [text for text in HIDDEN if text in page]
    assert active(page) == []
    assert not (root / "autograded" / "planted").exists()
    assert tree(folder) == submitted and tree(root / "source") == instructors
    with pytest.raises(TimeoutError):
        listener.accept()
    # Killed processes are gone a moment later.
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and (processes("sleep", str(nap)) or processes("bwrap", temporary)):
        time.sleep(0.05)
    assert not processes("sleep", str(nap))
    assert not processes("bwrap", temporary)
    assert not [name for name in os.listdir(temporary) if name.startswith("emgrader-")]


def test_a_whole_batch_in_one_command(course, temporary):
    """One command over everything: nobody's submission stops another's."""
    for name, change in (("batch1", None), ("batch2", _not_a_notebook), ("batch3", None)):
        folder = course.submit(name, SOLVED)
        if change is not None:
            change(folder / "small.ipynb")
    done = subprocess.run(
        ["nbgrader", "autograde", "small", "--force", "--student=batch*"],
        cwd=course.root,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.getcwd(), "TMPDIR": temporary},
    )
    assert done.returncode != 0 and "batch2" in done.stderr
    assert course.scores("batch1") == FULL and course.scores("batch3") == FULL


def _not_a_notebook(path):
    path.write_text("<html>not a notebook</html>")
