"""Examine many notebooks side by side with one model server, without nbgrader around each."""

import os
from pathlib import Path

import nbformat
from nbgrader.utils import determine_grade

from emgrader.examiner.context import Context, Timeouts
from emgrader.examiner.models import CONTROL, broker_for
from emgrader.examiner.seed import course_secret, seed_for
from emgrader.examiner.walk import is_test, walk
from emgrader.pool import run_jobs
from emgrader.sandbox import SETTLED, get_engine

LIMIT = 900.0  # seconds for one notebook
PRELOAD = ["tests.course.examine", "pandas", "emlab"]


def examine_all(root, assignment, notebooks, timeouts):
    """{name: (the checks lost, all that students see of the tests' outputs)} for {name: notebook}."""
    root = Path(root)
    control = broker_for(root).control_path
    common = [str(root), assignment, control, get_engine("auto").name, timeouts]
    jobs = {name: [*common, name, nbformat.writes(nb)] for name, nb in notebooks.items()}
    found = {}
    for event in run_jobs(_examine, jobs, os.cpu_count() or 1, PRELOAD, LIMIT):
        if event is not None and event.kind in ("done", "failed"):
            assert event.kind == "done", f"{event.name}: {event.value}"
            found[event.name] = event.value
    return found


def _examine(tell, root, assignment, control, engine, timeouts, name, text):
    os.environ[CONTROL], os.environ[SETTLED] = control, engine
    nb = nbformat.reads(text, as_version=4)
    context = Context(
        submission=f"{assignment}/{name}/{assignment}",
        files={p.name: p for p in Path(root, "source", assignment).glob("*.*") if p.suffix != ".ipynb"},
        seed=seed_for(course_secret(root), assignment, name),
        engine=engine,
        timeouts=Timeouts(**timeouts),
        broker=broker_for(root),
    )
    walk(nb, context).apply(nb)
    tests = [cell for cell in nb.cells if is_test(cell)]
    grades = {cell.metadata.nbgrader.grade_id: determine_grade(cell) for cell in tests}
    lost = {grade_id for grade_id, (points, maximum) in grades.items() if points is None or points < maximum}
    return lost, "\n".join(str(cell.outputs) for cell in tests)
