"""The course folder, and nbgrader inside this process.

Each nbgrader command costs about three seconds to start. Opening the course once and calling nbgrader's own
API does the same work without that.
"""

import functools
import logging
import os
import sys
import warnings
from contextlib import contextmanager
from pathlib import Path

CONFIG = "nbgrader_config.py"


class CourseError(RuntimeError):
    """The course folder is not as it should be, or nbgrader refused; the message says what to do."""


class Course:
    """A course folder with its nbgrader API. Made by `open_course`."""

    def __init__(self, root, api):
        self.root = Path(root)
        self.api = api

    def folder(self, step, assignment, student="."):
        """The folder of one step ("source", "release", "submitted", "autograded", "feedback")."""
        directory = getattr(self.api.coursedir, f"{step}_directory")
        return Path(os.path.normpath(self.api.coursedir.format_path(directory, student, assignment)))

    def own(self, *parts):
        """A path in `.emgrader/`, where this package keeps what nbgrader has no place for."""
        return self.root.joinpath(".emgrader", *parts)

    def notebook(self, assignment):
        """The name (without .ipynb) of an assignment's notebook, from source/: each assignment has one."""
        folder = self.folder("source", assignment)
        names = sorted(p.stem for p in folder.glob("*.ipynb"))
        if not names:
            there = sorted(p.name for p in folder.parent.glob("*/")) if folder.parent.exists() else []
            raise CourseError(
                f"There is no assignment {assignment!r}: {folder} holds no notebook. "
                f"Assignments here: {', '.join(there) or 'none'}."
            )
        if len(names) > 1:
            raise CourseError(
                f"{folder} holds {len(names)} notebooks ({', '.join(names)}); there must be one."
            )
        return names[0]

    def students(self, assignment):
        """Everyone with a submission in submitted/, sorted."""
        return sorted(self.api.get_submitted_students(assignment))


def assignments(root):
    """The names of all assignments of the course in `root`: the folders of source/ that hold a notebook."""
    source = Path(root, "source")
    found = {path.parent.name for path in source.glob("*/*.ipynb") if path.parent.name[0] != "."}
    if not found:
        raise CourseError(f"There is no assignment here: {source.resolve()} holds no folder with a notebook.")
    return sorted(found)


@contextmanager
def open_course(root=".", engine=None):
    """Open the course folder `root` for nbgrader, in this process, and work from inside it.

    nbgrader's own log goes to the log file its settings name and not to the terminal. `engine` stands in for
    the sandbox that the settings name.
    """
    from nbgrader import api
    from nbgrader.apps import NbGrader
    from nbgrader.apps.api import NbGraderAPI
    from sqlalchemy.exc import SAWarning
    from traitlets.config import Config

    root = Path(root).resolve()
    if not (root / CONFIG).exists():
        raise CourseError(f"{root} is no course folder: it has no {CONFIG}. Run this from the course folder.")
    _find_our_tools()
    warnings.filterwarnings("ignore", category=SAWarning)  # nbgrader's own, about nothing a person can mend
    before = os.getcwd()
    os.chdir(root)
    app = NbGrader()
    create_engine = api.create_engine
    try:
        # nbgrader opens its gradebook some ten times a submission, each time with an engine that knows no
        # query yet; making queries ready costs more than asking them
        api.create_engine = functools.cache(create_engine)
        app.initialize([], root=str(root))
        if engine is not None:
            app.update_config(Config({"Examiner": {"engine": engine}}))
        for handler in app.log.handlers:
            if isinstance(handler, logging.StreamHandler) and not isinstance(handler, logging.FileHandler):
                handler.setLevel(logging.CRITICAL)
        yield Course(root, NbGraderAPI(app.coursedir, parent=app))
    finally:
        api.create_engine = create_engine
        app.reset()
        os.chdir(before)


def _find_our_tools():
    """Put this environment's programs on the path: nbgrader calls `alembic` by name, activated or not."""
    bin_folder = str(Path(sys.executable).parent)
    folders = os.environ.get("PATH", "").split(os.pathsep)
    if bin_folder not in folders:
        os.environ["PATH"] = os.pathsep.join([bin_folder, *folders])


def checked(result, doing):
    """Raise what an API call reports instead of raising: its dict has success, error and log."""
    if result["success"]:
        return result
    error = result.get("error", "")
    if "KeyboardInterrupt" in error:
        raise KeyboardInterrupt
    last = error.strip().splitlines()[-1] if error.strip() else "no reason given"
    raise CourseError(f"nbgrader failed while {doing}: {last}\n{result.get('log', '')}".rstrip())
