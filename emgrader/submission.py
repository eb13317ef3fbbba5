"""Made-up submissions, kept as text.

A submission differs from the released notebook in a few cells, so only those are written down, in the
"percent" format that editors know:

    # student: student03
    # late: 2 days
    # note: forgets the query
    # %% build_prompt
    def build_prompt(template, examples, query, k):
        ...
    # %% +after build_prompt
    print("a cell of the student's own")

A block `# %% <grade_id>` replaces the source of that cell; cell and metadata stay as released. A block
`# %% +after <grade_id>` adds a code cell behind it.
"""

import copy
import re
from dataclasses import dataclass, field
from datetime import timedelta

from nbformat.v4 import new_code_cell

_BLOCK = re.compile(r"^# %%[ \t]+(\+after[ \t]+)?(\S+)[ \t]*$", re.MULTILINE)
_HEADER = re.compile(r"^#[ \t]*(student|late|note):[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_LATE = re.compile(r"(\d+) (day|hour|minute)s?")


class SubmissionError(ValueError):
    """A submission's text cannot be read or does not fit the notebook; the message names file and cell."""


@dataclass
class Percent:
    """A submission's text, read: its header and its blocks (after?, grade_id, source) in order."""

    student: str = ""
    late: timedelta = timedelta(0)
    note: str = ""
    blocks: list = field(default_factory=list)


def read(text, name="submission"):
    """Read the percent format. `name` is the file's, for messages. Returns a Percent."""
    marks = list(_BLOCK.finditer(text))
    head = dict(_HEADER.findall(text[: marks[0].start()] if marks else text))
    result = Percent(student=head.get("student", ""), note=head.get("note", ""))
    if "late" in head:
        match = _LATE.fullmatch(head["late"])
        if match is None:
            raise SubmissionError(f"{name}: 'late: {head['late']}' is not of the form '2 days' or '3 hours'.")
        result.late = timedelta(**{match[2] + "s": int(match[1])})
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=False):
        source = text[mark.end() : end].strip("\n")
        result.blocks.append((bool(mark[1]), mark[2], source))
    return result


def build(release_nb, text, name="submission"):
    """The notebook that the student hands in: `release_nb` with the blocks of `text` put in.

    Raises SubmissionError for a grade_id that the notebook does not have, naming the file and the id.
    """
    nb = copy.deepcopy(release_nb)
    for number, (after, grade_id, source) in enumerate(read(text, name).blocks):
        position = _position(nb, grade_id, name)
        if after:
            nb.cells.insert(position + 1, new_code_cell(source, id=f"added-{number}"))
            continue
        nb.cells[position].source = source
        if nb.cells[position].cell_type == "code":
            nb.cells[position].outputs = []
            nb.cells[position].execution_count = None
    return nb


def _position(nb, grade_id, name):
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in nb.cells]
    if grade_id not in ids:
        known = ", ".join(sorted(i for i in ids if i))
        raise SubmissionError(f"{name}: the notebook has no cell {grade_id!r}. It has: {known}.")
    return ids.index(grade_id)
