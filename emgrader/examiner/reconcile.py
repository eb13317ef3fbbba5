"""Brings a submitted notebook's graded cells back in line with the instructor's.

Students copy, delete, move and retype cells, and tools rewrite metadata. nbgrader aborts the whole batch over
some of this; here every difference has a safe answer, is written down as an event, and costs nobody else
anything. The student's own words are never changed: a copy that isn't taken as the answer stays in the
notebook as an ordinary cell.
"""

import hashlib
from dataclasses import dataclass

from nbformat.v4 import new_code_cell, new_markdown_cell

from emgrader.examiner.outcome import Event
from emgrader.messages import say

SCHEMA_VERSION = 3  # of nbgrader's metadata
_CLAIMS = ("grade", "solution", "locked", "task")


@dataclass(frozen=True)
class InstructorCell:
    """One graded, locked or solution cell as the instructor has it."""

    grade_id: str
    cell_type: str
    source: str  # with hidden tests, without solutions
    released: str | None  # as students got it, if known
    grade: bool
    solution: bool
    locked: bool
    task: bool
    points: float | None
    checksum: str | None

    @property
    def fixed(self):
        """Whether students can't edit it, so that its source is always the instructor's."""
        return self.locked or (self.grade and not self.solution and not self.task)

    def metadata(self):
        """nbgrader's metadata of this cell."""
        data = {name: getattr(self, name) for name in (*_CLAIMS, "grade_id", "cell_type")}
        data["schema_version"] = SCHEMA_VERSION
        if self.points is not None:
            data["points"] = self.points
        if self.checksum is not None:
            data["checksum"] = self.checksum
        return data


def reconcile(nb, instructor):
    """Change `nb` in place to agree with `instructor`, a list of InstructorCell in order. Returns events."""
    known = {cell.grade_id: cell for cell in instructor}
    events = []
    found = _claimed(nb, known, events)
    for grade_id, cells in found.items():
        chosen = _chosen(cells, known[grade_id])
        for cell in cells:
            if cell is not chosen:
                _make_ordinary(cell)
        if len(cells) > 1:
            events.append(_event("event.duplicate", grade_id, count=len(cells)))
        _restore(nb, chosen, known[grade_id], events)
    _put_back(nb, instructor, set(found), events)
    _unique_ids(nb)
    return events


def _event(key, grade_id, **values):
    return Event(key, grade_id, say(key, cell=grade_id, **values))


def _claimed(nb, known, events):
    """grade_id → the cells that claim it, in order. Claims to ids that don't exist are taken away."""
    found = {}
    for cell in nb.cells:
        data = cell.metadata.get("nbgrader")
        if data is None:
            cell.metadata.pop("nbgrader", None)  # a null would be taken for a dict further on
            continue
        grade_id = data.get("grade_id") if isinstance(data, dict) else None
        if not isinstance(grade_id, str) or grade_id not in known:
            if isinstance(data, dict) and any(data.get(claim) for claim in _CLAIMS):
                shown = grade_id[:80] if isinstance(grade_id, str) and grade_id.isprintable() else "?"
                events.append(_event("event.unknown", shown))
            _make_ordinary(cell)
            continue
        found.setdefault(grade_id, []).append(cell)
    return found


def _make_ordinary(cell):
    cell.metadata.pop("nbgrader", None)
    for flag in ("deletable", "editable"):
        cell.metadata.pop(flag, None)


def _chosen(cells, original):
    """Which of several cells with one id counts: of answers, the first with work in it."""
    same_type = [cell for cell in cells if cell.cell_type == original.cell_type] or cells
    if original.fixed:
        released = [cell for cell in same_type if cell.source == original.released]
        return (released or same_type)[0]
    worked = [
        cell for cell in same_type if cell.source.strip() not in ("", (original.released or "").strip())
    ]
    return (worked or same_type)[0]


def _restore(nb, cell, original, events):
    if cell.cell_type != original.cell_type:
        events.append(_event("event.type", original.grade_id))
        retyped = _new_cell(original.cell_type, cell.source, cell.get("id"))
        retyped.metadata.update(cell.metadata)
        nb.cells[next(n for n, other in enumerate(nb.cells) if other is cell)] = cell = retyped
    data, right = cell.metadata["nbgrader"], original.metadata()
    # nbgrader itself rewrites the checksum, and older versions leave some fields out.
    if any(
        data.get(name) != right.get(name)
        for name in (*_CLAIMS, "points")
        if data.get(name) or right.get(name)
    ) or (data.get("schema_version") != SCHEMA_VERSION):
        events.append(_event("event.metadata", original.grade_id))
    cell.metadata["nbgrader"] = right
    if original.fixed:
        known = {original.source.strip(), (original.released or cell.source).strip()}
        if cell.source.strip() not in known:
            events.append(_event("event.changed", original.grade_id))
        cell.source = original.source


def _put_back(nb, instructor, present, events):
    """Insert each missing cell behind the nearest cell that comes before it in the instructor's notebook."""
    position = 0
    for original in instructor:
        if original.grade_id in present:
            position = _position(nb, original.grade_id) + 1
            continue
        events.append(_event("event.missing", original.grade_id))
        cell = _new_cell(original.cell_type, original.source)
        cell.metadata["nbgrader"] = original.metadata()
        nb.cells.insert(position, cell)
        position += 1


def _position(nb, grade_id):
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in nb.cells]
    return ids.index(grade_id)


def _new_cell(cell_type, source, identity=None):
    cell = (new_code_cell if cell_type == "code" else new_markdown_cell)(source)
    if cell_type not in ("code", "markdown"):
        cell.cell_type = cell_type
    if identity is not None:
        cell["id"] = identity
    return cell


def _unique_ids(nb):
    """Every cell gets an id of its own: copies have the same, and old notebooks have none."""
    seen = set()
    with_ids = (nb.nbformat, nb.nbformat_minor) >= (4, 5)
    for number, cell in enumerate(nb.cells):
        if not with_ids:
            cell.pop("id", None)
            continue
        identity = cell.get("id")
        if not isinstance(identity, str) or identity in seen:
            # Made from the position, so that the same submission gives the same notebook again.
            identity = hashlib.sha256(f"{number}".encode()).hexdigest()[:12]
        cell["id"] = identity
        seen.add(identity)
