"""For each assignment one course in which made-up submissions are graded, once for all the gates."""

import functools
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from emgrader.course import open_course
from emgrader.grade import grade
from emgrader.release import generate
from emgrader.report import rows
from emgrader.submission import read
from tests.conftest import PROJECT
from tests.course import submissions
from tests.course.examine import examine_all
from tests.course.reach import reached
from tests.course.submissions import marks

# Endless loops of made-up students need not be waited for as long as those of real ones.
TIMEOUTS = {"call": 5}
SETTINGS = "".join(f"\nc.Examiner.{name}_timeout = {seconds}" for name, seconds in TIMEOUTS.items())
# Wrong solutions that go the whole way through nbgrader, and through stock nbgrader too. The others, like
# other right solutions, are examined on the cells that their difference can reach, and only as far as the
# last check that they must lose: a changed prompt would cost a whole experiment. EMLAB_WHOLE_ZOO=1 sends
# every wrong solution the whole way.
WHOLE_WAY = ("claim_does_not_hold",)
# Cells that ask models thousands of prompts.
LONG = {"experiment", "effects"}
# The hidden inputs of the gates are the same in every run; EMLAB_WHOLE_ZOO=1 draws others each time.
SECRET = "0123456789abcdef" * 4


@dataclass(frozen=True)
class Graded:
    """A graded course: its folder, the rows of the report by student, feedback pages, and what was examined.

    `examined` is {name: Examined} of the wrong solutions and the variants.
    """

    root: Path
    rows: dict
    feedback: dict
    examined: dict

    def lost(self, name: str) -> set[str]:
        """The checks of which a submission did not get full marks."""
        if name in self.rows:
            return {check.grade_id for check in self.rows[name].checks if check.points < check.maximum}
        return self.examined[name].lost


def make_course(root: Path, assignment: str, config: str) -> Path:
    shutil.copytree(PROJECT / "source" / assignment, root / "source" / assignment)
    (root / "nbgrader_config.py").write_text(config, encoding="utf-8")
    return root


def hand_in(root: Path, assignment: str, name: str, nb, files=None) -> None:
    folder = root / "submitted" / name / assignment
    folder.mkdir(parents=True)
    nbformat.write(nb, folder / f"{assignment}.ipynb")
    for file, text in (files or {}).items():
        (folder / file).write_text(text, encoding="utf-8")


def whole_way(assignment: str) -> dict:
    """The wrong solutions that nbgrader grades, as handed in, by name."""
    every = os.environ.get("EMLAB_WHOLE_ZOO") == "1"
    chosen = {n: wrong for n, wrong in submissions.zoo(assignment).items() if every or n in WHOLE_WAY}
    return {f"zoo-{name}": submissions.solution(assignment, wrong.edits) for name, wrong in chosen.items()}


def _others(assignment: str) -> dict:
    """The rest of the zoo, and the variants, as grading runs them: the cells that count."""
    found = {}
    for name, wrong in submissions.zoo(assignment).items():
        nb = submissions.solved_source(assignment, wrong.edits)
        last = max(place for place, cell in enumerate(nb.cells) if marks(cell).get("grade_id") in wrong.loses)
        nb.cells = nb.cells[: last + 1]
        found[f"zoo-{name}"] = reached(nb, set(wrong.edits), wrong.loses)
    for name, text in submissions.variants(assignment).items():
        changed = {grade_id for _, grade_id, _ in read(text).blocks}
        found[f"variant-{name}"] = reached(submissions.solved_source(assignment, variant=text), changed)
    return {name: nb for name, nb in found.items() if name not in whole_way(assignment)}


def _stock_too(assignment: str, notebooks: dict) -> set[str]:
    """The notebooks that go stock nbgrader's way too: for each check a wrong solution that loses it.

    None of them runs a long experiment. All notebooks with EMLAB_WHOLE_ZOO=1.
    """
    if os.environ.get("EMLAB_WHOLE_ZOO") == "1":
        return set(notebooks)
    chosen, covered = set(), set()
    for name, wrong in submissions.zoo(assignment).items():
        nb = notebooks.get(f"zoo-{name}")
        if nb is None or any(marks(cell).get("grade_id") in LONG for cell in nb.cells):
            continue
        if not wrong.loses <= covered:
            chosen.add(f"zoo-{name}")
            covered |= wrong.loses
    return chosen


@pytest.fixture(scope="session")
def graded(tmp_path_factory):
    """A function: assignment → its Graded; what went wrong once is not tried again."""
    failed = {}

    def graded_once(assignment: str) -> Graded:
        if assignment in failed:
            raise RuntimeError("the course of these gates could not be made") from failed[assignment]
        try:
            return graded_course(assignment)
        except Exception as error:
            failed[assignment] = error
            raise

    @functools.cache
    def graded_course(assignment: str) -> Graded:
        others = _others(assignment)
        config = (PROJECT / "nbgrader_config.py").read_text(encoding="utf-8") + SETTINGS
        root = make_course(tmp_path_factory.mktemp("gates") / assignment, assignment, config)
        if os.environ.get("EMLAB_WHOLE_ZOO") != "1":
            (root / ".emgrader").mkdir(mode=0o700)
            (root / ".emgrader" / "secret").write_text(SECRET)
        with open_course(root) as course:
            generate(course, assignment)
            hand_in(root, assignment, "solution", submissions.solution(assignment))
            hand_in(root, assignment, "starter", submissions.release_notebook(assignment))
            for name, nb in whole_way(assignment).items():
                hand_in(root, assignment, name, nb)
            for name, (nb, files) in submissions.class_and_cheats(assignment).items():
                hand_in(root, assignment, name, nb, files)
            summary = grade(course, assignment)
            assert not summary.problems
            course.api.generate_feedback(assignment, force=True)
            found = {row.student: row for row in rows(course, assignment)}
        pages = {name: root / "feedback" / name / assignment / f"{assignment}.html" for name in found}
        pages = {name: path.read_text(encoding="utf-8") for name, path in pages.items()}
        examined = examine_all(root, assignment, others, TIMEOUTS, _stock_too(assignment, others))
        return Graded(root, found, pages, examined)

    return graded_once
