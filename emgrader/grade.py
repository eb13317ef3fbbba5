"""`emgrader grade`: a whole class, side by side, into the gradebook.

Two steps, so that the slow part is parallel and the gradebook is written in one place:

1. Each submission that is new or has changed is examined in a process of its own, which writes nothing but
   the finished results in `.emgrader/results/`.
2. As soon as that is done, nbgrader's own autograde runs over the submission in this process, finds the
   finished results, and writes `autograded/` and the gradebook.

What was finished stays finished: a run that was stopped goes on where it was when it is started again.
"""

import fcntl
import hashlib
import json
import logging
import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbgrader.converters import Autograde
from nbgrader.utils import determine_grade

from .course import CONFIG, CourseError, checked, open_course
from .examiner.course import instructor_cells
from .examiner.models import CONTROL, broker_for, uses_models
from .examiner.preprocessors import Examiner, sanitize
from .examiner.run import examine
from .examiner.walk import is_test
from .intake import check_in_place
from .messages import say
from .pool import run_jobs
from .progress import Board
from .sandbox import get_engine, settle

PRELOAD = ["emgrader.lean", "emgrader.ready", "pandas", "emlab"]
LIMIT = 1800.0  # seconds for one submission; the examiner's own limits end it long before
STEPS = logging.getLogger("emgrader.steps")  # the examiner says here which cell it is at


@dataclass
class Summary:
    """What a run did: students graded now, found unchanged, and {student: why} for what went wrong."""

    graded: list = field(default_factory=list)
    unchanged: list = field(default_factory=list)
    problems: dict = field(default_factory=dict)


def grade(course, assignment, jobs=None, console=None):
    """Grade every submission of `assignment` that is new or has changed. Returns a Summary."""
    _require_release(course, assignment)
    with _alone(course):
        return _grade(course, assignment, jobs, console)


def _grade(course, assignment, jobs, console):
    engine = _engine(course, console)
    refused = check_in_place(course, assignment)
    common = _common_digest(course, assignment, engine)
    prints = {
        s: _fingerprint(course, assignment, s, common)
        for s in course.students(assignment)
        if s not in refused
    }
    pending = [s for s in prints if not _is_graded(course, assignment, s, prints[s])]
    summary = Summary(unchanged=[s for s in prints if s not in pending], problems=refused)
    if not pending:
        return summary
    workers = max(1, min(jobs or os.cpu_count() or 1, len(pending)))
    broker = _broker(course, assignment)
    cells = instructor_cells(course.api.coursedir, assignment, course.notebook(assignment))
    todo = {student: [str(course.root), assignment, student, broker, engine, cells] for student in pending}
    broken = False
    with Board(pending, console) as board:
        for event in run_jobs(examine_ahead, todo, workers, PRELOAD, LIMIT):
            if event is None:
                board.redraw()
            elif event.kind == "start":
                board.start(event.name)
            elif event.kind == "tell":
                board.at(event.name, event.value)
            else:
                failed = event.kind == "failed"
                broken = broken or failed
                why = event.value if failed else _record(course, assignment, event.name, prints)
                board.end(event.name, why or event.value, failed=bool(why))
                if why:
                    summary.problems[event.name] = why
                else:
                    summary.graded.append(event.name)
    if broken:
        engine.probe()  # takes away what a process that was killed has left
    summary.graded.sort()
    return summary


@contextmanager
def _alone(course):
    """Hold the course's lock: one run at a time."""
    course.own().mkdir(exist_ok=True)
    with course.own("lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CourseError(say("grade.running", course=course.root)) from error
        yield


def examine_ahead(tell, root, assignment, student, broker, engine, cells):
    """Step 1 for one submission, in its own process. Returns the verdict to show: points by machine.

    `broker` is the control path of the model server that all processes share, or None; `engine` is the
    sandbox, which was tried already; `cells` are the instructor's.
    """
    if broker is not None:
        os.environ[CONTROL] = broker
    settle(engine)
    STEPS.addHandler(_Telling(tell))
    STEPS.setLevel(logging.INFO)
    with open_course(root, engine.name) as course:
        return _verdict(examined(course, assignment, student, cells))


def examined(course, assignment, student, cells):
    """The submitted notebook as nbgrader's autograde leaves it, before grades are read off its outputs."""
    notebook, coursedir = course.notebook(assignment), course.api.coursedir
    nb = nbformat.read(course.folder("submitted", assignment, student) / f"{notebook}.ipynb", as_version=4)
    sanitize(nb, cells)
    # nbgrader reads this back from a file before it examines; so must we, or it would not find the result
    nb = nbformat.reads(nbformat.writes(nb), as_version=4)
    keep = Autograde(parent=course.api).exclude_overwriting.get(assignment, ())
    context = Examiner(parent=course.api).context(nb, coursedir, assignment, student, notebook, keep)
    examine(nb, context).apply(nb)
    return nb


def _engine(course, console):
    """The sandbox that the settings ask for, tried once for all. Raises SandboxError without one."""
    settings = Examiner(parent=course.api)
    engine = get_engine(settings.engine, settings.image)
    if console is not None:
        for line in [say("grade.engine", engine=engine.name, image=engine.image).rstrip(), *engine.notes]:
            console.print(line, markup=False, highlight=False, soft_wrap=True)
    return engine


def _broker(course, assignment):
    """The control path of this process's model server, started if the assignment uses models; else None."""
    source = nbformat.read(course.folder("source", assignment) / f"{course.notebook(assignment)}.ipynb", 4)
    return broker_for(course.root).control_path if uses_models(source) else None


class _Telling(logging.Handler):
    """Passes the examiner's steps on to the progress display."""

    def __init__(self, tell):
        super().__init__()
        self.tell = tell

    def emit(self, record):
        self.tell(record.getMessage())


def _verdict(nb):
    """Points by machine, for the progress display."""
    marks = [determine_grade(cell) for cell in nb.cells if is_test(cell)]
    points, maximum = (sum(mark[n] for mark in marks) for n in (0, 1))
    return say("grade.verdict", points=f"{points:g}", maximum=f"{maximum:g}")


def _record(course, assignment, student, prints):
    """Step 2 for one submission: nbgrader's own autograde, and a note that this state is graded.

    Returns "", or why it failed.
    """
    try:
        checked(course.api.autograde(assignment, student, force=True), say("grade.doing", student=student))
    except CourseError as error:
        return str(error)
    path = _note(course, assignment, student)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part")
    partial.write_text(json.dumps({"fingerprint": prints[student]}))
    os.replace(partial, path)
    return ""


def _require_release(course, assignment):
    """The gradebook must know the assignment: nbgrader makes no grades without."""
    from nbgrader.api import MissingEntry

    notebook = course.notebook(assignment)
    try:
        with course.api.gradebook as gradebook:
            gradebook.find_notebook(notebook, assignment)
    except MissingEntry as error:
        raise CourseError(say("grade.not_released", assignment=assignment)) from error


# what is graded already


def _note(course, assignment, student):
    return course.own("graded", assignment, f"{student}.json")


def _is_graded(course, assignment, student, fingerprint):
    """Whether exactly this state of the submission is in autograded/ already."""
    note = _note(course, assignment, student)
    graded = course.folder("autograded", assignment, student) / f"{course.notebook(assignment)}.ipynb"
    try:
        return graded.exists() and json.loads(note.read_text())["fingerprint"] == fingerprint
    except (OSError, ValueError, KeyError):
        return False


def _common_digest(course, assignment, engine):
    """What all grades of an assignment depend on: its sources, the settings, the sandbox, our own code."""
    import emlab

    digest = hashlib.sha256(f"{engine.name} {engine.image}\n".encode())
    _add(digest, course.folder("source", assignment))
    _add(digest, course.root / CONFIG)
    for package in (Path(__file__).parent, Path(emlab.__file__).parent):
        _add(digest, package)
    with course.api.gradebook as gradebook:
        digest.update(str(gradebook.find_assignment(assignment).duedate).encode())
    return digest


def _fingerprint(course, assignment, student, common):
    digest = common.copy()
    _add(digest, course.folder("submitted", assignment, student))
    return digest.hexdigest()


def _add(digest, path):
    """Add a file, or all files below a folder, with their names, to a digest."""
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file() and file.suffix != ".pyc":
            digest.update(
                f"{file.relative_to(path)}\n{file.stat().st_size}\n".encode("utf-8", "surrogateescape")
            )
            digest.update(file.read_bytes())
