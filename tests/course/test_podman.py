"""The sample class in containers: the same marks as in the engine that all other gates use."""

import shutil

import nbformat
import pytest

from emgrader.course import open_course
from emgrader.grade import grade
from emgrader.release import generate
from emgrader.report import rows
from emgrader.sandbox import SandboxError, get_engine
from tests.conftest import require
from tests.course.conftest import SETTINGS, hand_in, make_course
from tests.course.exercise1 import ASSIGNMENT, PROJECT, SAMPLE_CLASS, everyone

pytestmark = pytest.mark.timeout(1200)


def test_the_sample_class_gets_the_same_by_podman(graded, tmp_path):
    try:
        image = get_engine("podman").image
    except SandboxError as error:
        require(False, str(error))
    config = (PROJECT / "nbgrader_config.py").read_text(encoding="utf-8") + SETTINGS
    root = make_course(tmp_path / "course", config)
    (root / ".emgrader").mkdir(mode=0o700)
    shutil.copy(graded.root / ".emgrader" / "answers.sqlite", root / ".emgrader")  # ask no model twice
    with open_course(root, "podman") as course:
        generate(course, ASSIGNMENT)
        for name, (nb, files) in everyone().items():
            if name in SAMPLE_CLASS:
                hand_in(root, name, nb, files)
        summary = grade(course, ASSIGNMENT)
        assert not summary.problems
        found = {row.student: row for row in rows(course, ASSIGNMENT)}
    for name, lost in SAMPLE_CLASS.items():
        got = {check.grade_id for check in found[name].checks if check.points < check.maximum}
        assert got == set(lost.split()), name
        path = root / "autograded" / name / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        notes = nbformat.read(path, as_version=4).metadata["emgrader"]
        assert (notes["engine"], notes["image"]) == ("podman", image)
