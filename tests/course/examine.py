"""Examine many notebooks side by side with one model server, without nbgrader around each.

Run as a program of its own, which reads its jobs from a file and writes what it found into another: kernels
are forked from a process that has nothing in it but what they need.
"""

import os
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from nbgrader.utils import determine_grade

from emgrader.examiner.context import Context, Timeouts
from emgrader.examiner.models import CONTROL, broker_for
from emgrader.examiner.seed import course_secret, seed_for
from emgrader.examiner.walk import is_test, walk
from emgrader.pool import run_jobs
from emgrader.sandbox import ENGINES
from tests.conftest import PROJECT
from tests.course import forked

LIMIT = 900.0  # seconds for one notebook


def examine_all(root, assignment, notebooks, timeouts):
    """{name: (the checks lost, all that students see of the tests' outputs)} for {name: notebook}."""
    root = Path(root)
    control = broker_for(root).control_path
    common = [str(root), assignment, control, timeouts]
    jobs = {name: [*common, name, nbformat.writes(nb)] for name, nb in notebooks.items()}
    with tempfile.TemporaryDirectory() as folder:
        asked, found = Path(folder, "jobs"), Path(folder, "found")
        asked.write_bytes(pickle.dumps(jobs))
        program = "import sys; from tests.course.examine import main; main(*sys.argv[1:])"
        command = [sys.executable, "-c", program, asked, found]
        subprocess.run(command, cwd=PROJECT, env={**os.environ, **forked.ENVIRONMENT}, check=True)
        return pickle.loads(found.read_bytes())


def main(asked, found_here):
    """The program: the jobs' file and the file for what was found."""
    jobs, found = pickle.loads(Path(asked).read_bytes()), {}
    preload = [__name__, *forked.PRELOAD]
    for event in run_jobs(_examine, jobs, os.cpu_count() or 1, preload, LIMIT):
        if event is not None and event.kind in ("done", "failed"):
            assert event.kind == "done", f"{event.name}: {event.value}"
            found[event.name] = event.value
    Path(found_here).write_bytes(pickle.dumps(found))


def _examine(tell, root, assignment, control, timeouts, name, text):
    ENGINES["forked"] = forked.Forked
    os.environ[CONTROL] = control
    nb = nbformat.reads(text, as_version=4)
    context = Context(
        submission=f"{assignment}/{name}/{assignment}",
        files={p.name: p for p in Path(root, "source", assignment).glob("*.*") if p.suffix != ".ipynb"},
        # one seed for all: what the checks then ask the models is asked once
        seed=seed_for(course_secret(root), assignment, "zoo"),
        engine="forked",
        timeouts=Timeouts(**timeouts),
        broker=broker_for(root),
    )
    walk(nb, context).apply(nb)
    tests = [cell for cell in nb.cells if is_test(cell)]
    grades = {cell.metadata.nbgrader.grade_id: determine_grade(cell) for cell in tests}
    lost = {grade_id for grade_id, (points, maximum) in grades.items() if points is None or points < maximum}
    return lost, "\n".join(str(cell.outputs) for cell in tests)

