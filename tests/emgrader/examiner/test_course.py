"""What lies beside a notebook when it runs, and what a student's links bring in: nothing."""

from types import SimpleNamespace

import pytest

from emgrader.examiner import course


@pytest.fixture
def coursedir(tmp_path):
    """A course folder with the paths that nbgrader would give."""

    def write(path, text):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)

    for name in (
        "data.csv",
        "sub/mine.py",
        "small.ipynb",
        "timestamp.txt",
        "submission_secret.txt",
        ".ipynb_checkpoints/x.py",
        "x.pyc",
    ):
        write(f"submitted/student01/small/{name}", "student")
    for name in ("data.csv", "other.csv", "solution.ipynb"):
        write(f"source/small/{name}", "instructor")
    write("gradebook.db", "secret")
    return SimpleNamespace(
        root=str(tmp_path),
        submitted_directory="submitted",
        source_directory="source",
        autograded_directory="autograded",
        ignore=[".ipynb_checkpoints", "*.pyc"],
        format_path=lambda step, student, assignment: f"{tmp_path}/{step}/{student}/{assignment}",
    )


def files(coursedir, **options):
    found = course.submission_files(coursedir, "small", "student01", **options)
    return {name: path.read_text() for name, path in found.items()}


def test_the_instructors_files_come_over_the_students_and_no_notebook(coursedir):
    expected = {"data.csv": "instructor", "other.csv": "instructor", "sub/mine.py": "student"}
    assert files(coursedir) == expected
    assert files(coursedir, keep=("data.csv",)) == {**expected, "data.csv": "student"}


def test_links_stay_out(coursedir, tmp_path):
    folder = tmp_path / "submitted/student01/small"
    (folder / "link.db").symlink_to(tmp_path / "gradebook.db")
    (folder / "all").symlink_to(tmp_path)
    assert not [name for name in files(coursedir) if name.startswith(("link", "all"))]


def test_what_nbgrader_copied_through_links_is_removed(coursedir, tmp_path):
    folder = tmp_path / "submitted/student01/small"
    (folder / "link.db").symlink_to(tmp_path / "gradebook.db")
    copied = tmp_path / "autograded/student01/small"
    copied.mkdir(parents=True)
    (copied / "link.db").write_text("secret")
    (copied / "data.csv").write_text("kept")
    assert course.remove_followed_links(coursedir, "small", "student01") == ["link.db"]
    assert [path.name for path in copied.iterdir()] == ["data.csv"]
    assert (tmp_path / "gradebook.db").read_text() == "secret"


def test_large_files_stay_out(coursedir, tmp_path, monkeypatch):
    monkeypatch.setattr(course, "MAX_FILE", 8)
    assert "other.csv" not in files(coursedir) and "sub/mine.py" in files(coursedir)
