from datetime import timedelta

import pytest

from emgrader.submission import SubmissionError, build, read

TEXT = """\
# student: student03
# late: 2 days
# note: adds with a loop
# %% add
def add(a, b):
    return a + b
# %% +after add
print(add(1, 1))
"""


def test_header_and_blocks():
    percent = read(TEXT)
    assert (percent.student, percent.late, percent.note) == (
        "student03",
        timedelta(days=2),
        "adds with a loop",
    )
    assert percent.blocks == [
        (False, "add", "def add(a, b):\n    return a + b"),
        (True, "add", "print(add(1, 1))"),
    ]


def test_a_block_replaces_the_source_and_nothing_else(mini_release):
    nb = build(mini_release, TEXT)
    assert [c.source for c in nb.cells[1:3]] == ["def add(a, b):\n    return a + b", "print(add(1, 1))"]
    assert nb.cells[1].metadata == mini_release.cells[1].metadata
    assert nb.cells[1].id == mini_release.cells[1].id
    assert nb.cells[2].cell_type == "code" and "nbgrader" not in nb.cells[2].metadata
    assert nb.cells[3:] == mini_release.cells[2:]
    assert "NotImplementedError" in mini_release.cells[1].source, "the release itself stays as it is"


def test_building_twice_gives_the_same(mini_release):
    assert build(mini_release, TEXT) == build(mini_release, TEXT)


def test_no_block_is_the_untouched_starter(mini_release):
    assert build(mini_release, "# student: student09\n") == mini_release


def test_an_unknown_cell_is_named(mini_release):
    with pytest.raises(SubmissionError, match=r"student03\.py.*'sub'.*add, add_test, why"):
        build(mini_release, "# %% sub\nx = 1\n", name="student03.py")


def test_a_strange_lateness_is_named():
    with pytest.raises(SubmissionError, match="student05.*a bit"):
        read("# late: a bit\n", name="student05")
