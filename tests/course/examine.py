"""Examine many notebooks side by side with one model server, without nbgrader around each.

Run as a program of its own, which reads its jobs from a file and writes what it found into another: kernels
are forked from a process that has nothing in it but what they need.
"""

import contextlib
import copy
import os
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbgrader.utils import determine_grade

from emgrader.examiner.context import Context, Timeouts
from emgrader.examiner.models import CONTROL, broker_for
from emgrader.examiner.seed import course_secret, seed_for
from emgrader.examiner.walk import is_test, walk
from emgrader.pool import run_jobs
from emgrader.sandbox import ENGINES, Setup
from emgrader.sandbox.folder import PrivateFolder
from emgrader.sandbox.kernel import Kernel
from emlab.checks import SEED_VARIABLE
from tests.conftest import PROJECT
from tests.course import forked
from tests.course.submissions import marks

LIMIT = 900.0  # seconds for one notebook
CELL = 180.0  # seconds for one of its cells, where all run in one kernel


class Examined(NamedTuple):
    """The checks lost, what students see of the tests' outputs, and what stock nbgrader takes, if asked."""

    lost: set
    shown: str
    lost_by_stock: set | None


def examine_all(root, assignment, notebooks, timeouts, stock_too):
    """{name: Examined} for {name: notebook}; those in `stock_too` go stock nbgrader's way as well."""
    root = Path(root)
    control = broker_for(root).control_path
    common = [str(root), assignment, control, timeouts]
    jobs = {n: [*common, n, nbformat.writes(nb), n in stock_too] for n, nb in notebooks.items()}
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


def _examine(tell, root, assignment, control, timeouts, name, text, stock_too):
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
    stock = _lost(_in_one_kernel(copy.deepcopy(nb), context)) if stock_too else None
    walk(nb, context).apply(nb)
    return Examined(_lost(nb), "\n".join(str(cell.outputs) for cell in nb.cells if is_test(cell)), stock)


def _in_one_kernel(nb, context):
    """`nb` as stock nbgrader runs it: its tests, hidden parts too, in the kernel of the student's cells."""
    seed = f"import os\nos.environ[{SEED_VARIABLE!r}] = {context.seed!r}"
    name = f"{context.submission} (stock)"
    with PrivateFolder() as folder, contextlib.ExitStack() as stack:
        socket = context.broker.open(name, folder.path)
        stack.callback(context.broker.close, name)
        setup = Setup(context.files, context.distributions, context.packages, socket, context.limits)
        kernel = stack.enter_context(Kernel(forked.Forked(), setup))
        kernel.run_cell(seed, CELL)
        for cell in nb.cells:
            if cell.cell_type == "code":
                result = kernel.run_cell(cell.source, CELL)
                assert result.alive, f"{name}: {cell.source}"
                cell.outputs = result.outputs
    return nb


def _lost(nb):
    grades = {marks(cell).grade_id: determine_grade(cell) for cell in nb.cells if is_test(cell)}
    return {grade_id for grade_id, (points, maximum) in grades.items() if points is None or points < maximum}
