import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from emgrader.pool import run_jobs


def work(tell, how, path=None):
    if how == "raise":
        raise ValueError("no such thing")
    if how == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "exit":
        os._exit(3)
    if how == "hang":
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        Path(path).write_text(str(child.pid))
        time.sleep(60)
    tell(f"at {how}")
    return how.upper()


def outcomes(jobs, **options):
    return {
        e.name: (e.kind, e.value)
        for e in run_jobs(work, jobs, 2, **options)
        if e and e.kind in ("done", "failed")
    }


def gone(pid):
    """Whether a killed process goes away within some seconds (a zombie has)."""
    for _ in range(100):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.05)
    return False


def test_each_job_ends_by_itself(tmp_path):
    pid = tmp_path / "pid"
    jobs = {"a": ["good"], "b": ["raise"], "c": ["die"], "d": ["exit"], "e": ["hang", pid], "f": ["fine"]}
    assert outcomes(jobs, limit=2) == {
        "a": ("done", "GOOD"),
        "b": ("failed", "ValueError: no such thing"),
        "c": ("failed", "its process was ended by SIGKILL"),
        "d": ("failed", "its process ended without a result (exit status 3)"),
        "e": ("failed", "it took longer than 2 seconds and was stopped"),
        "f": ("done", "FINE"),
    }
    assert gone(int(pid.read_text())), "what a job started ends with it"


def test_events_come_in_order_and_while_nothing_happens(tmp_path):
    events = list(run_jobs(work, {"a": ["good"]}, 1))
    assert [(e.kind, e.value) for e in events if e] == [
        ("start", None),
        ("tell", "at good"),
        ("done", "GOOD"),
    ]
    quiet = run_jobs(work, {"a": ["hang", tmp_path / "pid"]}, 1, tick=0.05)
    next(quiet)
    assert next(quiet) is None
    quiet.close()


def test_a_caller_that_stops_leaves_nothing_running(tmp_path):
    pid = tmp_path / "pid"
    jobs = run_jobs(work, {"a": ["hang", pid]}, 1, tick=0.05)
    with pytest.raises(KeyboardInterrupt):
        for _ in jobs:
            if pid.exists() and pid.read_text():
                raise KeyboardInterrupt
    jobs.close()
    assert gone(int(pid.read_text()))
