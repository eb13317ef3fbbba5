"""What each submission got, and why: a table for the terminal and CSV files.

Scores come from the gradebook; the reasons come from the graded notebooks in autograded/, where each failed
check shows its message and the examiner notes what happened (an endless loop, a kernel that died).
"""

import csv
import io
import os
import re
from dataclasses import dataclass, field

import nbformat
from nbgrader.api import MissingEntry
from nbgrader.plugins import CsvExportPlugin
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .intake import attention
from .messages import say

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f]")
SHOWN = 120  # characters of a check's message in the table; the CSV has all of it
REASONS = 5  # for one submission in the table, likewise


@dataclass
class Check:
    """One autograded cell of one submission. `message` says why points are missing, "" when none are."""

    grade_id: str
    points: float
    maximum: float
    message: str


@dataclass
class Row:
    """One submission: points by machine, penalty, points that wait for a person, and the reasons."""

    student: str
    late_seconds: float = 0.0
    penalty: float = 0.0
    manual_score: float = 0.0
    manual_waiting: float = 0.0
    checks: list = field(default_factory=list)
    events: list = field(default_factory=list)
    problem: str = ""  # why there is no grade yet

    @property
    def auto(self):
        return sum(check.points for check in self.checks)

    @property
    def maximum(self):
        return sum(check.maximum for check in self.checks)


def rows(course, assignment):
    """A Row for every submission in submitted/ and everything that waits for a person, by student."""
    notebook = course.notebook(assignment)
    source = nbformat.read(course.folder("source", assignment) / f"{notebook}.ipynb", as_version=4)
    machine = machine_graded(source)
    found = {}
    with course.api.gradebook as gradebook:
        for student in course.students(assignment):
            path = course.folder("autograded", assignment, student) / f"{notebook}.ipynb"
            try:
                submission = gradebook.find_submission_notebook(notebook, assignment, student)
                nb = nbformat.read(path, as_version=4)
            except (MissingEntry, FileNotFoundError):
                found[student] = Row(student, problem=say("report.not_graded"))
            else:
                found[student] = _row(student, submission, nb, machine)
    for note in attention(course, assignment):
        found.setdefault(note["student"], Row(note["student"])).problem = note["reason"]
    return [found[student] for student in sorted(found)]


def machine_graded(nb):
    """The grade ids of the cells that a machine marks (graded code that students don't write), in order."""
    metas = [cell.metadata.get("nbgrader", {}) for cell in nb.cells if cell.cell_type == "code"]
    return [meta["grade_id"] for meta in metas if meta.get("grade") and not meta.get("solution")]


def _row(student, submission, nb, machine):
    row = Row(student)
    row.late_seconds = submission.assignment.total_seconds_late
    row.penalty = submission.late_submission_penalty or 0.0
    row.events = [plain(event["text"]) for event in nb.metadata.get("emgrader", {}).get("events", [])]
    messages = {cell.metadata.get("nbgrader", {}).get("grade_id"): _message(cell) for cell in nb.cells}
    grades = {grade.name: grade for grade in submission.grades}
    for name in machine:
        grade = grades.pop(name)
        points, maximum = grade.score, grade.max_score
        message = "" if points >= maximum else messages.get(name) or say("report.no_message")
        row.checks.append(Check(name, points, maximum, message))
    for grade in grades.values():
        row.manual_score += grade.score
        row.manual_waiting += grade.max_score if grade.needs_manual_grade else 0.0
    return row


def _message(cell):
    """Why a test cell failed: the text of its error, the first one."""
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            return plain(output.evalue or output.ename)
    return ""


def plain(text):
    """Text that can't do anything to a terminal: no escape sequences, one line."""
    return " ".join(_ANSI.sub("", text).split())


def why(row):
    """The reasons of a Row in short sentences: each message once, with the checks that it cost."""
    if row.problem:
        return [row.problem]
    lines = list(dict.fromkeys(row.events))
    by_message = {}
    for check in row.checks:
        if check.message:
            by_message.setdefault(check.message, []).append(check.grade_id)
    for message, ids in by_message.items():
        key = "report.cost_few" if len(ids) <= 2 else "report.cost_many"
        lines.append(
            say(key, checks=", ".join(ids), first=ids[0], more=len(ids) - 1, message=first_sentence(message))
        )
    return lines or [say("report.all_passed")]


def first_sentence(text):
    """The first sentence of a message, at most SHOWN characters."""
    sentence = re.split(r"(?<=[.!?]) ", text, maxsplit=1)[0]
    return sentence if len(sentence) <= SHOWN else sentence[: SHOWN - 1] + "…"


def table(found, assignment):
    """A rich Table of the rows."""
    result = Table(
        title=say("report.title", assignment=assignment),
        title_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
    )
    result.add_column(say("report.student"), no_wrap=True)
    result.add_column(say("report.auto"), justify="right", no_wrap=True)
    result.add_column(say("report.late"), justify="right", no_wrap=True)
    result.add_column(say("report.by_hand"), justify="right", no_wrap=True)
    result.add_column(say("report.why"))
    for row in found:
        auto = f"{row.auto:g}/{row.maximum:g}" if row.checks else "-"
        late = f"-{row.penalty:g}" if row.penalty else (say("report.is_late") if row.late_seconds > 0 else "")
        waiting = f"{row.manual_waiting:g}" if row.manual_waiting else ""
        style = "yellow" if row.problem else ("green" if row.checks and row.auto == row.maximum else "")
        reasons = why(row)
        if len(reasons) > REASONS:
            reasons[REASONS:] = [say("report.more", count=len(reasons) - REASONS)]
        result.add_row(row.student, auto, late, waiting, Text("\n".join(reasons)), style=style)
    return result


def wide_console():
    """A console for reports: as wide as the terminal, and wide enough to read where there is none."""
    console = Console()
    return console if console.is_terminal else Console(width=120)


def export(course, assignment, folder):
    """Write nbgrader's own CSV and one with every check. Returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    grades = folder / f"{assignment}-grades.csv"
    partial = grades.with_suffix(".part")
    plugin = CsvExportPlugin(parent=course.api)
    plugin.to, plugin.assignment = str(partial), [assignment]
    with course.api.gradebook as gradebook:
        plugin.export(gradebook)
    with partial.open(newline="", encoding="utf-8") as file:
        header, *lines = csv.reader(file)
    lines.sort(key=lambda line: line[header.index("student_id")])  # not in the order in which they finished
    with partial.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *lines])
    os.replace(partial, grades)

    checks = folder / f"{assignment}-checks.csv"
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["student", "check", "points", "max_points", "message"])
    for row in rows(course, assignment):
        for check in row.checks:
            values = [row.student, check.grade_id, f"{check.points:g}", f"{check.maximum:g}", check.message]
            writer.writerow([safe_for_sheets(value) for value in values])
    partial = checks.with_suffix(".part")
    partial.write_text(text.getvalue(), encoding="utf-8")
    os.replace(partial, checks)
    return [grades, checks]


def safe_for_sheets(value):
    """A CSV field that a spreadsheet reads as text: one that would start a formula gets an apostrophe."""
    return "'" + value if value[:1] in ("=", "+", "-", "@", "\t") else value
