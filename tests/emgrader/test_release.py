import shutil
import zipfile

import nbformat
import pytest

from emgrader.course import CourseError
from emgrader.release import (
    ReleaseError,
    build_wheel,
    canonical,
    findings,
    out_of_step,
    pack,
    refuse_markers,
    release,
)
from tests.conftest import mini_source, tree


def a_wheel(folder):
    (folder / "emlab-1-py3-none-any.whl").write_bytes(b"")
    return folder / "emlab-1-py3-none-any.whl"


def test_release_takes_the_solution_out_and_stays_in_step(mini_course, monkeypatch):
    monkeypatch.setattr("emgrader.release.build_wheel", a_wheel)
    (packed,) = release(mini_course, ["mini"])
    assert packed == mini_course / "dist" / "mini.zip" and packed.exists()
    path = mini_course / "release" / "mini" / "mini.ipynb"
    nb = nbformat.read(path, as_version=4)
    assert [c.id for c in nb.cells] == ["title", "add", "add-test", "why"]
    assert "a + b" not in path.read_text() and "20, 22" not in path.read_text()
    assert out_of_step(mini_course, "mini") == []
    first = path.read_bytes()
    release(mini_course, ["mini"])
    assert path.read_bytes() == first, "the same source gives the same bytes"

    source = mini_course / "source" / "mini" / "mini.ipynb"
    source.write_text(source.read_text().replace("# Adding", "# Adding numbers"))
    (mini_course / "release" / "mini" / "stray.txt").write_text("left over")
    assert out_of_step(mini_course, "mini") == ["mini.ipynb", "stray.txt"]
    assert path.read_bytes() == first, "a check changes nothing"


def test_the_author_is_told_what_a_test_cannot_do(mini_course):
    assert findings(mini_course, "mini") == []
    source = mini_course / "source" / "mini" / "mini.ipynb"
    nb = nbformat.read(source, as_version=4)
    nb.cells[2].source += "\nassert add([1], [2]) is not None"
    nbformat.write(nb, source)
    (told,) = findings(mini_course, "mini")
    assert told.startswith("mini.ipynb: add_test, line 5: This assert has no constant message.")


def test_an_unknown_assignment_names_those_there_are(mini_course):
    with pytest.raises(CourseError, match=r"'maxi'.*Assignments here: mini"):
        release(mini_course, ["maxi"])


def test_a_folder_that_is_no_course_is_named(tmp_path):
    with pytest.raises(CourseError, match=r"no course folder: it has no nbgrader_config\.py"):
        release(tmp_path, ["mini"])


@pytest.mark.parametrize("line", ["### BEGIN HIDDEN TESTS", "# END SOLUTION", "=== BEGIN MARK SCHEME ==="])
def test_a_marker_left_over_stops_the_release(line):
    nb = mini_source()
    nb.cells = nb.cells[:1]
    nb.cells[0].source += "\n" + line
    with pytest.raises(ReleaseError, match="title"):
        refuse_markers(nb, "mini.ipynb")


def test_cells_without_ids_get_steady_ones():
    source = mini_source()
    for cell in source.cells:
        del cell["id"]
    one, two = mini_source(), mini_source()
    for number, cell in enumerate(two.cells):
        cell.id = f"random-{number}"
    assert canonical(one, source) == canonical(two, source)


def test_the_zip_is_whole_and_always_the_same(tmp_path, write_notebook, mini_release):
    folder = tmp_path / "release" / "mini"
    write_notebook(mini_release, folder / "mini.ipynb")
    made = build_wheel(tmp_path)
    first = pack(folder, "mini", made, tmp_path / "a").read_bytes()
    shutil.rmtree(tmp_path / "a")
    second = pack(folder, "mini", made, tmp_path / "a")
    assert second.read_bytes() == first
    assert sorted(tree(tmp_path / "a")) == ["mini.zip"]
    with zipfile.ZipFile(second) as archive:
        names = archive.namelist()
        readme = archive.read("mini/README.txt").decode()
    assert names == [
        "mini/README.txt",
        f"mini/{made.name}",
        "mini/install.py",
        "mini/mini.ipynb",
        "mini/requirements/student.txt",
    ]
    assert readme.startswith("Adding\n") and "python install.py" in readme and "mini.ipynb" in readme
