"""What a student receives, used as a student would: unpack, one install line, run the notebook.

Slow (an environment of 2 GB is made), but part of every full run: `pytest -m "not slow"` leaves it out.
"""

import json
import os
import shutil
import subprocess
import sys
import zipfile

import nbformat
import pytest

from emgrader.course import assignments
from emgrader.examiner.source import without_hidden
from emgrader.release import PROJECT, release
from ladder.corpus import leak

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]
ASSIGNMENTS = assignments(PROJECT)
each_assignment = pytest.mark.parametrize("assignment", ASSIGNMENTS)


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    """The students' zips, released from the sources and unpacked where the path has a space."""
    root = tmp_path_factory.mktemp("course")
    shutil.copy(PROJECT / "nbgrader_config.py", root)
    shutil.copytree(PROJECT / "source", root / "source")
    place = tmp_path_factory.mktemp("my documents")
    for packed in release(root, ASSIGNMENTS):
        with zipfile.ZipFile(packed) as archive:
            archive.extractall(place)
    yield place
    shutil.rmtree(place)  # pytest keeps temporary folders of several runs, and this one is large


@pytest.fixture(scope="module")
def unpacked(documents):
    """The folder of the assignment from which the student installs; it does for all of them."""
    return documents / ASSIGNMENTS[0]


@pytest.fixture(scope="module")
def installed(unpacked):
    """The interpreter of the environment that the one install line makes."""
    done = subprocess.run(
        [sys.executable, "install.py"], cwd=unpacked, env=outside(), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    python = unpacked / "emlab-env" / "bin" / "python"
    assert done.stdout.endswith("emlab-env/bin/python -m jupyterlab\n")
    return python


def outside():
    """An environment that knows nothing of this project's."""
    left_out = ("PYTHONPATH", "VIRTUAL_ENV", "EMLAB_BROKER", "EMGRADER_BROKER")
    return {name: value for name, value in os.environ.items() if name not in left_out}


def execute(python, path):
    """Run a notebook to its end with the student's own Jupyter, errors or not. Returns it with outputs."""
    options = ["--to", "notebook", "--execute", "--allow-errors", "--inplace"]
    command = [python, "-m", "nbconvert", *options, path.name]
    done = subprocess.run(command, cwd=path.parent, env=outside(), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return nbformat.read(path, as_version=4)


def errors(nb):
    """{grade_id or cell number: error} of the cells that failed."""
    found = {}
    for number, cell in enumerate(nb.cells):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", number)
                found[grade_id] = f"{output.ename}: {output.evalue}"
    return found


@each_assignment
def test_nothing_in_the_zip_tells_which_items_leaked(documents, assignment):
    unpacked = documents / assignment
    files = [path for path in unpacked.rglob("*") if path.is_file()]
    inside = {path.relative_to(unpacked).as_posix(): path.read_bytes() for path in files}
    (wheel,) = (path for path in unpacked.iterdir() if path.suffix == ".whl")
    with zipfile.ZipFile(wheel) as archive:
        inside |= {name: archive.read(name) for name in archive.namelist()}
    assert "emlab/tasks/knowledge.py" in inside
    for name, content in inside.items():
        assert not name.startswith("ladder/") and "leak" not in name and "truth" not in name
        assert leak.SALT.encode() not in content, name


def test_the_environment_is_a_students(installed):
    code = (
        "import json, emlab, emlab.models, importlib.util as u, torch; "
        "print(json.dumps([emlab.__file__, emlab.rungs(), u.find_spec('nbgrader') is not None, "
        "torch.__version__]))"
    )
    done = subprocess.run(
        [installed, "-c", code], env=outside(), cwd="/", capture_output=True, text=True, check=True
    )
    place, rungs, nbgrader, _ = json.loads(done.stdout)
    assert "emlab-env" in place and str(PROJECT) not in place
    assert len(rungs) >= 3, "the models are inside"
    assert not nbgrader, "a student needs no grading software"


def test_installing_again_is_quick_and_changes_nothing(installed, unpacked):
    before = installed.stat().st_mtime_ns
    done = subprocess.run(
        [sys.executable, "install.py"], cwd=unpacked, env=outside(), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "Creating" not in done.stdout and "CPU build" not in done.stdout
    assert installed.stat().st_mtime_ns == before


@each_assignment
def test_the_solution_runs_from_start_to_end(installed, documents, assignment):
    nb = nbformat.read(PROJECT / "source" / assignment / f"{assignment}.ipynb", as_version=4)
    for cell in nb.cells:
        cell.source = without_hidden(cell.source, "")
    path = documents / assignment / "solution" / f"{assignment}.ipynb"
    path.parent.mkdir()
    nbformat.write(nb, path)
    assert errors(execute(installed, path)) == {}


@each_assignment
def test_the_students_version_opens_and_its_given_cells_run(installed, documents, assignment):
    nb = execute(installed, documents / assignment / f"{assignment}.ipynb")
    failed = list(errors(nb).values())
    tasks = [cell for cell in nb.cells if cell.metadata.get("nbgrader", {}).get("solution")]
    assert bool(failed) == bool(tasks)
    assert not failed or failed[0].startswith("NotImplementedError"), "the first error is the first task"
