"""What is sent in: archives that reach out, swell or lie, and files that are no notebooks."""

import io
import json
import stat
import struct
import zipfile

from tests.attacks.generic.attack import FULL, NOTHING, Attack
from tests.attacks.generic.classmates import CLASSMATES
from tests.emgrader.small_course import SOLVED

_LINK = (stat.S_IFLNK | 0o777) << 16
_PIPE = (stat.S_IFIFO | 0o666) << 16
_MANY = 2001


def _zip(*entries):
    """A zip of (name, content[, mode]) entries; "NOTEBOOK" as content stands for the notebook's text."""

    def upload(text):
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content, *mode in entries:
                info = zipfile.ZipInfo(name)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = mode[0] if mode else 0o644 << 16
                archive.writestr(info, text if content == "NOTEBOOK" else content)
        return ".zip", data.getvalue()

    return upload


def _bytes(act):
    """The notebook's text, as bytes that `act` makes of it."""
    return lambda text: (".ipynb", act(text))


def _lying(text):
    """A zip whose entry says that it holds ten bytes."""
    ending, data = _zip(("small.ipynb", "NOTEBOOK"))(text)
    size = struct.pack("<I", len(text.encode()))
    return ending, data.replace(size, struct.pack("<I", 10))


def _cells(act):
    """The notebook with something done to its parsed JSON."""

    def upload(text):
        nb = json.loads(text)
        act(nb)
        return ".ipynb", json.dumps(nb).encode()

    return upload


def _cell(nb, position):
    return nb["cells"][position]


_NB = ("small.ipynb", "NOTEBOOK")
_OUT = [
    (name, "planted")
    for name in ("../../planted", "/tmp/planted", "a/../../../planted", "..\\planted", "C:/planted")
]
_LINKS = [("a", "../../../gradebook.db", _LINK), ("b", f"../../{CLASSMATES[0]}/small/small.ipynb", _LINK)]
_OWN = [
    (name, "planted") for name in ("gradebook.db", ".emgrader/secret", "nbgrader_config.py", "timestamp.txt")
]
_NAMES = [
    ("x" * 300, "1"),
    ("a", "1"),
    ("a/b", "1"),
    (".", "1"),
    ("./", ""),
    ("//", "1"),
    ("b\x1b[2J", "1"),
    ("p", "1", _PIPE),
]

ATTACKS = [
    *(
        Attack(f"upload_{name}", FULL, SOLVED, upload=upload)
        for name, upload in {
            "slip": _zip(_NB, *_OUT),
            "links": _zip(_NB, *_LINKS),
            "own_names": _zip(_NB, *_OWN),
            "odd_names": _zip(_NB, *_NAMES),
            "bomb": _zip(_NB, ("zeros", bytes(120_000_000))),
            "anothers_name": _zip((f"{CLASSMATES[1]}/small/small.ipynb", "NOTEBOOK")),
            "two_notebooks": _zip(_NB, ("a/small.ipynb", '{"cells": [], "nbformat": 4}'), ("b.ipynb", "[" * 10**5)),
            "byte_order_mark": _bytes(lambda text: b"\xef\xbb\xbf" + text.encode()),
            "utf16": _bytes(lambda text: text.encode("utf-16")),
            "half_character": _bytes(lambda text: text.replace("# Small", "# \\ud800").encode()),
            "outputs_forged": _cells(lambda nb: _cell(nb, 2).update(outputs=[{"output_type": "evil", "x": 1}])),
            "kernel": _cells(lambda nb: nb["metadata"].update(kernelspec={"name": "../../x", "display_name": []})),
            "language": _cells(lambda nb: nb["metadata"].update(language_info=7, widgets=[])),
            "minor_version": _cells(lambda nb: nb.update(nbformat_minor=10**6)),
            "cell_ids": _cells(lambda nb: [cell.update(id="../" * 40) for cell in nb["cells"]]),
            "cell_metadata": _cells(lambda nb: [cell["metadata"].update(tags=7, name=[]) for cell in nb["cells"]]),
        }.items()
    ),
    Attack(
        "upload_nothing_of_it",
        NOTHING,
        upload=_cells(lambda nb: nb.update(cells=[cell for cell in nb["cells"] if cell["metadata"]][:1])),
    ),
    *(
        Attack(f"upload_{name}", None, SOLVED, upload=upload, event=event)
        for name, (upload, event) in {
            "notebook_bomb": (_zip(("small.ipynb", bytes(120_000_000))), "no notebook"),
            "lying": (_lying, "not a readable zip"),
            "countless": (_zip(_NB, *((f"{n}", "") for n in range(_MANY))), "more than 2000 files"),
            "no_zip": (lambda text: (".zip", b"PK\x03\x04" + bytes(99)), "not a readable zip"),
            "link": (_zip(("small.ipynb", "../../source/small/small.ipynb", _LINK)), "no notebook"),
            "merge_conflict": (
                _bytes(lambda text: text.replace("{", "{\n<<<<<<< HEAD\n", 1).encode()),
                "unfinished git merge",
            ),
            "web_page": (_bytes(lambda text: b"<script>alert(1)</script>"), "no valid JSON"),
            "deep": (_bytes(lambda text: b'{"nbformat": 4, "cells": ' + b"[" * 10**5), "nested too deeply"),
            "long_number": (_bytes(lambda text: b'{"nbformat": ' + b"9" * 10**4 + b"}"), "a number in it is too long"),
            "no_cells": (_cells(lambda nb: nb.update(cells={"cell_type": "code"})), "no list of cells"),
            "no_metadata": (_cells(lambda nb: _cell(nb, 1).update(metadata=["nbgrader"])), "metadata of cell 2"),
            "no_source": (_cells(lambda nb: _cell(nb, 1).update(source={"x": 1})), "source of cell 2"),
            "empty": (_bytes(lambda text: b""), "is empty"),
            "other_notebook": (_cells(lambda nb: [c.update(metadata={}) for c in nb["cells"]]), "none of the cells"),
        }.items()
    ),
]  # fmt: skip
