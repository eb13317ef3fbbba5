"""The sample class in containers: the same marks as in the engine that all other gates use."""

import shutil

import nbformat
import pytest

from emgrader.course import open_course
from emgrader.grade import grade
from emgrader.release import generate
from emgrader.report import rows
from emgrader.sandbox import SandboxError, get_engine
from tests.conftest import PROJECT, require
from tests.course.conftest import SETTINGS, hand_in, make_course
from tests.course.submissions import GRADED, class_and_cheats, sample_class

pytestmark = pytest.mark.timeout(1200)


@pytest.mark.parametrize("assignment", [name for name in GRADED if sample_class(name)])
def test_the_sample_class_gets_the_same_by_podman(graded, assignment, tmp_path):
    try:
        image = get_engine("podman").image
    except SandboxError as error:
        require(False, str(error))
    config = (PROJECT / "nbgrader_config.py").read_text(encoding="utf-8") + SETTINGS
    root = make_course(tmp_path / "course", assignment, config)
    (root / ".emgrader").mkdir(mode=0o700)
    answers = graded(assignment).root / ".emgrader" / "answers.sqlite"
    shutil.copy(answers, root / ".emgrader")  # ask no model twice
    with open_course(root, "podman") as course:
        generate(course, assignment)
        for name, (nb, files) in class_and_cheats(assignment).items():
            if name in sample_class(assignment):
                hand_in(root, assignment, name, nb, files)
        summary = grade(course, assignment)
        assert not summary.problems
        found = {row.student: row for row in rows(course, assignment)}
    for name, lost in sample_class(assignment).items():
        got = {check.grade_id for check in found[name].checks if check.points < check.maximum}
        assert got == lost, name
        path = root / "autograded" / name / assignment / f"{assignment}.ipynb"
        notes = nbformat.read(path, as_version=4).metadata["emgrader"]
        assert (notes["engine"], notes["image"]) == ("podman", image)
