"""Walks a notebook from top to bottom: the student's cells in the sandbox, test cells here.

A kernel that ends, or a cell that can't be stopped, costs the one cell that met it: a new sandbox is started
when it's next needed, the student's earlier cells are run again in it, without those that ended one before,
and the walk goes on.
"""

import contextlib
import logging
import os
import time

from nbformat.v4 import new_output

from emgrader.examiner import testcell, verdict
from emgrader.examiner.instructor import Definitions
from emgrader.examiner.outcome import CellOutcome, Event, Outcome
from emgrader.messages import say
from emgrader.sandbox import SandboxError, Setup, get_engine
from emgrader.sandbox.folder import PrivateFolder
from emgrader.sandbox.kernel import Kernel

STEPS = logging.getLogger("emgrader.steps")  # for progress displays
MAX_STARTS = 8  # sandboxes for one notebook


class Exhausted(Exception):
    """No more sandboxes or no more time for this notebook."""


def walk(nb, context):
    """Examine the notebook `nb`, which stays as it is. Raises SandboxError if nothing can run here."""
    walker = _Walker(nb, context)
    with _surroundings(context) as setup:
        try:
            walker.go(setup)
        finally:
            walker.stop()
    return walker.outcome


@contextlib.contextmanager
def _surroundings(context):
    """The environment that tests may rely on, and the sandbox's Setup."""
    changes = {"EMGRADER_SEED": context.seed}
    with contextlib.ExitStack() as stack:
        socket = None
        if context.broker is not None:
            # One socket for the student's kernel, one for the checks: the journal keeps them apart.
            sockets = []
            for name in (context.submission, f"{context.submission} (checks)"):
                folder = stack.enter_context(PrivateFolder())
                sockets.append(context.broker.open(name, folder.path))
                stack.callback(context.broker.close, name)
            socket = sockets[0]
            changes["EMLAB_BROKER"] = str(sockets[1])
        before = {name: os.environ.get(name) for name in changes}
        os.environ.update(changes)
        try:
            yield Setup(context.files, context.distributions, context.packages, socket, context.limits)
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value


class _Walker:
    def __init__(self, nb, context):
        self.cells = nb.cells
        self.context = context
        self.timeouts = context.timeouts
        self.engine = get_engine(context.engine, context.image)
        self.kernel = None
        self.starts = 0
        self.ran = []  # positions of the student's cells that ran and did no harm to the kernel
        self.outcome = Outcome([None] * len(self.cells), engine=self.engine.name, image=self.engine.image)
        for position, cell in enumerate(self.cells):
            if is_test(cell):
                self._store(position, verdict.not_run())
            elif cell.cell_type == "code":
                self.outcome.cells[position] = CellOutcome()

    def go(self, setup):
        """Run all cells in order."""
        self.setup = setup
        started = time.monotonic()
        self.deadline = started + self.timeouts.notebook
        for position, cell in enumerate(self.cells):
            if cell.cell_type != "code" or not cell.source.strip():
                continue
            STEPS.info(
                say("step.cell", cell=self._name(position), number=position + 1, count=len(self.cells))
            )
            try:
                self._ready()
                if is_test(cell):
                    self._test(position, cell)
                else:
                    self._student(position, cell)
            except Exhausted:
                self._give_up(position)
                break
        self.outcome.seconds = round(time.monotonic() - started, 3)

    def stop(self):
        """End the sandbox."""
        if self.kernel is not None:
            self.kernel.close()
            self.kernel = None

    def _ready(self):
        """A kernel in which the student's cells so far have run."""
        while self.kernel is None:
            if self.starts >= MAX_STARTS or self._left() <= 0:
                raise Exhausted
            self.starts += 1
            try:
                self.kernel = Kernel(self.engine, self.setup)
            except SandboxError as error:
                if self.starts == 1:
                    raise  # this machine's fault, not the submission's
                self._event("event.sandbox", None, why=str(error).splitlines()[0])
                raise Exhausted from None
            for position in list(self.ran):
                result = self.kernel.run_cell(self.cells[position].source, self._seconds(self.timeouts.cell))
                if not result.alive:
                    self.ran.remove(position)
                    self.stop()
                    break
        if self._left() <= 0:
            raise Exhausted

    def _left(self):
        return self.deadline - time.monotonic()

    def _seconds(self, limit):
        return max(0.1, min(limit, self._left()))

    def _student(self, position, cell):
        seconds = self._seconds(self.timeouts.cell)
        result = self.kernel.run_cell(cell.source, seconds)
        outputs = list(result.outputs)
        event = {"timeout": "event.cell_timeout", "flood": "event.cell_flood", "dead": "event.cell_died"}
        key = event.get(result.status) or ("event.truncated" if result.truncated else None)
        if key is not None:
            text = self._event(key, position, seconds=seconds)
            if result.status in event:
                outputs.append(new_output("error", ename="Stopped", evalue=text, traceback=[text]))
            else:
                outputs.append(new_output("stream", name="stdout", text=text + "\n"))
        self.outcome.cells[position] = CellOutcome(outputs, result.execution_count)
        if result.alive:
            self.ran.append(position)
        else:
            self.stop()

    def _test(self, position, cell):
        limit = self._seconds(self.timeouts.test)
        maximum = float(cell.metadata["nbgrader"]["points"])
        call_limit = self._seconds(self.timeouts.call)
        locked = Definitions(other.source for other in self.cells[:position] if is_locked(other))
        with _said() as said:
            result, alive = testcell.run(cell.source, self.kernel, maximum, call_limit, limit, locked)
        if not alive:
            self.stop()
        for text in said:
            self._event("event.rows", position, text=text)
        self._store(position, result)
        if result.event is not None:
            key, values = result.event
            self._event(key, position, result.detail, **values)

    def _give_up(self, position):
        self._event("event.gave_up", position)
        for later in range(position, len(self.cells)):
            if is_test(self.cells[later]):
                self._store(later, verdict.failed(say("check.no_kernel")))

    def _store(self, position, result):
        self.outcome.cells[position] = CellOutcome(result.outputs, None, result.passed)

    def _event(self, key, position, detail="", **values):
        text = say(key, cell=None if position is None else self._name(position), **values)
        grade_id = None if position is None else self._grade_id(position)
        self.outcome.events.append(Event(key, grade_id, text, detail))
        return text

    def _grade_id(self, position):
        return self.cells[position].metadata.get("nbgrader", {}).get("grade_id")

    def _name(self, position):
        return self._grade_id(position) or say("cell.number", number=position + 1)


@contextlib.contextmanager
def _said():
    """What emlab.checks logs in the block, as a list of texts."""
    texts = []
    handler = logging.Handler()
    handler.emit = lambda record: texts.append(record.getMessage())
    logger = logging.getLogger("emlab.checks")
    logger.addHandler(handler)
    try:
        yield texts
    finally:
        logger.removeHandler(handler)


def is_test(cell):
    """Whether this is a test cell: code that nbgrader grades and that holds no solution."""
    data = cell.metadata.get("nbgrader", {})
    return cell.cell_type == "code" and bool(data.get("grade")) and not data.get("solution")


def is_locked(cell):
    """Whether this is a code cell of the instructor's that students can't edit, and no test cell."""
    data = cell.metadata.get("nbgrader", {})
    return (
        cell.cell_type == "code"
        and bool(data.get("locked"))
        and not (data.get("grade") or data.get("solution"))
    )
