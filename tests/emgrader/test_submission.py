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
SOLVED = "def add(a, b):\n    return a + b"


def test_header_and_blocks():
    percent = read(TEXT)
    assert (percent.student, percent.late) == ("student03", timedelta(days=2))
    assert (percent.note, percent.encoding) == ("adds with a loop", "utf-8")
    assert percent.blocks == [("", "add", SOLVED), ("+after", "add", "print(add(1, 1))")]


def test_a_block_replaces_the_source_and_nothing_else(mini_release):
    nb = build(mini_release, TEXT)
    assert [c.source for c in nb.cells[1:3]] == [SOLVED, "print(add(1, 1))"]
    assert nb.cells[1].metadata == mini_release.cells[1].metadata
    assert nb.cells[1].id == mini_release.cells[1].id
    assert nb.cells[2].cell_type == "code" and "nbgrader" not in nb.cells[2].metadata
    assert nb.cells[3:] == mini_release.cells[2:]
    assert "NotImplementedError" in mini_release.cells[1].source, "the release itself stays as it is"


def test_building_twice_gives_the_same(mini_release):
    assert build(mini_release, TEXT) == build(mini_release, TEXT)


def test_no_block_is_the_untouched_starter(mini_release):
    assert build(mini_release, "# student: student09\n") == mini_release


def test_one_submission_starts_from_another(mini_release):
    others = {"student03": TEXT}
    nb = build(mini_release, "# from: student03\n# %% why\nbecause\n", others=others)
    assert (nb.cells[1].source, nb.cells[-1].source) == (SOLVED, "because")


def test_a_submission_cannot_start_from_nothing_or_itself(mini_release):
    with pytest.raises(SubmissionError, match="student05: there is no submission 'student04'"):
        build(mini_release, "# from: student04\n", name="student05", others={})
    circle = {"a": "# from: b\n", "b": "# from: a\n"}
    with pytest.raises(SubmissionError, match="no submission 'b'"):
        build(mini_release, "# from: b\n", name="a", others=circle)


def test_cells_can_be_doubled_and_removed(mini_release):
    nb = build(mini_release, "# %% +copy add\n# %% -remove add_test\n")
    ids = [c.metadata.get("nbgrader", {}).get("grade_id") for c in nb.cells]
    assert ids == [None, "add", "add", "why"]
    assert len({c.id for c in nb.cells}) == 4


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# %% sub\nx = 1\n", r"student05\.py.*no cell 'sub'.*add, add_test, why"),
        ("# late: a bit\n", r"student05\.py.*'late: a bit'"),
        ("# lte: 2 days\n", r"student05\.py.*unknown header 'lte'"),
        ("# %% +before add\n", r"student05\.py.*unknown block '# %% \+before add'"),
    ],
)
def test_what_cannot_be_read_is_named(mini_release, text, words):
    with pytest.raises(SubmissionError, match=words):
        build(mini_release, text, name="student05.py")
