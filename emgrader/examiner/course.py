"""What the examiner needs from an nbgrader course: the instructor's cells and a submission's files.

Everything here only reads (the gradebook, source/, release/, submitted/), so it can run in many processes.
"""

import os
import shutil
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from nbgrader.utils import find_all_files

from emgrader.examiner.reconcile import InstructorCell

_NBGRADER_FILES = ("timestamp.txt", "submission_secret.txt")  # nbgrader puts these into a submission
MAX_FILE = 64 * 2**20  # bytes; a larger file beside the notebook is left out
_ORDER_FROM = ("source_directory", "release_directory")


def instructor_cells(coursedir, assignment, notebook):
    """The InstructorCells of a notebook, in the order of source/ (or release/, or the gradebook's)."""
    with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
        record = gradebook.find_notebook(notebook, assignment)
        grade = {cell.name: cell.max_score for cell in record.grade_cells}
        solution = {cell.name for cell in record.solution_cells}
        task = {cell.name: cell.max_score for cell in record.task_cells}
        released = _sources(coursedir, "release_directory", assignment, notebook)
        cells = [
            InstructorCell(
                grade_id=cell.name,
                cell_type=cell.cell_type,
                source=cell.source or "",
                released=released.get(cell.name),
                grade=cell.name in grade,
                solution=cell.name in solution,
                locked=bool(cell.locked),
                task=cell.name in task,
                points=grade.get(cell.name, task.get(cell.name)),
                checksum=cell.checksum,
            )
            for cell in record.source_cells
        ]
    order = {}
    for folder in _ORDER_FROM:
        for grade_id in _sources(coursedir, folder, assignment, notebook):
            order.setdefault(grade_id, len(order))
    return sorted(cells, key=lambda cell: order.get(cell.grade_id, len(order)))


def _sources(coursedir, folder, assignment, notebook):
    """grade_id → source of a notebook in one of the course's own folders; empty if it isn't there."""
    path = Path(coursedir.format_path(getattr(coursedir, folder), ".", assignment)) / f"{notebook}.ipynb"
    try:
        nb = nbformat.read(path, as_version=4)
    except (OSError, ValueError):
        return {}
    cells = [cell for cell in nb.cells if isinstance(cell.metadata.get("nbgrader"), dict)]
    return {str(cell.metadata.nbgrader.get("grade_id")): cell.source for cell in cells}


def submission_files(coursedir, assignment, student, keep=()):
    """What lies beside the notebook when it runs: the student's files, and the instructor's over them.

    Notebooks stay out (the autograded one holds the hidden tests), and so do links, what is reached through
    one, and large files. `keep` names files that are the student's to change. Returns name → path.
    """
    files = {}
    submitted = Path(coursedir.format_path(coursedir.submitted_directory, student, assignment))
    source = Path(coursedir.format_path(coursedir.source_directory, ".", assignment))
    for root in (submitted, source):
        for path in map(Path, find_all_files(str(root), [*coursedir.ignore, "*.ipynb"])):
            name = os.path.relpath(path, root)
            if root == source and name in keep and name in files:
                continue
            if path.name in _NBGRADER_FILES or _through_link(path, root) or not path.is_file():
                continue
            if path.suffix == ".ipynb" or path.stat().st_size > MAX_FILE:
                continue
            files[name] = path.resolve()
    return files


def remove_followed_links(coursedir, assignment, student):
    """Remove from autograded/ what nbgrader copied there through a student's links; returns the names.

    nbgrader follows links when it copies a submission, so one to another student's work, or to the gradebook,
    would bring that into the feedback.
    """
    submitted, autograded = (
        Path(coursedir.format_path(folder, student, assignment))
        for folder in (coursedir.submitted_directory, coursedir.autograded_directory)
    )
    removed = []
    for folder, folders, names in os.walk(submitted):
        for name in [*folders, *names]:
            path = Path(folder, name)
            copied = autograded / path.relative_to(submitted)
            if path.is_symlink() and copied.exists():
                shutil.rmtree(copied) if copied.is_dir() else copied.unlink()
                removed.append(str(path.relative_to(submitted)))
    return removed


def _through_link(path, root):
    parts = path.relative_to(root).parts
    return any(root.joinpath(*parts[:n]).is_symlink() for n in range(1, len(parts) + 1))
