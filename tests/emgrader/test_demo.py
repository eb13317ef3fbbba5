import os
import shutil
from datetime import UTC, datetime, timedelta

import nbformat
import pytest
from nbgrader.api import Gradebook
from rich.console import Console

from emgrader.course import CourseError, assignments
from emgrader.demo import SAMPLES, demo, prepare, write_class
from emgrader.release import PROJECT
from tests.conftest import tree

ASSIGNMENT = "few_shot"
DUE = datetime(2026, 3, 1, tzinfo=UTC)


def test_the_class_is_written_as_an_lms_hands_it_over(tmp_path, mini_release):
    samples = tmp_path / "samples"
    samples.mkdir()
    (samples / "student01.py").write_text("# student: student01\n# late: 2 days\n# %% add\nadd = sum\n")
    (samples / "student02.py").write_text("# from: student01\n# file: my own.ipynb\n# encoding: utf-8-sig\n")
    (samples / "student03.ipynb").write_bytes(b"{ broken")
    sent = tmp_path / "sent"
    write_class(samples, mini_release, sent, "mini", DUE)
    files = tree(sent)
    assert sorted(files) == ["student01_mini.ipynb", "student02/my own.ipynb", "student03_mini.ipynb"]
    assert nbformat.reads(files["student01_mini.ipynb"].decode(), 4).cells[1].source == "add = sum"
    assert files["student02/my own.ipynb"].startswith(b"\xef\xbb\xbf{")
    assert files["student03_mini.ipynb"] == b"{ broken"
    assert os.path.getmtime(sent / "student01_mini.ipynb") == (DUE + timedelta(days=2)).timestamp()
    assert os.path.getmtime(sent / "student03_mini.ipynb") == (DUE - timedelta(hours=1)).timestamp()


def course_in(folder):
    """The project's own course, copied: its settings and sources."""
    folder.mkdir()
    shutil.copy(PROJECT / "nbgrader_config.py", folder)
    shutil.copytree(PROJECT / "source" / ASSIGNMENT, folder / "source" / ASSIGNMENT)
    return folder


def test_a_new_demo_keeps_answers_and_finished_results_and_nothing_else(tmp_path):
    root = course_in(tmp_path / "course")
    prepare(root, root / "demo", [ASSIGNMENT])
    ours = (".emgrader/answers.sqlite", ".emgrader/results/x", ".emgrader/x")
    for name in ("gradebook.db", "submitted/x", *ours):
        (root / "demo" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "demo" / name).write_text("old")
    prepare(root, root / "demo", [ASSIGNMENT])
    left = set(tree(root / "demo"))
    kept = {".emgrader/answers.sqlite", ".emgrader/results/x"}
    assert left == {*kept, "nbgrader_config.py", "source/few_shot/few_shot.ipynb"}


def test_every_assignment_with_a_class_takes_part(tmp_path, monkeypatch):
    taken = []
    root = course_in(tmp_path / "course")
    for name in ("a", "b"):
        shutil.copytree(root / "source" / ASSIGNMENT, root / "source" / name)
        (tmp_path / "samples" / name).mkdir(parents=True)
    monkeypatch.setattr(
        "emgrader.demo._round",
        lambda course, name, samples, *_: (taken.append((name, samples)), course.root, [course.root] * 2),
    )
    assert sorted(demo(root, samples=tmp_path / "samples")) == ["a", "b"]
    assert taken == [(name, tmp_path / "samples" / name) for name in ("a", "b")]
    assert assignments(root / "demo") == ["a", "b"], "without the one that has no class"
    with pytest.raises(CourseError, match="made-up class"):
        demo(root, samples=tmp_path / "no samples")


@pytest.mark.timeout(600)
def test_the_whole_round(tmp_path, capsys):
    """Starter, syntax error, cheat and a file that is no notebook, from release to report."""
    root = course_in(tmp_path / "course")
    samples = tmp_path / "samples" / ASSIGNMENT
    samples.mkdir(parents=True)
    for name in ("student01.py", "student07.py", "student11.py", "student14.ipynb"):
        shutil.copy(SAMPLES / ASSIGNMENT / name, samples)
    (samples / "student01.py").rename(samples / "base.py")
    (samples / "student09.py").write_text(
        "# student: student09\n# late: 2 days\n# %% build_prompt\ndef build_prompt(:\n# %% few_shot_gain\n"
        + (samples / "base.py").read_text().split("# %% few_shot_gain\n")[1].split("\n# %%")[0]
    )
    (samples / "base.py").unlink()
    before = tree(root)
    with (tmp_path / "out.txt").open("w") as file:
        found = demo(root, jobs=2, console=Console(file=file, width=120), samples=samples.parent)
    summary = found.pop(ASSIGNMENT)
    assert not found
    out = (tmp_path / "out.txt").read_text()
    assert summary.graded == ["student07", "student09", "student11"] and not summary.problems
    after = {name: data for name, data in tree(root).items() if not name.startswith("demo/")}
    assert after == before, "the course itself is not touched"

    with Gradebook(f"sqlite:///{root}/demo/gradebook.db", "emergent_capabilities") as gradebook:
        scores = {s: gradebook.find_submission(ASSIGNMENT, s) for s in summary.graded}
        assert scores["student07"].score == 0 and scores["student11"].score == 0
        assert scores["student09"].score == 1, "an error in one cell costs what needs that cell, no more"
        assert scores["student09"].late_submission_penalty == pytest.approx(0.2)
        assert gradebook.find_assignment(ASSIGNMENT).max_score == 25

    demo_folder = root / "demo"
    assert (demo_folder / "feedback" / "student07" / ASSIGNMENT / f"{ASSIGNMENT}.html").exists()
    lines = (demo_folder / "exports" / f"{ASSIGNMENT}-grades.csv").read_text().splitlines()
    assert [line.split(",")[3] for line in lines[1:]] == summary.graded
    checks = (demo_folder / "exports" / f"{ASSIGNMENT}-checks.csv").read_text().splitlines()
    assert len(checks) == 1 + 17 * 3
    assert "student14" in out and "no valid JSON" in out
    assert (demo_folder / "sent" / ASSIGNMENT / "student14_few_shot.ipynb").exists()
    for word in ("Where to look next", "0/17", "1/17", "formgrader", "-checks.csv"):
        assert word in out
