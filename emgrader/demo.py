"""`emgrader demo`: a whole round with made-up classes, in a folder of its own.

Release, intake, grading in isolation, feedback, export, report: what an instructor does with a real class,
on the submissions of tests/sample_class. Everything happens in `demo/`, which is a course folder like any
other, with its own gradebook; the real one is not touched.
"""

import os
import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nbformat

from .course import CONFIG, CourseError, assignments, checked, open_course
from .grade import PRELOAD, grade
from .intake import take_in
from .messages import say
from .pool import run_jobs
from .release import PROJECT, generate
from .report import export, rows, table, wide_console
from .submission import build, read

SAMPLES = PROJECT / "tests" / "sample_class"
# What is kept in `.emgrader/` from run to run: what the models said, and the finished results with the secret
# that they are signed with. A result is found again only if submission, tests and environment are the same.
KEPT = ("answers.sqlite", "results", "secret")
SETTINGS = """
# Added by the demo: late work loses a tenth a day, and an endless loop is not waited for as long.
c.AssignLatePenalties.plugin_class = "emgrader.late.TenthPerDay"
c.Examiner.call_timeout = 5
"""


def demo(root, folder="demo", jobs=None, console=None, samples=SAMPLES, engine=None):
    """Run the demo in `root`/`folder` for each assignment that has a made-up class in `samples`.

    All but what KEPT names is made anew. Returns {assignment: grade's Summary}.
    """
    console = console or wide_console()
    started = time.monotonic()
    here, root = Path.cwd(), Path(root).resolve()
    place = root / folder
    chosen = [name for name in assignments(root) if (samples / name).is_dir()]
    if not chosen:
        raise CourseError(say("demo.no_class", samples=samples))
    prepare(root, place, chosen)
    if (place / ".emgrader" / "results").exists():
        _step(console, "demo.kept", folder=folder)
    with open_course(place, engine) as course:
        rounds = {name: _round(course, name, samples / name, jobs, console) for name in chosen}
    _, page, files = rounds[chosen[-1]]
    paths = {"folder": place, "page": page, "grades": files[0], "checks": files[1]}
    shown = {name: os.path.relpath(path, here) for name, path in paths.items()}
    line = say("demo.next", seconds=f"{time.monotonic() - started:.0f}", **shown)
    console.print(line, markup=False, highlight=False, soft_wrap=True)
    return {name: summary for name, (summary, _, _) in rounds.items()}


def _round(course, assignment, samples, jobs, console):
    """One assignment, from its release to its table: grade's Summary, a feedback page, what was exported."""
    _step(console, "demo.release", assignment=assignment)
    generate(course, assignment)
    due = set_due(course, assignment)
    sent = course.root / "sent" / assignment
    release = nbformat.read(course.folder("release", assignment) / f"{assignment}.ipynb", as_version=4)
    write_class(samples, release, sent, assignment, due)

    _step(console, "demo.intake", folder=sent.relative_to(course.root.parent))
    for received in take_in(course, assignment, sent):
        for line in [*received.actions, *received.notes, *_attention(received)]:
            console.print(f"  {received.student}: {line}", markup=False, highlight=False)

    _step(console, "demo.grade")
    summary = grade(course, assignment, jobs, console)
    for student, why in summary.problems.items():
        console.print(f"  {student}: {why}", markup=False, highlight=False)

    _step(console, "demo.feedback")
    write_feedback(course, assignment, summary.graded, jobs)
    files = export(course, assignment, course.root / "exports")
    pages = sorted(course.folder("feedback", assignment, "*").parent.parent.glob(f"*/{assignment}/*.html"))
    console.print()
    console.print(table(rows(course, assignment), assignment))
    return summary, pages[0] if pages else course.root, files


def write_feedback(course, assignment, students, jobs=None):
    """nbgrader's generate_feedback for these students, shared out over some processes."""
    workers = max(1, min(jobs or os.cpu_count() or 1, len(students)))
    shares = {str(n): [str(course.root), assignment, students[n::workers]] for n in range(workers)}
    for event in run_jobs(_feedback_for, shares, workers, PRELOAD):
        if event is not None and event.kind == "failed":
            raise CourseError(event.value)


def _feedback_for(tell, root, assignment, students):
    with open_course(root) as course:
        for student in students:
            checked(course.api.generate_feedback(assignment, student, force=True), say("demo.doing_feedback"))


def prepare(root, place, chosen):
    """Make the demo's course folder anew: the course's settings and sources, and no submission yet."""
    for folder, kept in ((place, (".emgrader",)), (place / ".emgrader", KEPT)):
        for path in folder.iterdir() if folder.exists() else []:
            if path.name not in kept:
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    place.mkdir(exist_ok=True)
    for assignment in chosen:
        shutil.copytree(root / "source" / assignment, place / "source" / assignment)
    (place / CONFIG).write_text((root / CONFIG).read_text(encoding="utf-8") + SETTINGS, encoding="utf-8")


def set_due(course, assignment):
    """Put the due date at the last midnight, so that the class has handed in. Returns it (aware, UTC)."""
    due = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    with course.api.gradebook as gradebook:
        gradebook.update_or_create_assignment(assignment, duedate=due.replace(tzinfo=None))
    return due


def write_class(samples, release, folder, assignment, due):
    """Write the made-up class as an LMS would hand it over: a notebook or a folder for each student.

    `samples` holds submissions as text (*.py, see emgrader.submission) and raw files that are no proper
    notebooks (*.ipynb). Everyone hands in an hour before `due`, plus what their text says they are late.
    """
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(samples.glob("*.py"))}
    for name, text in texts.items():
        percent = read(text, name)
        data = nbformat.writes(build(release, text, name, texts)).encode(percent.encoding)
        path = folder / name / percent.file if percent.file else folder / f"{name}_{assignment}.ipynb"
        _write(path, data, due + (percent.late or -timedelta(hours=1)))
    for path in sorted(samples.glob("*.ipynb")):
        _write(folder / f"{path.stem}_{assignment}.ipynb", path.read_bytes(), due - timedelta(hours=1))


def _write(path, data, when):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (when.timestamp(), when.timestamp()))


def _attention(received):
    return [received.outcome] if received.status == "attention" else []


def _step(console, key, **values):
    console.print(say(key, **values), style="bold", markup=False, highlight=False)
