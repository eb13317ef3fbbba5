import shutil
import subprocess
import sys

import nbformat
import pytest

from emgrader.cli import main
from tests.conftest import tree


@pytest.fixture
def sent(tmp_path, mini_release, write_notebook):
    mini_release.cells[1].source = "def add(a, b):\n    return a + b"
    write_notebook(mini_release, tmp_path / "sent" / "student01_mini.ipynb")
    (tmp_path / "sent" / "student02_mini.ipynb").write_text("{")
    return tmp_path / "sent"


def run(course, *args):
    return main(["--course", str(course), *map(str, args)])


def test_a_round_through_all_commands(released_course, sent, capsys):
    when = ["--received", "2026-03-01T12:00+00:00"]
    assert run(released_course, "intake", sent, "--assignment", "mini", *when) == 1
    out = capsys.readouterr().out
    assert "student01: taken in" in out and "student02: student02_mini.ipynb is not a notebook" in out
    assert out.endswith("2 submissions: 1 taken in, 0 as before, 1 need your attention.\n")

    assert run(released_course, "grade", "mini", "--jobs", 1) == 0
    out = capsys.readouterr().out
    assert "3/3" in out and "no valid JSON" in out
    assert out.endswith("1 graded, 0 unchanged since they were graded, 0 not graded.\n")

    assert run(released_course, "report", "mini", "--csv", released_course / "out") == 0
    assert "mini-checks.csv" in capsys.readouterr().out
    assert sorted(tree(released_course / "out")) == ["mini-checks.csv", "mini-grades.csv"]


def test_release_check_tells_by_its_exit_status(released_course, capsys):
    assert run(released_course, "release", "mini", "--check") == 0
    assert "in step" in capsys.readouterr().out
    path = released_course / "release" / "mini" / "mini.ipynb"
    nb = nbformat.read(path, as_version=4)
    nb.cells[0].source = "# Edited by hand"
    nbformat.write(nb, path)
    assert run(released_course, "release", "mini", "--check") == 1
    assert "out of step with source/mini: mini.ipynb" in capsys.readouterr().out


def test_release_takes_all_assignments_unless_one_is_named(mini_course, monkeypatch, capsys):
    shutil.copytree(mini_course / "source" / "mini", mini_course / "source" / "second")
    differing = {"mini": [], "second": ["second.ipynb"]}
    monkeypatch.setattr("emgrader.release.out_of_step", lambda root, assignment: differing[assignment])
    assert run(mini_course, "release", "--check") == 1
    assert (
        "is in step with source/mini" in (out := capsys.readouterr().out) and "source/second: second" in out
    )
    assert run(mini_course, "release", "mini", "--check") == 0
    released = []
    monkeypatch.setattr("emgrader.release.release", lambda root, names: released.extend(names) or [])
    assert run(mini_course, "release") == 0 and released == ["mini", "second"]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["release", "maxi"], "no assignment 'maxi'"),
        (["grade", "maxi"], "no assignment 'maxi'"),
        (["intake", "nowhere", "--assignment", "mini"], "nowhere"),
    ],
)
def test_what_is_not_there_is_named_without_a_traceback(released_course, capsys, args, words):
    assert run(released_course, *args) == 1
    err = capsys.readouterr().err
    assert words in err and "Traceback" not in err


def test_a_class_zip_that_is_none(released_course, tmp_path, capsys):
    (tmp_path / "class.zip").write_bytes(b"no zip")
    assert run(released_course, "intake", tmp_path / "class.zip", "--assignment", "mini") == 1
    assert "class.zip is not a readable zip" in capsys.readouterr().err


def test_a_strange_time_is_named(released_course, sent, capsys):
    with pytest.raises(SystemExit):
        run(released_course, "intake", sent, "--assignment", "mini", "--received", "yesterday")
    assert "'yesterday' is no time like 2026-11-30T18:00" in capsys.readouterr().err


def test_outside_a_course(tmp_path, capsys):
    assert run(tmp_path, "grade", "mini") == 1
    assert "is no course folder" in capsys.readouterr().err


def test_a_stop_says_that_nothing_is_lost(released_course, monkeypatch, capsys):
    def stop(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr("emgrader.grade.grade", stop)
    assert run(released_course, "grade", "mini") == 130
    assert "run the same command again" in capsys.readouterr().err


def test_help_is_quick_and_loads_nothing_heavy():
    loaded = "*(m in sys.modules for m in ('nbgrader', 'torch'))"
    code = f"import sys, emgrader.cli as c; c.parser(); print({loaded})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False False", "neither nbgrader nor torch"
