import json
import os
import stat
import zipfile
from datetime import UTC, datetime

import nbformat
import pytest

from emgrader.course import open_course
from emgrader.intake import attention, check_in_place, student_of, take_in
from emgrader.unpack import COUNT_LIMIT, FILE_LIMIT
from tests.conftest import tree

EARLY, LATE = datetime(2026, 3, 1, 12, tzinfo=UTC), datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def course(mini_course):
    with open_course(mini_course) as course:
        yield course


@pytest.fixture
def sent(tmp_path):
    folder = tmp_path / "sent"
    folder.mkdir()
    return folder


@pytest.fixture
def honest(mini_release):
    mini_release.cells[1].source = "def add(a, b):\n    return a + b"
    return mini_release


def one(course, source, **options):
    """Take in what must be a single submission."""
    (result,) = take_in(course, "mini", source, **options)
    return result


def stored(course, student="student01"):
    return course.folder("submitted", "mini", student)


def originals(course, student="student01"):
    """What was sent by a student, as kept: one {name: bytes} for each delivery."""
    return [tree(p) for p in sorted(course.own("inbox", "mini", student).iterdir())]


def waits(course, result, *words):
    """A submission that needs a person: noted with a reason that has these words, and not in submitted/."""
    assert result.status == "attention"
    for word in words:
        assert word in result.outcome
    assert [n["student"] for n in attention(course, "mini")] == [result.student]
    assert not stored(course, result.student).exists()
    return True


# what goes through


def test_a_good_notebook_is_stored_byte_for_byte_with_its_time(course, sent, honest, write_notebook):
    path = sent / "student01_mini.ipynb"
    path.write_text(json.dumps(honest, indent=3))
    result = one(course, sent, received=EARLY)
    assert (result.student, result.status, result.notes) == ("student01", "new", [])
    assert (stored(course) / "mini.ipynb").read_bytes() == path.read_bytes()
    assert course.api.get_submitted_timestamp("mini", "student01") == EARLY.replace(tzinfo=None)
    assert (stored(course) / "submission_secret.txt").read_text()
    assert originals(course) == [{"student01_mini.ipynb": path.read_bytes()}]


@pytest.mark.parametrize(
    ("before", "encoding", "word"),
    [(b"\xef\xbb\xbf", "utf-8", "byte order mark"), (b"", "utf-16", "UTF-16"), (b"", "latin-1", "Latin-1")],
)
def test_encodings_are_repaired_and_the_original_is_kept(
    course, sent, honest, write_notebook, before, encoding, word
):
    honest.cells[0].source = "# Größe"
    path = sent / "student01.ipynb"
    path.write_bytes(before + json.dumps(honest, ensure_ascii=False).encode(encoding))
    result = one(course, sent)
    assert result.status == "new" and any(word in action for action in result.actions)
    assert nbformat.read(stored(course) / "mini.ipynb", as_version=4).cells[0].source == "# Größe"
    assert originals(course) == [{"student01.ipynb": path.read_bytes()}]


def test_half_a_character_is_replaced(course, sent, honest, write_notebook):
    honest.cells[0].source = "half HERE"
    path = write_notebook(honest, sent / "student01.ipynb")
    path.write_bytes(path.read_bytes().replace(b"HERE", rb"\ud83d and whole \ud83d\ude00"))
    result = one(course, sent)
    assert result.status == "new" and "halves of characters" in result.actions[-1]
    kept = nbformat.reads((stored(course) / "mini.ipynb").read_text(), 4)
    assert kept.cells[0].source == "half ? and whole 😀"


def test_an_old_format_is_converted(course, sent, honest):
    old = nbformat.convert(honest, 3)
    (sent / "student01.ipynb").write_text(json.dumps(old))
    result = one(course, sent)
    assert result.status == "new" and any("old notebook format 3" in action for action in result.actions)
    assert nbformat.read(stored(course) / "mini.ipynb", as_version=4).nbformat == 4


def test_what_nbgrader_relies_on_is_filled_in(course, sent, honest):
    del honest["metadata"], honest.cells[1]["outputs"], honest.cells[0]["metadata"], honest.cells[0]["source"]
    (sent / "student01.ipynb").write_text(json.dumps(honest))
    result = one(course, sent)
    assert result.status == "new" and "What a notebook must have" in result.actions[-1]
    nb = nbformat.read(stored(course) / "mini.ipynb", as_version=4)
    nbformat.validate(nb)
    assert nb.cells[1].source == honest.cells[1].source


def test_what_a_notebook_cannot_hold_is_taken_out(course, sent, honest):
    honest["metadata"].update(kernelspec={"name": [], "display_name": 7}, language_info=7, kept=1)
    first, second = honest.cells[:2]
    first.update(id="../" * 30)
    second.metadata.update(tags=7, name=[], kept=1)
    second.update(
        outputs=[{"output_type": "evil"}, nbformat.v4.new_output("stream", text="x")], execution_count="1"
    )
    (sent / "student01.ipynb").write_text(json.dumps(honest))
    result = one(course, sent)
    assert result.status == "new" and "what it can't hold was taken out" in result.actions[-1]
    nb = nbformat.read(stored(course) / "mini.ipynb", as_version=4)
    nbformat.validate(nb)
    assert [cell.source for cell in nb.cells] == [cell.source for cell in honest.cells]
    assert nb.cells[1].metadata.nbgrader == second.metadata.nbgrader
    assert [output.get("text") for output in nb.cells[1].outputs] == ["x"]
    assert nb.metadata.kept == nb.cells[1].metadata.kept == 1 and "language_info" not in nb.metadata


def test_a_nested_folder_and_a_wrong_name_are_put_right(course, sent, honest, write_notebook):
    write_notebook(honest, sent / "student01" / "work" / "week 1" / "My notebook.ipynb")
    (sent / "student01" / "work" / "week 1" / "responses.jsonl.gz").write_bytes(b"log")
    (sent / "student01" / "work" / "__pycache__").mkdir()
    (sent / "student01" / "work" / "__pycache__" / "x.pyc").write_bytes(b"junk")
    result = one(course, sent)
    assert sorted(os.listdir(stored(course))) == [
        "mini.ipynb", "responses.jsonl.gz", "submission_secret.txt", "timestamp.txt",
    ]  # fmt: skip
    assert [a.split(" ")[0] for a in result.actions] == ["The", "My"]


def test_of_several_notebooks_the_right_one_is_taken(course, sent, honest, write_notebook):
    write_notebook(honest, sent / "student01" / "final.ipynb")
    other = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    write_notebook(other, sent / "student01" / "mini.ipynb")
    result = one(course, sent)
    assert result.status == "new" and "final.ipynb, mini.ipynb" in result.actions[0]
    assert "return a + b" in (stored(course) / "mini.ipynb").read_text()
    assert sorted(originals(course)[0]) == ["final.ipynb", "mini.ipynb"]


def test_duplicate_and_changed_cell_ids_are_told_and_left_alone(course, sent, honest, write_notebook):
    honest.cells.insert(2, nbformat.from_dict({**honest.cells[1], "id": "again"}))
    honest.cells[-1].metadata["nbgrader"]["grade_id"] = "renamed"
    path = write_notebook(honest, sent / "student01.ipynb")
    result = one(course, sent)
    assert result.status == "new"
    assert "more than once: add." in result.notes[0] and "missing or renamed: why." in result.notes[1]
    assert (stored(course) / "mini.ipynb").read_bytes() == path.read_bytes()


# what needs a person


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"cells": [', ["student01.ipynb is not a notebook", "line 1", "Ask the student"]),
        (b"<html>Please log in</html>", ["no valid JSON"]),
        (b"", ["is empty (0 bytes)"]),
        (b'[1, 2]', ["JSON, but not a notebook (it is a list)"]),
        (b'{"a": 1}', ["it has no nbformat"]),
        (b'{"nbformat": 4, "cells": {}}', ["it has no list of cells"]),
        (b'{"nbformat": 4, "cells": [3]}', ["cell 1 is no notebook cell"]),
        (b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": 7}]}', ["source of cell 1 is no text"]),
        (b'{"nbformat": 4, "cells": [{"cell_type": "code", "metadata": 7}]}', ["metadata of cell 1"]),
        (b'{"nbformat": 4, "cells": [{"cell_type": "code", "outputs": 7}]}', ["outputs of cell 1"]),
        (b'{"nbformat": 4, "cells": [{"cell_type": "code", "outputs": [7]}]}', ["outputs of cell 1"]),
        (b'{"nbformat": 4, "cells": [{"cell_type": "raw", "attachments": []}]}', ["attachments of cell 1"]),
        (b'{"nbformat": 4, "cells": [{"cell_type": "raw", "id": []}]}', ["id of cell 1 is no text"]),
        (b'{"nbformat": 4, "cells": [], "metadata": "x"}', ["its metadata"]),
        (b'{"nbformat": 4, "cells": [], "nbformat_minor": "5"}', ["nbformat_minor"]),
        (b'{"nbformat": 4, "cells": [], "x": ' + b"7" * 5000 + b"}", ["a number in it is too long"]),
        (b'{"nbformat": 4, "cells": []}', ["has no cells"]),
        (b'{"nbformat": 5, "cells": []}', ["notebook format 5"]),
        (b'{"nbformat": 3, "worksheets": 1}', ["not a notebook"]),
        (b"[" * 100_000, ["nested too deeply"]),
        (b'{\n<<<<<<< HEAD\n "cells": []\n=======\n}\n>>>>>>> theirs\n', ["unfinished git merge (line 2"]),
    ],
)  # fmt: skip
def test_what_is_no_notebook_is_named_with_the_way_out(course, sent, data, words):
    (sent / "student01.ipynb").write_bytes(data)
    assert waits(course, one(course, sent), *words)
    (note,) = attention(course, "mini")
    assert (course.root / note["original"] / "student01.ipynb").read_bytes() == data


def test_another_notebook_is_told_from_this_one(course, sent, write_notebook):
    other = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    write_notebook(other, sent / "student01_mini.ipynb")
    assert waits(course, one(course, sent), "none of the cells of the assignment mini")


def test_a_notebook_that_is_too_large_is_told(course, sent, honest, write_notebook):
    honest.cells[1].outputs = [nbformat.v4.new_output("stream", text="x" * FILE_LIMIT)]
    write_notebook(honest, sent / "student01.ipynb")
    assert waits(course, one(course, sent), "25 MB; the limit is 25 MB", "clear the outputs")


def test_a_name_that_tells_no_student(course, sent, honest, write_notebook):
    write_notebook(honest, sent / "mini.ipynb")
    result = one(course, sent)
    assert result.status == "attention" and "STUDENT_mini.ipynb" in result.outcome


def test_no_name_moves_a_terminals_cursor(course, tmp_path, honest):
    text = nbformat.writes(honest)
    entries = {"\x1b[2Jall is well.ipynb": text, "student01/\x1b[A.txt": "1", "student01/mini.ipynb": text}
    for result in take_in(course, "mini", make_zip(tmp_path / "class.zip", entries)):
        told = "".join([result.student, result.outcome, *result.actions])
        assert "?[" in told and told.isprintable()


@pytest.mark.parametrize("name", ["student01.docx", "student01.pdf"])
def test_what_is_neither_notebook_nor_zip_nor_folder(course, sent, name):
    (sent / name).write_bytes(b"text")
    result = one(course, sent)
    assert result.status == "attention" and name in result.outcome and "mini.ipynb" in result.outcome


def test_a_folder_without_a_notebook(course, sent):
    (sent / "student01").mkdir()
    (sent / "student01" / "notes.txt").write_text("sorry")
    assert waits(course, one(course, sent), "no notebook in student01")


def test_links_are_never_followed(course, sent, tmp_path, honest, write_notebook):
    secret = tmp_path / "secret"
    write_notebook(honest, secret / "mini.ipynb")
    (sent / "student01.ipynb").symlink_to(secret / "mini.ipynb")
    assert waits(course, one(course, sent), "is a link")
    (sent / "student01.ipynb").unlink()
    write_notebook(honest, sent / "student02" / "mini.ipynb")
    (sent / "student02" / "answers.csv").symlink_to(secret / "mini.ipynb")
    (sent / "student02" / "more").symlink_to(secret)
    result = one(course, sent)
    assert result.status == "new"
    assert [a for a in result.actions if "link to another file" in a] == result.actions
    assert sorted(os.listdir(stored(course, "student02"))) == [
        "mini.ipynb", "submission_secret.txt", "timestamp.txt",
    ]  # fmt: skip


# zips


def make_zip(path, entries):
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


def test_a_zip_that_reaches_out_of_its_folder(course, sent, tmp_path, honest):
    text = nbformat.writes(honest)
    make_zip(
        sent / "student01.zip",
        {"mini.ipynb": text, "../../evil.py": "1", "/abs.py": "1", "C:/win.py": "1", "..\\back.py": "1"},
    )
    before = {name for name in tree(tmp_path) if "student01" not in name}
    result = one(course, sent)
    assert result.status == "new" and len([a for a in result.actions if "leads out" in a]) == 4
    assert "mini.ipynb" in os.listdir(stored(course))
    assert {name for name in tree(tmp_path) if "student01" not in name} == before


def test_a_link_in_a_zip_and_names_a_disk_cannot_hold(course, sent, honest):
    path = sent / "student01.zip"
    names = ["x" * 300, "a", "a/b", ".", "//"]
    make_zip(path, {"mini.ipynb": nbformat.writes(honest), **dict.fromkeys(names, "1")})
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("link.py")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    result = one(course, sent)
    assert result.status == "new" and len(result.actions) == 4
    assert sorted(os.listdir(stored(course))) == ["a", "mini.ipynb", "submission_secret.txt", "timestamp.txt"]
    assert originals(course) == [{"student01.zip": path.read_bytes()}]


def test_a_damaged_zip(course, sent, honest):
    path = make_zip(sent / "student01.zip", {"mini.ipynb": nbformat.writes(honest)})
    data = bytearray(path.read_bytes())
    data[60:90] = b"?" * 30
    path.write_bytes(data)
    assert waits(course, one(course, sent), "not a readable zip", "send it again")
    assert originals(course) == [{"student01.zip": bytes(data)}]
    path.write_bytes(b"PK not at all")
    assert waits(course, one(course, sent), "student01.zip is not a readable zip")


def test_a_zip_that_swells(course, sent, honest):
    with zipfile.ZipFile(sent / "student01.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mini.ipynb", nbformat.writes(honest))
        archive.writestr("bomb.bin", bytes(FILE_LIMIT + 1))
    result = one(course, sent)
    assert result.status == "new" and "bomb.bin was left out: it is larger than 25 MB." in result.actions


def test_a_zip_of_countless_files(course, sent, honest):
    files = {"mini.ipynb": nbformat.writes(honest), **{f"{n}.txt": "" for n in range(COUNT_LIMIT)}}
    make_zip(sent / "student01.zip", files)
    assert waits(course, one(course, sent), "more than 2000 files")
    for name in files:
        (sent / "student01").mkdir(exist_ok=True)
        (sent / "student01" / name).write_text(files[name])
    (sent / "student01.zip").unlink()
    assert waits(course, one(course, sent), "more than 2000 files")


def test_a_damaged_entry_of_a_class_costs_nobody_else_anything(course, tmp_path, honest):
    text = nbformat.writes(honest)
    path = make_zip(tmp_path / "class.zip", {"student01.ipynb": text, "student02.ipynb": text + "\n"})
    path.write_bytes(path.read_bytes().replace(text.encode(), text.replace("Adding", "Ad__ng").encode(), 1))
    first, second = take_in(course, "mini", path)
    assert first.status == "attention" and "student01.ipynb is not a readable zip" in first.outcome
    assert second.status == "new"


def test_a_class_in_one_zip(course, sent, honest):
    text = nbformat.writes(honest)
    inner = make_zip(sent / "inner.zip", {"deep/mini.ipynb": text}).read_bytes()
    path = make_zip(
        sent / "class.zip",
        {
            "student01_mini.ipynb": text,
            "student02/mini.ipynb": text,
            "student03.zip": inner,
            "student04_mini.ipynb": "{",
            "__MACOSX/student01_mini.ipynb": "junk",
        },
    )
    results = take_in(course, "mini", path)
    assert [(r.student, r.status) for r in results] == [
        ("student01", "new"),
        ("student02", "new"),
        ("student03", "new"),
        ("student04", "attention"),
    ]
    assert course.students("mini") == ["student01", "student02", "student03"]


# again


def test_a_bad_one_costs_nobody_else_anything_and_a_good_one_clears_it(course, sent, honest, write_notebook):
    (sent / "student01.ipynb").write_text("{")
    write_notebook(honest, sent / "student02.ipynb")
    assert [r.status for r in take_in(course, "mini", sent)] == ["attention", "new"]
    write_notebook(honest, sent / "student01.ipynb")
    assert [r.status for r in take_in(course, "mini", sent)] == ["new", "same"]
    assert attention(course, "mini") == []


def test_taking_in_twice_changes_nothing(course, sent, honest, write_notebook):
    write_notebook(honest, sent / "student01.ipynb")
    one(course, sent)
    before = tree(course.root)
    assert one(course, sent).status == "same"
    assert tree(course.root) == before


def test_a_newer_submission_replaces_an_earlier_one_and_both_are_kept(course, sent, honest, write_notebook):
    first = write_notebook(honest, sent / "student01.ipynb").read_bytes()
    one(course, sent, received=EARLY)
    secret = (stored(course) / "submission_secret.txt").read_bytes()
    honest.cells[1].source = "def add(a, b):\n    return b + a"
    second = write_notebook(honest, sent / "student01.ipynb").read_bytes()
    result = one(course, sent, received=LATE)
    assert result.status == "replaced" and "2026-03-01 12:00" in result.outcome
    assert (stored(course) / "mini.ipynb").read_bytes() == second
    assert (stored(course) / "submission_secret.txt").read_bytes() == secret, "its feedback keeps its name"
    kept = [data for delivery in originals(course) for data in delivery.values()]
    assert first in kept and second in kept


def test_an_older_submission_does_not_replace_a_newer_one(course, sent, honest, write_notebook):
    second = write_notebook(honest, sent / "student01.ipynb").read_bytes()
    one(course, sent, received=LATE)
    honest.cells[1].source = "pass"
    first = write_notebook(honest, sent / "student01.ipynb").read_bytes()
    result = one(course, sent, received=EARLY)
    assert result.status == "older" and "2026-03-02 12:00" in result.outcome
    assert (stored(course) / "mini.ipynb").read_bytes() == second
    assert {"student01.ipynb": first} in originals(course)


def test_what_was_collected_by_hand_is_not_lost(course, sent, honest, write_notebook):
    by_hand = write_notebook(honest, stored(course) / "mini.ipynb").read_bytes()
    honest.cells[1].source = "def add(a, b):\n    return b + a"
    write_notebook(honest, sent / "student01.ipynb")
    later = datetime.now(UTC).replace(year=2100)
    assert one(course, sent, received=later).status == "replaced"
    assert any(delivery.get("mini.ipynb") == by_hand for delivery in originals(course))


def test_a_students_own_timestamp_does_not_count(course, sent, honest, write_notebook):
    write_notebook(honest, sent / "student01" / "mini.ipynb")
    (sent / "student01" / "timestamp.txt").write_text("2020-01-01 00:00:00.0 UTC")
    result = one(course, sent, received=LATE)
    assert "timestamp.txt was left out" in result.actions[-1]
    assert course.api.get_submitted_timestamp("mini", "student01") == LATE.replace(tzinfo=None)


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("student03_few_shot.ipynb", "student03"),
        ("student03_few_shot (2).ipynb", "student03"),
        ("student03-few_shot.zip", "student03"),
        ("student03", "student03"),
        ("s.03@uni_FEW_SHOT_final.ipynb", "s.03@uni"),
        ("few_shot.ipynb", None),
        ("..ipynb", None),
        ("two words.ipynb", None),
    ],
)
def test_the_student_in_a_name(name, student):
    assert student_of(name, "few_shot") == student


# what is in submitted/ already


def test_what_others_collected_is_checked_before_grading(course, honest, write_notebook):
    good = write_notebook(honest, stored(course, "student01") / "mini.ipynb").read_bytes()
    bad = stored(course, "student02") / "mini.ipynb"
    bad.parent.mkdir(parents=True)
    bad.write_bytes(b"{")
    text = nbformat.writes(honest).encode()
    write_notebook(honest, stored(course, "student03") / "Mine.ipynb", before=b"\xef\xbb\xbf")
    refused = check_in_place(course, "mini")
    assert list(refused) == ["student02"] and "no valid JSON" in refused["student02"]
    assert bad.read_bytes() == b"{", "what can't be repaired stays where it is"
    assert [note["student"] for note in attention(course, "mini")] == ["student02"]
    assert (stored(course, "student01") / "mini.ipynb").read_bytes() == good
    assert not course.own("inbox", "mini", "student01").exists()
    assert nbformat.reads((stored(course, "student03") / "mini.ipynb").read_text(), 4) == honest
    assert any(d.get("Mine.ipynb") == b"\xef\xbb\xbf" + text for d in originals(course, "student03"))

    bad.write_bytes(text)
    assert check_in_place(course, "mini") == {} and attention(course, "mini") == []
