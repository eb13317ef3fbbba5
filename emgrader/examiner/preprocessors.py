"""The examiner's places in nbgrader's own pipeline.

Sanitize:  Reconcile, ClearOutput, OverwriteKernelspec, OverwriteCells, CheckCellMetadata
Autograde: Examiner, LimitOutput, SaveAutoGrades, SaveEvents, AssignLatePenalties, CheckCellMetadata
"""

from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_solution, is_task
from traitlets import Float, Integer, List, Unicode

from emgrader.examiner.context import Context, Timeouts
from emgrader.examiner.course import instructor_cells, remove_followed_links, submission_files
from emgrader.examiner.models import broker_for, uses_models
from emgrader.examiner.outcome import Event
from emgrader.examiner.reconcile import reconcile
from emgrader.examiner.run import examine
from emgrader.examiner.seed import course_secret, seed_for
from emgrader.messages import say
from emgrader.sandbox import IMAGE, Limits


class _CoursePreprocessor(NbGraderPreprocessor):
    """Knows the course and the submission that it works on."""

    @property
    def coursedir(self):
        """nbgrader's CourseDirectory, which the converter has that made the exporter that made this."""
        return self.parent.parent.coursedir

    @staticmethod
    def names(resources):
        """(assignment, student, notebook)"""
        return tuple(resources["nbgrader"][key] for key in ("assignment", "student", "notebook"))


class Reconcile(_CoursePreprocessor):
    """Restores the instructor's cells in a submitted notebook, instead of nbgrader's DeduplicateIds."""

    def preprocess(self, nb, resources):
        """Put the notebook in order and note what was done in its metadata."""
        assignment, student, notebook = self.names(resources)
        sanitize(nb, instructor_cells(self.coursedir, assignment, notebook))
        for name in remove_followed_links(self.coursedir, assignment, student):
            text = say("event.link", name=name if name.isprintable() else "?")
            nb.metadata["emgrader"]["events"].append(vars(Event("event.link", None, text)))
        for event in nb.metadata["emgrader"]["events"]:
            self.log.warning("%s: %s", "/".join(self.names(resources)), event["text"])
        return nb, resources


def sanitize(nb, instructor):
    """Reconcile `nb`; its metadata get our notes, and lose any that the student wrote in their place."""
    nb.metadata.pop("emgrader", None)
    events = reconcile(nb, instructor)
    nb.metadata["emgrader"] = {"events": [vars(event) for event in events]}


class Examiner(_CoursePreprocessor):
    """Runs the notebook: student cells in a sandbox, test cells outside, instead of nbgrader's Execute."""

    engine = Unicode(
        "auto",
        help="Sandbox for student code: podman, docker, bubblewrap, auto (the first of these that works), "
        "or local (unprotected).",
    ).tag(config=True)
    image = Unicode(IMAGE, help="What podman and docker run: see `emgrader image build`.").tag(config=True)
    cell_timeout = Float(180, help="Seconds for one cell of the student's.").tag(config=True)
    call_timeout = Float(30, help="Seconds for one call of a student's function by a test.").tag(config=True)
    test_timeout = Float(120, help="Seconds for one test cell.").tag(config=True)
    notebook_timeout = Float(900, help="Seconds for a whole notebook.").tag(config=True)
    memory = Integer(2048, help="Megabytes of memory for the student's processes.").tag(config=True)
    distributions = List(
        Unicode(),
        ["numpy", "pandas", "matplotlib"],
        help="Installed Python packages that student code may import, with what they require.",
    ).tag(config=True)
    packages = List(
        Unicode(), ["emlab"], help="Import packages that student code may import, without what they require."
    ).tag(config=True)

    def context(self, nb, coursedir, assignment, student, notebook, keep=()):
        """The Context of one submission."""
        secret = course_secret(coursedir.root)
        return Context(
            submission=f"{assignment}/{student}/{notebook}",
            files=submission_files(coursedir, assignment, student, keep),
            seed=seed_for(secret, assignment, student),
            engine=self.engine,
            image=self.image,
            timeouts=Timeouts(self.cell_timeout, self.call_timeout, self.test_timeout, self.notebook_timeout),
            limits=Limits(memory=self.memory * 2**20, seconds=int(self.notebook_timeout) + 60),
            distributions=tuple(self.distributions),
            packages=tuple(self.packages),
            results=Path(coursedir.root) / ".emgrader" / "results",
            broker=broker_for(coursedir.root) if "emlab" in self.packages and uses_models(nb) else None,
        )

    def preprocess(self, nb, resources):
        """Fill the notebook's outputs."""
        names = self.names(resources)
        keep = self.parent.parent.exclude_overwriting.get(names[0], ())
        outcome = examine(nb, self.context(nb, self.coursedir, *names, keep))
        outcome.apply(nb)
        for event in outcome.events:
            self.log.warning("%s: %s", "/".join(names), event)
        return nb, resources


class SaveEvents(NbGraderPreprocessor):
    """Writes what happened to a submission into the comments of its cells, after SaveAutoGrades."""

    def preprocess(self, nb, resources):
        """Comments belong to answers: an event of another cell goes to the next answer above it."""
        data = resources["nbgrader"]
        texts = self._texts(nb)
        with Gradebook(data["db_url"]) as gradebook:
            for grade_id, lines in texts.items():
                comment = gradebook.find_comment(
                    grade_id, data["notebook"], data["assignment"], data["student"]
                )
                if comment.auto_comment:
                    lines = [comment.auto_comment, *lines]
                comment.auto_comment = "\n\n".join(lines)
            gradebook.db.commit()
        return nb, resources

    @staticmethod
    def _texts(nb):
        """grade_id of an answer → the sentences for its comment."""
        answers = [cell for cell in nb.cells if is_solution(cell) or is_task(cell)]
        if not answers:
            return {}
        home, last = {}, answers[0].metadata.nbgrader.grade_id
        for cell in nb.cells:
            if is_solution(cell) or is_task(cell):
                last = cell.metadata.nbgrader.grade_id
            home[cell.metadata.get("nbgrader", {}).get("grade_id")] = last
        texts = {}
        for event in nb.metadata.get("emgrader", {}).get("events", []):
            texts.setdefault(home.get(event["cell"], answers[0].metadata.nbgrader.grade_id), []).append(
                event["text"]
            )
        return texts
