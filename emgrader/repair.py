"""From the bytes of a submitted notebook to a notebook that nbgrader can open, or the reason why not.

nbgrader reads every notebook before any check of ours could run, and one that it can't read ends the whole
batch. So the reading happens here first. Only the packaging is repaired (encoding, old format); the content
is the student's.
"""

import json
import re
import secrets
from collections import Counter

import nbformat
from nbformat import validator

from .messages import say

_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_CONFLICT = re.compile(r"^(<{7}|>{7}|={7})(?: .*)?$", re.MULTILINE)


class Unreadable(Exception):
    """The file can't be taken in; the message says why and what to ask the student for."""


def read_notebook(data, name, wanted):
    """Read a notebook from its bytes.

    `name` is the file's name for messages, `wanted` the name it should have. Returns (notebook, actions): an
    nbformat-4 notebook and the sentences that say what was repaired. Raises Unreadable.
    """
    actions = []
    text = _decode(data, name, actions)
    nb = _whole(_parse(text, name, wanted), name, actions)
    major = nb.get("nbformat")
    if major not in (3, 4):
        raise Unreadable(say("attention.format", name=name, found=major))
    try:
        nb = nbformat.from_dict(nb)
        if major == 3:
            nb = nbformat.convert(nb, 4)
            actions.append(say("intake.upgraded", name=name, old=3))
    except Exception as error:  # nbformat's converters assume well-formed input and raise whatever they hit
        why = f"{type(error).__name__}: {error}"
        raise Unreadable(say("attention.not_notebook", name=name, why=why, wanted=wanted)) from error
    if not nb.cells:
        raise Unreadable(say("attention.no_cells", name=name))
    return nb, actions


def _decode(data, name, actions):
    if not data.strip():
        raise Unreadable(say("attention.empty_file", name=name))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        actions.append(say("intake.utf16", name=name))
        return data.decode("utf-16", errors="replace")
    if data.startswith(b"\xef\xbb\xbf"):
        actions.append(say("intake.bom", name=name))
        data = data[3:]
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        actions.append(say("intake.latin1", name=name))
        return data.decode("latin-1")


def _whole(nb, name, actions):
    """The notebook without halves of characters, which JSON can hold (\\ud800) and a file can't."""
    text = json.dumps(nb, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        actions.append(say("intake.half", name=name))
        return json.loads(text.encode("utf-8", "replace"))
    return nb


def _parse(text, name, wanted):
    try:
        nb = json.loads(text)
    except RecursionError as error:
        why = "it is nested too deeply"
        raise Unreadable(say("attention.not_notebook", name=name, why=why, wanted=wanted)) from error
    except json.JSONDecodeError as error:
        conflict = _CONFLICT.search(text)
        if conflict:
            line = text.count("\n", 0, conflict.start()) + 1
            raise Unreadable(
                say("attention.conflict", name=name, line=line, text=conflict[0][:40])
            ) from error
        where = {"line": error.lineno, "column": error.colno, "why": error.msg}
        raise Unreadable(say("attention.not_json", name=name, **where)) from error
    except ValueError as error:  # a whole number of thousands of digits
        why = "a number in it is too long"
        raise Unreadable(say("attention.not_notebook", name=name, why=why, wanted=wanted)) from error
    fault = _fault(nb)
    if fault:
        raise Unreadable(say("attention.not_notebook", name=name, why=fault, wanted=wanted))
    return nb


def _fault(nb):
    """What keeps parsed JSON from being a notebook at all, or "" (format 3 keeps its cells in worksheets)."""
    if not isinstance(nb, dict):
        return f"it is a {type(nb).__name__}"
    if not isinstance(nb.get("nbformat"), int):
        return "it has no nbformat"
    if nb["nbformat"] != 4:
        return ""
    if not isinstance(nb.get("metadata", {}), dict):
        return "its metadata are no dict"
    if type(nb.get("nbformat_minor", 5)) is not int:
        return "its nbformat_minor is no number"
    cells = nb.get("cells")
    if not isinstance(cells, list):
        return "it has no list of cells"
    for number, cell in enumerate(cells, start=1):
        if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
            return f"cell {number} is no notebook cell"
        source = cell.get("source", "")
        if not isinstance(source, str) and not (
            isinstance(source, list) and all(isinstance(line, str) for line in source)
        ):
            return f"the source of cell {number} is no text"
        if not isinstance(cell.get("id", ""), str):
            return f"the id of cell {number} is no text"
        for part, kind in (("metadata", dict), ("attachments", dict), ("outputs", list)):
            if not isinstance(cell.get(part, kind()), kind):
                return f"the {part} of cell {number} is no {kind.__name__}"
        if not all(isinstance(output, dict) for output in cell.get("outputs", [])):
            return f"the outputs of cell {number} are no dicts"
    return ""


def malformed(nb):
    """Whether a format-4 notebook lacks something that it must have, or holds what it must not."""
    return next(validator.iter_validate(nb, relax_add_props=True), None) is not None


def well_formed(nb, name, wanted):
    """Fill in what a notebook must have and take out what it must not; cells and sources stay.

    Returns (notebook, actions). Raises Unreadable where that is not enough.
    """
    nb.setdefault("metadata", nbformat.NotebookNode())
    nb.setdefault("nbformat_minor", 5)
    for cell in nb.cells:
        cell.setdefault("metadata", nbformat.NotebookNode())
        cell.setdefault("source", "")
        if nb["nbformat_minor"] >= 5 and not _ID.fullmatch(cell.get("id", "")):
            cell["id"] = secrets.token_hex(4)
        if cell["cell_type"] == "code":
            cell["outputs"] = [output for output in cell.get("outputs", []) if _is_output(output)]
            if type(cell.setdefault("execution_count", None)) is not int:
                cell["execution_count"] = None
    _, nb = validator.normalize(nb, relax_add_props=True, strip_invalid_metadata=True)
    error = next(validator.iter_validate(nb, relax_add_props=True), None)
    if error is not None:
        why = f"its format is broken: {str(error.message)[:200]}"
        raise Unreadable(say("attention.not_notebook", name=name, why=why, wanted=wanted))
    return nb, [say("intake.form", name=name)]


def _is_output(output):
    try:
        nbformat.v4.nbbase.validate(output, "output")
    except nbformat.ValidationError:
        return False
    return True


def grade_ids(nb):
    """The nbgrader ids of a notebook's cells, in order, duplicates and all."""
    metas = [cell.get("metadata", {}).get("nbgrader") for cell in nb.get("cells", [])]
    ids = [meta.get("grade_id") for meta in metas if isinstance(meta, dict)]
    return [i for i in ids if isinstance(i, str)]


def compare_ids(found, expected):
    """How a submission's cell ids differ from the release's: (duplicated, missing), both sorted."""
    counts = Counter(found)
    return sorted(i for i in counts if counts[i] > 1), sorted(set(expected) - set(counts))
