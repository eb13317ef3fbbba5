"""`emgrader intake`: from what students sent to `submitted/`, checked before nbgrader sees it.

Each entry is judged by itself, so a bad one costs nobody else anything. What was sent is kept byte for byte
in `.emgrader/inbox/ASSIGNMENT/STUDENT/`, what can't be taken in is noted in
`.emgrader/attention/ASSIGNMENT/` until a good submission arrives, and a submission that is already there is
never overwritten without being kept.
"""

import hashlib
import json
import os
import re
import secrets
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import nbformat

from .messages import printable, say
from .repair import Unreadable, compare_ids, grade_ids, malformed, read_notebook, well_formed
from .unpack import FILE_LIMIT, MB, parcel_of, parcels

TIMESTAMP, SECRET = "timestamp.txt", "submission_secret.txt"  # nbgrader's names, in each submission
_STUDENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@-]*")


@dataclass
class Received:
    """What became of one entry.

    student: the id, or the entry's name where none can be told; status: new, same, replaced, older or
    attention; actions: what was repaired; notes: what the examiner will deal with; outcome: the whole
    sentence.
    """

    student: str
    status: str
    actions: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    outcome: str = ""


def take_in(course, assignment, source, received=None):
    """Take in every submission in `source` (folder, zip or notebook). Returns a list of Received, by student.

    `received` is the time that counts for lateness (aware datetime); without it the files' own times count.
    """
    desk = _Desk(course, assignment)
    results = []
    for parcel in parcels(source):
        parcel.received = received or parcel.received
        results.append(desk.receive(parcel))
    return sorted(results, key=lambda r: r.student)


def check_in_place(course, assignment):
    """Check what is in submitted/ already, however it came there (`nbgrader collect`, by hand).

    What can be repaired is repaired, as if it came in now, and the original is kept. Returns {student:
    reason} for what can't be graded; it stays where it is.
    """
    desk = _Desk(course, assignment)
    refused = {}
    for student in course.students(assignment):
        folder = course.folder("submitted", assignment, student)
        if desk.in_order(folder):
            _remove(desk.attention(student))
            continue
        parcel = parcel_of(folder)
        parcel.received = _received(folder)
        result = desk.receive(parcel, student)
        if result.status == "attention":
            refused[student] = result.outcome
    return refused


class _Desk:
    """Receives parcels for one assignment, one at a time."""

    def __init__(self, course, assignment):
        notebook = course.notebook(assignment)
        source = nbformat.read(course.folder("source", assignment) / f"{notebook}.ipynb", as_version=4)
        self.course, self.assignment = course, assignment
        self.wanted, self.expected = f"{notebook}.ipynb", grade_ids(source)

    def receive(self, parcel, student=None):
        student = student or student_of(parcel.name, self.assignment)
        result = Received(student or printable(parcel.name), "attention", actions=list(parcel.left_out))
        sent = parcel.sent or parcel.files
        kept = self._keep(sent, result.student, parcel.received, _digest(sent))
        try:
            if parcel.problem:
                raise Unreadable(parcel.problem)
            if student is None:
                raise Unreadable(say("attention.no_student", name=parcel.name, assignment=self.assignment))
            files = self._check(parcel, result)
        except Unreadable as reason:
            result.outcome = str(reason)
            self._note(result, kept)
            return result
        self._store(files, parcel, kept, result)
        _remove(self.attention(student))
        return result

    def in_order(self, folder):
        """Whether a submission in submitted/ can go to nbgrader as it is."""
        path = folder / self.wanted
        try:
            if path.is_symlink() or path.stat().st_size > FILE_LIMIT:
                return False
            nb, repairs = read_notebook(path.read_bytes(), self.wanted, self.wanted)
        except (OSError, Unreadable):
            return False
        return not repairs and not malformed(nb) and bool(set(grade_ids(nb)) & set(self.expected))

    # judging

    def _check(self, parcel, result):
        """The files as they go into submitted/: the notebook under its name, readable; the rest as sent."""
        files = dict(parcel.files)
        path = self._choose(parcel, files, result)
        data = files.pop(path)
        if len(data) > FILE_LIMIT:
            sizes = {"size": len(data) // MB, "limit": FILE_LIMIT // MB}
            raise Unreadable(say("attention.too_large", name=path, **sizes))
        nb, repairs = read_notebook(data, path, self.wanted)
        found = grade_ids(nb)
        if not set(found) & set(self.expected):
            names = {"assignment": self.assignment, "wanted": self.wanted}
            raise Unreadable(say("attention.wrong_notebook", name=path, **names))
        folder = PurePosixPath(path).parent.as_posix()
        if folder != ".":
            result.actions.append(say("intake.nested", folder=folder))
            files = {name.removeprefix(folder + "/"): content for name, content in files.items()}
        if PurePosixPath(path).name not in (self.wanted, f"{result.student}_{self.wanted}"):
            result.actions.append(say("intake.renamed", name=PurePosixPath(path).name, wanted=self.wanted))
        self._compare(found, result)
        for name in (TIMESTAMP, SECRET):
            if files.pop(name, None) is not None:
                result.actions.append(say("intake.left_out", name=name, why=say("intake.why.own")))
        files = {name: content for name, content in files.items() if not name.endswith(".ipynb")}
        if malformed(nb):
            nb, more = well_formed(nb, path, self.wanted)
            repairs = [*repairs, *more]
        if repairs:
            data = nbformat.writes(nb).encode()
        result.actions += repairs
        return {**files, self.wanted: data}

    def _choose(self, parcel, files, result):
        """The path of the notebook that counts: the one with most of this assignment's cells."""
        paths = [path for path in files if path.endswith(".ipynb")]
        if not paths:
            names = {"name": parcel.name, "wanted": self.wanted}
            key = "attention.not_taken" if list(files) == [parcel.name] else "attention.no_notebook"
            raise Unreadable(say(key, **names))

        def fit(path):
            try:
                ids = grade_ids(read_notebook(files[path], path, self.wanted)[0])
            except Unreadable:
                ids = []
            named = PurePosixPath(path).name == self.wanted
            return len(set(ids) & set(self.expected)), named, -len(PurePosixPath(path).parts)

        best = max(sorted(paths), key=fit) if len(paths) > 1 else paths[0]
        if len(paths) > 1:
            result.actions.append(say("intake.chosen", names=", ".join(sorted(paths)), name=best))
        return best

    def _compare(self, found, result):
        duplicated, missing = compare_ids(found, self.expected)
        if duplicated:
            result.notes.append(say("intake.duplicate_ids", ids=", ".join(duplicated)))
        if missing:
            result.notes.append(say("intake.missing_ids", ids=", ".join(missing)))

    # keeping

    def _store(self, files, parcel, kept, result):
        """Put the files into submitted/, unless they are there already or a later submission is."""
        target = self.course.folder("submitted", self.assignment, result.student)
        receipt_path = self.course.own("receipts", self.assignment, f"{result.student}.json")
        digest = _digest(parcel.files)
        values = {}
        result.status = "new"
        if target.exists():
            receipt = json.loads(receipt_path.read_text()) if receipt_path.exists() else {}
            current = _received(target)
            if receipt.get("digest") == digest:
                result.status = "same"
            elif current > parcel.received:
                result.status, values = "older", {"current": f"{current:%Y-%m-%d %H:%M}", "kept": kept}
            else:
                result.status, values = "replaced", {"earlier": f"{current:%Y-%m-%d %H:%M}"}
        result.outcome = ""
        if result.status in ("new", "replaced"):
            files[TIMESTAMP] = parcel.received.strftime("%Y-%m-%d %H:%M:%S.%f UTC").encode()
            files[SECRET] = self._secret(target)
            if result.status == "replaced":
                values["kept"] = self._set_aside(target, result.student, current)
            self._place(files, target)
            _write(receipt_path, json.dumps({"digest": digest, "original": str(kept)}, indent=1).encode())
        result.outcome = say(f"intake.status.{result.status}", **values)

    def _secret(self, target):
        """What nbgrader names released feedback after: kept over resubmissions, so that the name stays."""
        path = target / SECRET
        return path.read_bytes() if path.exists() else secrets.token_hex(32).encode()

    def _set_aside(self, target, student, current):
        """Move the submission that is replaced into the inbox, whole. Returns where it went."""
        inbox = self.course.own("inbox", self.assignment, student)
        inbox.mkdir(parents=True, exist_ok=True)
        place = Path(tempfile.mkdtemp(prefix=f"{current:%Y%m%dT%H%M%S}-replaced-", dir=inbox))
        os.replace(target, place)
        return place.relative_to(self.course.root)

    def _place(self, files, target):
        """Write a folder whole or not at all: beside it first, then renamed."""
        self.course.own().mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self.course.own()) as scratch:
            for name, data in files.items():
                _write(Path(scratch, "new", name), data)
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(Path(scratch, "new"), target)

    def _keep(self, files, student, received, digest):
        """Store what was sent, byte for byte. Returns its folder as seen from the course folder."""
        place = self.course.own(
            "inbox", self.assignment, _safe(student), f"{received:%Y%m%dT%H%M%S}-{digest[:8]}"
        )
        if not place.exists():
            self._place(files or {"EMPTY": b""}, place)
        return place.relative_to(self.course.root)

    def attention(self, student):
        return self.course.own("attention", self.assignment, f"{_safe(student)}.json")

    def _note(self, result, kept):
        note = {"student": result.student, "reason": result.outcome, "original": str(kept)}
        _write(self.attention(result.student), json.dumps(note, indent=1).encode())


def student_of(name, assignment):
    """The student's id from an entry's name (`student03`, `student03_ASSIGNMENT (1).ipynb`), or None."""
    stem = re.sub(r"\.(ipynb|zip)$", "", name, flags=re.IGNORECASE)
    if stem.lower() == assignment.lower():
        return None
    stem = re.sub(rf"[\s_.-]+{re.escape(assignment)}(?![A-Za-z0-9]).*$", "", stem, flags=re.IGNORECASE)
    return stem if _STUDENT.fullmatch(stem) else None


def attention(course, assignment):
    """What waits for a person: a list of {student, reason, original}, by student."""
    notes = course.own("attention", assignment).glob("*.json")
    return [json.loads(path.read_text()) for path in sorted(notes)]


def _digest(files):
    """One hash over names and contents."""
    whole = hashlib.sha256()
    for name in sorted(files):
        whole.update(f"{len(name)}:{name}:{len(files[name])}:".encode() + files[name])
    return whole.hexdigest()


def _received(folder):
    """When a submission in submitted/ arrived: its timestamp, else the folder's own time."""
    from nbgrader.utils import parse_utc

    path = folder / TIMESTAMP
    if path.exists():
        return parse_utc(path.read_text().strip()).replace(tzinfo=UTC)
    return datetime.fromtimestamp(folder.stat().st_mtime, UTC)


def _safe(name):
    """A name that can stand as a file's, whatever the entry was called."""
    return re.sub(r"[^A-Za-z0-9_.@-]", "_", name).lstrip(".") or "_"


def _write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".part")
    partial.write_bytes(data)
    os.replace(partial, path)


def _remove(path):
    if path.exists():
        path.unlink()
