import os
import zipfile

import pytest

from emgrader.unpack import parcels


def entry(folder, name, hour):
    """A student's folder whose notebook arrived at `hour`, and that was touched later."""
    place = folder / name
    place.mkdir()
    (place / "mini.ipynb").write_text(name)
    os.utime(place / "mini.ipynb", (hour * 3600,) * 2)
    return place


def as_folder(folder):
    return folder


def as_zip(folder):
    with zipfile.ZipFile(folder.parent / "class.zip", "w") as archive:
        for path in folder.glob("*/*"):
            info = zipfile.ZipInfo(path.relative_to(folder).as_posix(), (2026, 3, 1, *_time(path)))
            archive.writestr(info, path.read_text())
    return folder.parent / "class.zip"


def _time(path):
    return int(path.stat().st_mtime) // 3600, 0, 0


@pytest.mark.parametrize("packed", [as_folder, as_zip])
def test_who_came_first_is_first(tmp_path, packed):
    folder = tmp_path / "class"
    folder.mkdir()
    for name, hour in (("student01", 9), ("student02", 7), ("student03", 8)):
        entry(folder, name, hour)
    found = list(parcels(packed(folder)))
    assert [parcel.name for parcel in found] == ["student02", "student03", "student01"]
    assert [parcel.files for parcel in found] == [{"mini.ipynb": parcel.name.encode()} for parcel in found]


def test_an_entry_is_read_when_its_turn_comes(tmp_path):
    entry(tmp_path, "student01", 7)
    later = entry(tmp_path, "student02", 8)
    found = parcels(tmp_path)
    assert next(found).name == "student01"
    (later / "mini.ipynb").write_text("written meanwhile")
    assert next(found).files == {"mini.ipynb": b"written meanwhile"}
