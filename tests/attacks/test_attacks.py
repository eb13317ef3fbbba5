"""Hostile submissions gain nothing, leak nothing and stop nobody, in any engine.

Every attack is in one class, which is graded once in each engine. CI grades all of them in the quickest engine,
and in the others those that aim at what an engine holds back; ATTACKS=all (`make attacks`) all of them in each.
"""

import functools
import os
import subprocess
import tempfile
from collections import Counter

import pytest

from emgrader.sandbox import SandboxError, get_engine
from tests.attacks import generic
from tests.attacks.batch import LIMITS, Batch
from tests.attacks.generic import broker, classmates, engines, faults, reaching
from tests.attacks.generic.attack import FULL
from tests.attacks.generic.classmates import CLASSMATES
from tests.conftest import require
from tests.emgrader.hostile_page import active
from tests.emgrader.small_course import CANARY, CONFIG, SOLVED, SmallCourse

# docker and podman give a container the same image and the same flags.
GROUPS = {
    "bubblewrap": generic.GROUPS,
    "podman": (broker, classmates, reaching, engines, faults),
    "docker": (reaching, engines),
}
if os.environ.get("ATTACKS") == "all":
    GROUPS = dict.fromkeys(GROUPS, generic.GROUPS)
ATTACKS = {name: [attack for group in groups for attack in group.ATTACKS] for name, groups in GROUPS.items()}
EACH = [(name, attack) for name, attacks in ATTACKS.items() for attack in attacks]
pytestmark = pytest.mark.timeout(3600)  # the first test of an engine waits for its whole class
HIDDEN = (CANARY, "31337", "27182", "62674", 'double fails for a large number")', "828", "427")


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    """A function: name of an engine → its graded class, once for all tests.

    As a fixture with params, pytest would make it anew for nearly every attack.
    """
    tmp_path_factory.getbasetemp()  # pytest's own folder must not come to lie in ours

    @functools.cache
    def once(name):
        try:
            engine = get_engine(name)
            with tempfile.TemporaryDirectory(prefix="e-", dir="/tmp") as folder:
                return Batch(engine, ATTACKS[name], tmp_path_factory.mktemp(name) / "course", folder)
        except Exception as error:
            return error

    def graded(name):
        batch = once(name)
        require(not isinstance(batch, SandboxError), str(batch))
        if isinstance(batch, Exception):
            raise batch
        return batch

    return graded


def test_there_are_many_and_none_twice():
    names = Counter(attack.name for attack in ATTACKS["bubblewrap"])
    assert len(names) >= 80 and set(names.values()) == {1}


@pytest.mark.parametrize("engine", GROUPS)
def test_nobody_was_stopped_and_nothing_remains(attacked, engine):
    batch = attacked(engine)
    graded = {attack.name for attack in ATTACKS[engine] if attack.scores is not None}
    assert set(batch.grades) == graded | set(CLASSMATES), batch.done.stderr
    assert (
        f"{len(batch.grades)} graded, 0 unchanged since they were graded, 0 not graded." in batch.done.stdout
    )
    assert f"Submissions run in {engine}. {batch.engine.image}".rstrip() in batch.done.stdout
    assert not batch.left and not batch.called
    assert not batch.changed and not batch.by_hand


@pytest.mark.parametrize("engine", GROUPS)
@pytest.mark.parametrize("student", CLASSMATES)
def test_a_classmate_gets_what_is_due(attacked, engine, student):
    batch = attacked(engine)
    assert batch.grades[student] == FULL
    assert not any(batch.comments(student)[name] for name in ("double", "mean"))
    assert "GAINED" not in batch.everything(student)


@pytest.mark.parametrize(("engine", "attack"), EACH, ids=[f"{name}-{attack.name}" for name, attack in EACH])
def test_attack(attacked, engine, attack):
    batch = attacked(engine)
    if attack.scores is None:
        assert attack.event in batch.refused[attack.name] and attack.name not in batch.grades
        return
    assert batch.grades[attack.name] == attack.scores
    if attack.event is not None:
        assert attack.event in " ".join(filter(None, batch.comments(attack.name).values()))
    assert batch.graded(attack.name).metadata["emgrader"]["image"] == batch.engine.image
    told = batch.told(attack.name)
    assert "GAINED" not in told and CANARY not in told
    page = batch.page(attack.name)
    assert not [text for text in HIDDEN if text in page]
    assert active(page) == []
    assert classmates.CANARY not in batch.everything(attack.name)
    assert batch.sent_by(attack.name) == batch.submitted[attack.name] != {}


def test_a_whole_class_in_one_process(tmp_path):
    """By nbgrader's own command, which runs all submissions in one process: no attack spoils it for the next."""
    require("bubblewrap" in GROUPS, "bubblewrap")
    course = SmallCourse(tmp_path / "course", config=CONFIG + LIMITS)
    chosen = {"hash_collisions", "endless_message", "kill_everything", "closed_in_the_middle", "forged_deep"}
    attacks = [attack for attack in ATTACKS["bubblewrap"] if attack.name in chosen]
    for number, attack in enumerate(attacks):
        course.submit(f"s{number}-attack", attack.sources, attack.added, attack.change, attack.files)
        course.submit(f"s{number}-classmate", SOLVED)
    (course.submit("s2-broken") / "small.ipynb").write_text("<html>not a notebook</html>")
    done = subprocess.run(
        ["nbgrader", "autograde", "small"],
        cwd=course.root,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )
    assert done.returncode != 0 and "s2-broken" in done.stderr
    for number, attack in enumerate(attacks):
        assert course.scores(f"s{number}-attack") == attack.scores, attack.name
        assert course.scores(f"s{number}-classmate") == FULL, attack.name
    assert len(attacks) == len(chosen)
