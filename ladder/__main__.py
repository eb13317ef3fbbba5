"""Make the whole ladder from nothing: train, export, measure, write the model card and the plots.

    python -m ladder                     every rung and seed, as many at a time as there are cores
    python -m ladder --rungs 22k 54k     train some rungs alone and stop there

Cut off, the same command goes on where it was. What a training says is in ladder/runs/<rung>-seed<seed>.log.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from pathlib import Path

from ladder.compute import flops_per_token
from ladder.corpus import stored
from ladder.rungs import RUNGS
from ladder.train import RUNS, Settings, run_folder

AFTER = ("ladder.corpus.excerpt", "ladder.export", "ladder.measure", "ladder.card")
LOOK_SECONDS = 30.0
_STEP = re.compile(r"step (\d+)/(\d+)")


def trainings(names: list[str]) -> list[tuple[str, int]]:
    """(rung, seed) of every training, the longest first, so that no core waits for a long one at the end."""
    chosen = [RUNGS[name] for name in names]
    return [(rung.name, seed) for rung in reversed(chosen) for seed in rung.seeds]


def run(jobs: list[tuple[str, int]], at_once: int) -> None:
    """Train all; `at_once` processes of one thread each. Exits with the log's place if one fails."""
    RUNS.mkdir(exist_ok=True)
    waiting, running = list(jobs), {}
    started = time.time()
    while waiting or running:
        while waiting and len(running) < at_once:
            job = waiting.pop(0)
            running[job] = _start(*job)
        time.sleep(LOOK_SECONDS if all(process.poll() is None for process in running.values()) else 0)
        for job, process in list(running.items()):
            if process.poll() is None:
                continue
            if process.returncode:
                for other in running.values():
                    other.terminate()
                raise SystemExit(f"the training of {job[0]}, seed {job[1]}, failed: see {_log(*job)}")
            del running[job]
        print(_progress(jobs, waiting, running, time.time() - started), flush=True)


def _start(name: str, seed: int) -> subprocess.Popen:
    with _log(name, seed).open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "ladder.train", name, "--seed", str(seed)],
            stdout=log,
            stderr=log,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
        )


def _log(name: str, seed: int) -> Path:
    return run_folder(name, seed).with_suffix(".log")


def _progress(jobs, waiting, running, seconds: float) -> str:
    """One line for all, and the last that each running training said.

    The time left is guessed from the share of the arithmetic that is done.
    """
    work = {job: flops_per_token(RUNGS[job[0]]) for job in jobs}
    said = {job: _last_line(_log(*job)) for job in running}
    done = sum(work[job] * (0 if job in waiting else _share(said.get(job))) for job in jobs)
    left = f", about {seconds * (sum(work.values()) / done - 1) / 60:.0f} min left" if done else ""
    finished = len(jobs) - len(waiting) - len(running)
    return f"{finished} of {len(jobs)} trained{left}" + "".join(f"\n  {line}" for line in said.values())


def _last_line(log: Path) -> str:
    """The last line of a training's log that says how far it is."""
    lines = [line for line in log.read_text(errors="replace").splitlines() if _STEP.search(line)]
    return lines[-1] if lines else f"{log.name} begins"


def _share(line: str | None) -> float:
    """How much of a training is done: all, where it says no more."""
    if line is None:
        return 1.0
    step = _STEP.search(line)
    return int(step[1]) / int(step[2]) if step else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the ladder from nothing.")
    parser.add_argument("--rungs", nargs="+", choices=RUNGS, help="train these alone and stop there")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="trainings at a time")
    arguments = parser.parse_args()
    jobs = trainings(arguments.rungs or list(RUNGS))
    for seed in sorted({seed for _, seed in jobs}):
        stored.write_all(seed, Settings())
    run(jobs, arguments.jobs)
    if arguments.rungs is None:
        for module in AFTER:
            subprocess.run([sys.executable, "-m", module], check=True)


if __name__ == "__main__":
    main()
