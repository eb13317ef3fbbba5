"""Makes ready, when it's imported, what each worker of a run would else make anew.

Workers are forked from one process, which imports this in the course's folder. Nothing here decides anything:
what isn't ready, or was made for other settings, a worker makes for itself.
"""

import contextlib

import nbformat
from nbformat.v4 import new_notebook

import emgrader.grade  # noqa: F401 - what workers run
from emgrader.course import CourseError, open_course
from emgrader.examiner.preprocessors import Examiner
from emgrader.examiner.results import code_version
from emgrader.sandbox import SandboxError
from emgrader.sandbox.closure import package_folders, site_entries

nbformat.validate(new_notebook())  # makes the validator out of the schema
with contextlib.suppress(CourseError, SandboxError), open_course() as course:
    settings = Examiner(parent=course.api)
    packages, distributions = tuple(settings.packages), tuple(settings.distributions)
    code_version(distributions, packages)
    package_folders(packages)
    site_entries(distributions)
