"""What was sent in, spread out as plain files: one folder of {path: bytes} for each student.

A submission may be a notebook, a zip or a folder; a class may be a folder or a zip of those. Nothing is
written to disk here, links are never followed, and a path that leads out of its archive is left out.
"""

import stat
import zipfile
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from itertools import islice
from pathlib import Path, PurePosixPath

from .messages import say
from .repair import Unreadable

MB = 1_000_000
FILE_LIMIT = 25 * MB
TOTAL_LIMIT = 100 * MB
COUNT_LIMIT = 2000  # files of one submission
# all that zipfile raises over a damaged, encrypted or strangely packed archive
BAD_ZIP = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)
JUNK = {".ipynb_checkpoints", "__pycache__", "__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", ".git"}


@dataclass
class Parcel:
    """One entry of what was sent in, before any judgement.

    name: the entry's name in the folder or zip; files: {posix path: bytes}; sent: the same as it came, where
    that is one zip; left_out: sentences about what was not taken; received: when it arrived (time zone
    aware, UTC); problem: why nothing of it can be used, or "".
    """

    name: str
    received: datetime
    files: dict = field(default_factory=dict)
    sent: dict = field(default_factory=dict)
    left_out: list = field(default_factory=list)
    problem: str = ""

    def add(self, path, size, read):
        """Take a file in, unless it is junk (dropped) or too large, too much in all or unstorable (told)."""
        parts = PurePosixPath(path).parts
        if any(part in JUNK for part in parts):
            return
        if not _storable(parts) or self._in_the_way(path):
            self.leave_out(path, "name")
        elif size > FILE_LIMIT and not path.endswith(".ipynb"):
            self.leave_out(path, "large", limit=FILE_LIMIT // MB)
        elif sum(map(len, self.files.values())) + size > TOTAL_LIMIT:
            self.leave_out(path, "total", limit=TOTAL_LIMIT // MB)
        else:
            self.files[path] = read()

    def _in_the_way(self, path):
        """Whether a file and a folder would have the same name (a zip can hold both, a disk can't)."""
        parents = {str(parent) for parent in PurePosixPath(path).parents}
        return bool(parents & self.files.keys()) or any(name.startswith(f"{path}/") for name in self.files)

    def leave_out(self, path, why, **values):
        name = path.encode("utf-8", "replace").decode()[:200]
        self.left_out.append(say("intake.left_out", name=name, why=say(f"intake.why.{why}", **values)))


def _storable(parts):
    """Whether every part of a path can be a file's name here: UTF-8, of ordinary length, printable."""
    try:
        return all(part.isprintable() and len(part.encode()) <= 200 for part in parts)
    except UnicodeEncodeError:
        return False


def parcels(source):
    """Yield a Parcel for each entry of `source`: a folder or zip of a class, or a single notebook.

    The one that arrived first comes first. Each is read when it is asked for: a class may not fit in memory.
    """
    source = Path(source)
    if source.is_dir():
        paths = [p for p in source.iterdir() if p.name not in JUNK and not p.name.startswith(".")]
        for path in sorted(paths, key=lambda path: (_arrival(path), path.name)):
            yield parcel_of(path)
    elif source.suffix == ".zip":
        yield from _class_zip(source)
    else:
        yield parcel_of(source)


def parcel_of(path):
    """The Parcel of one file or folder."""
    info = path.lstat()
    parcel = Parcel(path.name, _arrival(path))
    if stat.S_ISLNK(info.st_mode):
        parcel.problem = say("attention.symlink", name=path.name)
    elif path.is_dir():
        _read_folder(path, parcel)
    elif path.is_file():
        _take_file(parcel, path.name, info.st_size, path.read_bytes)
    return parcel


def _arrival(path):
    """When a file or folder arrived: a folder when the newest notebook in it did."""
    below = islice(path.rglob("*"), COUNT_LIMIT) if path.is_dir() and not path.is_symlink() else ()
    infos = [entry.lstat() for entry in below if entry.suffix == ".ipynb"]
    times = [info.st_mtime for info in infos if stat.S_ISREG(info.st_mode)]
    return datetime.fromtimestamp(max(times, default=path.lstat().st_mtime), UTC)


def _take_file(parcel, name, size, read):
    """A single file: unpack it if it is a zip, keep it as it is otherwise."""
    if name.lower().endswith(".zip"):
        if size > TOTAL_LIMIT:
            parcel.leave_out(name, "large", limit=TOTAL_LIMIT // MB)
            return
        try:
            parcel.sent[name] = read()
            with zipfile.ZipFile(BytesIO(parcel.sent[name])) as archive:
                _read_zip(archive, parcel, archive.infolist(), "")
        except BAD_ZIP as error:
            parcel.problem = say("attention.bad_zip", name=name, why=error)
    else:
        parcel.add(name, size, read)


def _read_folder(folder, parcel):
    """All ordinary files below a folder."""
    paths = sorted(islice(folder.rglob("*"), COUNT_LIMIT + 1))
    if len(paths) > COUNT_LIMIT:
        parcel.problem = say("attention.many_files", name=parcel.name, limit=COUNT_LIMIT)
        return
    for path in paths:
        name = path.relative_to(folder).as_posix()
        if any((folder / parent).is_symlink() for parent in PurePosixPath(name).parents):
            continue  # told once, for the link itself
        info = path.lstat()
        if stat.S_ISLNK(info.st_mode):
            parcel.leave_out(name, "symlink")
        elif stat.S_ISREG(info.st_mode):
            parcel.add(name, info.st_size, path.read_bytes)
        elif not stat.S_ISDIR(info.st_mode):
            parcel.leave_out(name, "special")


def _class_zip(path):
    """A class's zip: its top level holds one entry for each student."""
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise Unreadable(say("attention.bad_zip", name=path.name, why=error)) from error
    with archive:
        groups = {}
        for info in archive.infolist():
            top = info.filename.replace("\\", "/").lstrip("/").split("/")[0]
            if top and top not in JUNK and not top.startswith("."):
                groups.setdefault(top, []).append(info)
        arrivals = {top: max(map(_zip_time, entries)) for top, entries in groups.items()}
        for top in sorted(groups, key=lambda top: (arrivals[top], top)):
            parcel, entries = Parcel(top, arrivals[top]), groups[top]
            if len(entries) == 1 and entries[0].filename == top:
                try:
                    _take_file(parcel, top, entries[0].file_size, lambda e=entries[0]: archive.read(e))
                except BAD_ZIP as error:
                    parcel.problem = say("attention.bad_zip", name=f"{path.name}: {top}", why=error)
            else:
                _read_zip(archive, parcel, entries, f"{top}/")
            yield parcel


def _zip_time(entry):
    """A zip entry's time in UTC (zips carry no zone; this machine's is the best guess)."""
    try:
        return datetime(*entry.date_time).astimezone(UTC)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)


def _read_zip(archive, parcel, entries, prefix):
    if len(entries) > COUNT_LIMIT:
        parcel.problem = say("attention.many_files", name=parcel.name, limit=COUNT_LIMIT)
        return
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        if entry.is_dir():
            continue
        path = PurePosixPath(name.removeprefix(prefix))
        mode = entry.external_attr >> 16
        if not path.parts:
            parcel.leave_out(name, "name")
        elif path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
            parcel.leave_out(name, "slip")
        elif stat.S_ISLNK(mode):
            parcel.leave_out(name, "symlink")
        else:
            try:
                parcel.add(path.as_posix(), entry.file_size, lambda e=entry: archive.read(e))
            except BAD_ZIP as error:
                parcel.problem = say("attention.bad_zip", name=f"{parcel.name}: {name}", why=error)
