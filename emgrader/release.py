"""`emgrader release`: from source/ to what students receive.

nbgrader's generate_assignment takes the solutions and hidden tests out. What it writes is then checked,
brought into one form (so that the same source always gives the same bytes) and packed with the wheel into a
zip.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import nbformat

from .course import CONFIG, CourseError, checked, open_course
from .lint import lint
from .messages import say

EPOCH = (1980, 1, 1, 0, 0, 0)  # the oldest date that a zip can hold: no build date in what we hand out
KERNELSPEC = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
MARKER = re.compile(r"\b(?:BEGIN|END) (?:SOLUTION|HIDDEN TESTS|MARK SCHEME)\b")
PROJECT = Path(__file__).resolve().parents[1]
PACKAGED = ["pyproject.toml", "README.md", "LICENSE", "emlab", "emgrader"]  # what a wheel is built from


class ReleaseError(CourseError):
    """The students' version can't be handed out; the message says which notebook and why."""


def release(root, assignments):
    """Write release/<assignment>/ and dist/<assignment>.zip for each of them. Returns the zips' paths."""
    with open_course(root) as course:
        for assignment in assignments:
            generate(course, assignment)
        folders = {course.folder("release", name): course.notebook(name) for name in assignments}
    with tempfile.TemporaryDirectory() as scratch:
        wheel = build_wheel(Path(scratch))
        return [pack(folder, notebook, wheel, Path(root) / "dist") for folder, notebook in folders.items()]


def generate(course, assignment):
    """Run nbgrader's generate_assignment and bring every released notebook into its one form."""
    course.notebook(assignment)  # names the assignment if there is none
    checked(course.api.generate_assignment(assignment, force=True, create=True), f"releasing {assignment}")
    for path in sorted(course.folder("release", assignment).glob("*.ipynb")):
        source = course.folder("source", assignment) / path.name
        nb = nbformat.read(path, as_version=4)
        refuse_markers(nb, path.name)
        write_atomic(path, canonical(nb, nbformat.read(source, as_version=nbformat.NO_CONVERT)))


def findings(root, assignment):
    """What the examiner can't do in the tests of an assignment: sentences, for the one who writes them."""
    with open_course(root) as course:
        folder = course.folder("source", assignment)
    return [
        f"{path.name}: {finding}"
        for path in sorted(folder.glob("*.ipynb"))
        for finding in lint(nbformat.read(path, as_version=4))
    ]


def canonical(nb, source_nb):
    """The text of a released notebook: ids from the source or its own numbering, no trace of who made it."""
    kept = {cell["id"] for cell in source_nb.get("cells", []) if "id" in cell}
    for number, cell in enumerate(nb.cells):
        if cell.get("id") not in kept:
            cell["id"] = f"cell-{number}"
    nb.metadata = nbformat.from_dict({"kernelspec": KERNELSPEC, "language_info": {"name": "python"}})
    nb.nbformat, nb.nbformat_minor = 4, 5
    return nbformat.writes(nb).rstrip("\n") + "\n"


def refuse_markers(nb, name):
    """Stop when a line that should have been taken out is still there."""
    for cell in nb.cells:
        found = MARKER.search(cell.source)
        if found:
            which = cell.metadata.get("nbgrader", {}).get("grade_id") or cell.get("id")
            raise ReleaseError(
                f"{name}: the cell {which!r} still holds {found[0]!r} after the release. A marker outside a "
                "graded or solution cell is not taken out by nbgrader: give the cell its role, or remove "
                "the line."
            )


def out_of_step(root, assignment):
    """What differs between release/ and what source/ gives now: a list of file names, empty when in step."""
    root = Path(root).resolve()
    with tempfile.TemporaryDirectory() as scratch:
        shutil.copy(root / CONFIG, scratch)
        shutil.copytree(root / "source" / assignment, Path(scratch, "source", assignment))
        with open_course(scratch) as course:
            generate(course, assignment)
        fresh, there = Path(scratch, "release", assignment), root / "release" / assignment
        names = {str(p.relative_to(f)) for f in (fresh, there) for p in f.rglob("*") if p.is_file()}
        names = {name for name in names if ".ipynb_checkpoints" not in name}
        return sorted(name for name in names if _bytes(fresh / name) != _bytes(there / name))


def _bytes(path):
    return path.read_bytes() if path.is_file() else None


def pack(folder, notebook, wheel, dist):
    """Zip the released folder, the wheel, install.py, its lock and a README. Returns the zip's path."""
    dist.mkdir(parents=True, exist_ok=True)
    assignment = folder.name
    files = {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    files = {name: data for name, data in files.items() if ".ipynb_checkpoints" not in name}
    files[wheel.name] = wheel.read_bytes()
    files["install.py"] = (PROJECT / "install.py").read_bytes()
    files["requirements/student.txt"] = (PROJECT / "requirements" / "student.txt").read_bytes()
    title = title_of(nbformat.read(folder / f"{notebook}.ipynb", as_version=4)) or assignment
    files["README.txt"] = say("zip.readme", title=title, notebook=f"{notebook}.ipynb").encode()
    target = dist / f"{assignment}.zip"
    partial = target.with_suffix(".zip.part")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{assignment}/{name.replace(os.sep, '/')}", EPOCH)
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    os.replace(partial, target)
    return target


def title_of(nb):
    """The notebook's first heading, without its marks."""
    for cell in nb.cells:
        found = re.search(r"^#+\s+(.+)$", cell.source, re.MULTILINE) if cell.cell_type == "markdown" else None
        if found:
            return found[1].strip()
    return ""


def build_wheel(folder):
    """Build the wheel from a clean copy of the project (a stale build/ would sneak in). Returns its path."""
    copy = folder / "project"
    copy.mkdir()
    for name in PACKAGED:
        source = PROJECT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        elif source.exists():
            shutil.copy(source, copy / name)
        elif name == "pyproject.toml":
            raise ReleaseError(
                f"{PROJECT} holds no pyproject.toml: the zip is packed from the course's repository."
            )
    for path in copy.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    if not (copy / "README.md").exists():
        (copy / "README.md").write_text("# emlab\n")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    done = subprocess.run(
        [*command, "--wheel-dir", folder / "wheel", copy],
        env={**os.environ, "SOURCE_DATE_EPOCH": "315532800"},
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise ReleaseError(f"The wheel could not be built:\n{(done.stdout + done.stderr).strip()}")
    return next((folder / "wheel").glob("emlab-*.whl"))


def write_atomic(path, text):
    """Write a file whole or not at all."""
    partial = path.with_name(path.name + ".part")
    partial.write_text(text, encoding="utf-8")
    os.replace(partial, path)
