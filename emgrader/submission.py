"""Made-up submissions, kept as text.

A submission differs from the released notebook in a few cells, so only those are written down, in the
"percent" format that editors know:

    # student: student03
    # from: student01
    # late: 2 days
    # note: forgets the query
    # %% build_prompt
    def build_prompt(template, examples, query, k):
        ...
    # %% +after build_prompt
    print("a cell of the student's own")

Header lines, all optional: `student`; `from` (another submission, whose blocks come first); `late`; `note`;
`file` (the name it is handed in under); `encoding` (of the file, "utf-8-sig" for one with a byte order mark).

Blocks: `# %% ID` replaces the source of that cell, and cell and metadata stay as released; `# %% +after ID`
adds a code cell behind it; `# %% +copy ID` doubles a cell, metadata and all; `# %% -remove ID` deletes it.
"""

import copy
import re
from dataclasses import dataclass, field
from datetime import timedelta

from nbformat.v4 import new_code_cell

_BLOCK = re.compile(r"^# %%[ \t]+(?:([+-]\w+)[ \t]+)?(\S+)[ \t]*$", re.MULTILINE)
_HEADER = re.compile(r"^#[ \t]*(\w+):[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_LATE = re.compile(r"(\d+) (day|hour|minute)s?")
_FIELDS = ("student", "from", "late", "note", "file", "encoding")
_DEEDS = ("", "+after", "+copy", "-remove")


class SubmissionError(ValueError):
    """A submission's text cannot be read or does not fit the notebook; the message says where."""


@dataclass
class Percent:
    """A submission's text, read. `blocks` holds (deed, grade_id, source) in order; deed "" replaces."""

    student: str = ""
    base: str = ""
    late: timedelta = timedelta(0)
    note: str = ""
    file: str = ""
    encoding: str = "utf-8"
    blocks: list = field(default_factory=list)


def read(text, name="submission"):
    """Read the percent format. `name` is the file's, for messages. Returns a Percent."""
    marks = list(_BLOCK.finditer(text))
    head = dict(_HEADER.findall(text[: marks[0].start()] if marks else text))
    unknown = sorted(set(head) - set(_FIELDS))
    if unknown:
        raise SubmissionError(f"{name}: unknown header {unknown[0]!r}; there are: {', '.join(_FIELDS)}.")
    late = head.pop("late", "0 days")
    match = _LATE.fullmatch(late)
    if match is None:
        raise SubmissionError(f"{name}: 'late: {late}' is not of the form '2 days' or '3 hours'.")
    result = Percent(base=head.pop("from", ""), late=timedelta(**{match[2] + "s": int(match[1])}), **head)
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=False):
        if (mark[1] or "") not in _DEEDS:
            raise SubmissionError(
                f"{name}: unknown block {mark[0]!r}; a block starts {', '.join(_DEEDS[1:])}."
            )
        result.blocks.append((mark[1] or "", mark[2], text[mark.end() : end].strip("\n")))
    return result


def build(release_nb, text, name="submission", others=None):
    """The notebook that the student hands in: `release_nb` with the blocks of `text` put in.

    `others` maps the names that `from:` may use to their texts. Raises SubmissionError for a grade_id that
    the notebook does not have, naming the file and the id.
    """
    percent = read(text, name)
    nb = copy.deepcopy(release_nb)
    if percent.base:
        if percent.base not in (others or {}):
            raise SubmissionError(f"{name}: there is no submission {percent.base!r} to start from.")
        rest = {key: value for key, value in others.items() if key != percent.base}
        nb = build(nb, others[percent.base], percent.base, rest)
    for deed, grade_id, source in percent.blocks:
        position = _position(nb, grade_id, name)
        cell = nb.cells[position]
        if deed == "+after":
            nb.cells.insert(position + 1, new_code_cell(source, id=f"added-{len(nb.cells)}"))
        elif deed == "+copy":
            nb.cells.insert(position + 1, copy.deepcopy(cell))
            nb.cells[position + 1].id = f"copy-{len(nb.cells)}"
        elif deed == "-remove":
            del nb.cells[position]
        else:
            cell.source = source
    return nb


def _position(nb, grade_id, name):
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in nb.cells]
    if grade_id not in ids:
        known = ", ".join(sorted(i for i in ids if i))
        raise SubmissionError(f"{name}: the notebook has no cell {grade_id!r}. It has: {known}.")
    return ids.index(grade_id)
