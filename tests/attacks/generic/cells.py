"""Cells deleted, copied, forged, and metadata changed."""

from tests.attacks.generic.attack import FULL, NOTHING, Attack
from tests.emgrader.small_course import SOLVED, grade_id


def _named(nb, *names):
    return [cell for cell in nb.cells if grade_id(cell) in names]


def _delete(nb):
    nb.cells = [cell for cell in nb.cells if cell not in _named(nb, "double_test", "mean_test")]


def _duplicate(nb):
    copy = _named(nb, "double_test")[0].copy()
    copy["source"] = "assert True"
    nb.cells.insert(0, copy)


def _retype(nb):
    for cell in _named(nb, "double_test"):
        cell.cell_type = "markdown"
        for key in ("outputs", "execution_count"):
            cell.pop(key, None)


def _points(nb):
    for cell in _named(nb, "double_test", "mean_test"):
        cell.metadata["nbgrader"].update(points=1000, grade=False)


def _schema(nb):
    for cell, version in zip(_named(nb, "double_test", "mean_test"), (99, "x"), strict=True):
        cell.metadata["nbgrader"]["schema_version"] = version


def _broken_metadata(nb):
    title, test = _named(nb, "title", "double_test")
    title.metadata["nbgrader"] = "gone"
    test.metadata["nbgrader"] = {"grade_id": ["a"], "grade": True}


def _forge(nb):
    forged = _named(nb, "double_test")[0].copy()
    forged["source"] = "1000"
    forged["metadata"] = {
        "nbgrader": {**forged.metadata["nbgrader"], "grade_id": "bonus", "points": 1000},
    }
    nb.cells.append(forged)
    nb.metadata["emgrader"] = {"events": [], "engine": "forged"}


ATTACKS = [
    Attack("tests_deleted", FULL, SOLVED, change=_delete, event="was missing"),
    Attack("tests_deleted_unsolved", NOTHING, change=_delete),
    Attack("test_duplicated", FULL, SOLVED, change=_duplicate, event="occurred 2 times"),
    Attack("test_retyped", FULL, SOLVED, change=_retype, event="another type"),
    Attack("points_changed", FULL, SOLVED, change=_points, event="were restored"),
    Attack("schema_changed", FULL, SOLVED, change=_schema, event="were restored"),
    Attack("metadata_broken", FULL, SOLVED, change=_broken_metadata, event="was missing"),
    Attack("cell_forged", FULL, SOLVED, change=_forge, event="does not have"),
    Attack("test_rewritten", NOTHING, {"double_test": "pass", "mean_test": "1000"}, event="was changed"),
]
