"""One course in which every made-up submission to exercise 1 is graded, once for all the gates."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from emgrader.course import open_course
from emgrader.grade import grade
from emgrader.release import generate
from emgrader.report import rows
from tests.course.exercise1 import ASSIGNMENT, PROJECT, everyone

# Endless loops of made-up students need not be waited for as long as those of real ones.
SETTINGS = "\nc.Examiner.call_timeout = 5\nc.Examiner.cell_timeout = 90\n"


@dataclass(frozen=True)
class Graded:
    """The graded course: its folder, the rows of the report by student, and the feedback pages by student."""

    root: Path
    rows: dict
    feedback: dict

    def lost(self, name: str) -> set[str]:
        """The checks of which a submission did not get full marks."""
        return {check.grade_id for check in self.rows[name].checks if check.points < check.maximum}


def make_course(root: Path, config: str) -> Path:
    shutil.copytree(PROJECT / "source" / ASSIGNMENT, root / "source" / ASSIGNMENT)
    (root / "nbgrader_config.py").write_text(config, encoding="utf-8")
    return root


def hand_in(root: Path, name: str, nb, files=None) -> None:
    folder = root / "submitted" / name / ASSIGNMENT
    folder.mkdir(parents=True)
    nbformat.write(nb, folder / f"{ASSIGNMENT}.ipynb")
    for file, text in (files or {}).items():
        (folder / file).write_text(text, encoding="utf-8")


@pytest.fixture(scope="session")
def graded(tmp_path_factory) -> Graded:
    config = (PROJECT / "nbgrader_config.py").read_text(encoding="utf-8") + SETTINGS
    root = make_course(tmp_path_factory.mktemp("gates") / "course", config)
    with open_course(root) as course:
        generate(course, ASSIGNMENT)
        for name, (nb, files) in everyone().items():
            hand_in(root, name, nb, files)
        summary = grade(course, ASSIGNMENT)
        assert not summary.problems
        course.api.generate_feedback(ASSIGNMENT, force=True)
        found = {row.student: row for row in rows(course, ASSIGNMENT)}
    pages = {name: root / "feedback" / name / ASSIGNMENT / f"{ASSIGNMENT}.html" for name in found}
    return Graded(root, found, {name: path.read_text(encoding="utf-8") for name, path in pages.items()})
