"""Honest submissions get the same marks, cell by cell, from stock nbgrader and from the examiner."""

import pytest

from emgrader.lint import lint
from emgrader.sandbox import SandboxError, get_engine
from tests.conftest import PROJECT, require
from tests.emgrader.examiner.idioms import FILES, IDIOMS, notebook, submissions
from tests.emgrader.small_course import CONFIG, STOCK, SmallCourse

WARNS = "warnings_and_prints"


@pytest.fixture(scope="module")
def marks(tmp_path_factory):
    """{"stock" or "ours": {submission: {cell: points}}}"""
    try:
        get_engine("auto")
    except SandboxError as error:
        require(False, str(error))
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(PROJECT))  # for the kernels that stock nbgrader starts
        for kind, config in (("stock", STOCK), ("ours", CONFIG)):
            course = SmallCourse(tmp_path_factory.mktemp(kind) / "course", notebook(), config)
            found[kind] = {}
            for name, sources in submissions().items():
                course.submit(name, sources, files=FILES)
                result = course.call("autograde", "small", name, force=True)
                assert result["success"], result["log"]
                scores = course.scores(name)
                found[kind][name] = {idiom.name: scores[f"{idiom.name}_test"] for idiom in IDIOMS}
    return found


@pytest.mark.parametrize("name", submissions())
def test_the_marks_are_the_same(marks, name):
    stock = dict(marks["stock"][name])
    if marks["ours"][name][WARNS] > 0:
        # The one difference, on purpose: stock nbgrader takes a warning on stderr for a failure (PR 1904).
        assert stock[WARNS] == 0
        stock[WARNS] = marks["ours"][name][WARNS]
    assert marks["ours"][name] == stock


def test_right_answers_get_full_marks_and_wrong_ones_do_not(marks):
    assert set(marks["ours"]["right"].values()) == {2.0}
    assert set(marks["ours"]["starter"].values()) == {0.0}
    for idiom in IDIOMS:
        for number in range(len(idiom.wrong)):
            assert marks["ours"][f"wrong{number}"][idiom.name] < 2, (idiom.name, number)


def test_the_lint_has_nothing_against_these_idioms():
    # The last line of a cell with partial credit is a value, on purpose.
    assert [finding.rule for finding in lint(notebook())] == ["value"]
