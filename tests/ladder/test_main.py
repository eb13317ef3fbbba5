import subprocess
import sys

import pytest

from ladder import __main__ as main
from ladder.rungs import RUNGS


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(main, "RUNS", tmp_path)
    monkeypatch.setattr(main, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(main, "run_folder", lambda name, seed: tmp_path / f"{name}-seed{seed}")
    return tmp_path


def test_every_seed_of_every_rung_is_trained_the_largest_first():
    jobs = main.trainings(list(RUNGS))
    assert sorted(jobs) == sorted((rung.name, seed) for rung in RUNGS.values() for seed in rung.seeds)
    assert [name for name, _ in jobs][0] == list(RUNGS)[-1]


def test_the_progress_counts_what_running_trainings_have_done(folder, capsys):
    jobs = [("22k", 0), ("22k", 1), ("22k", 2)]
    (folder / "22k-seed1.log").write_text("22k step 150/300 loss 1.0\n25k step 150 a look\n")
    line = main._progress(jobs, waiting=[("22k", 2)], running=[("22k", 1)], seconds=600.0)
    assert line.splitlines() == ["1 of 3 trained, about 10 min left", "  22k step 150/300 loss 1.0"]


def test_a_training_that_fails_stops_the_others_and_names_its_log(monkeypatch):
    code = {"22k": "raise SystemExit(3)", "54k": "import time; time.sleep(60)"}
    started = []

    def start(name, seed):
        main._log(name, seed).write_text("")
        started.append(subprocess.Popen([sys.executable, "-c", code[name]]))
        return started[-1]

    monkeypatch.setattr(main, "_start", start)
    with pytest.raises(SystemExit, match="22k, seed 0.*22k-seed0.log"):
        main.run([("22k", 0), ("54k", 0)], at_once=2)
    assert started[1].wait(10) != 0
