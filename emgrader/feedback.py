"""What students get to see of a graded notebook.

Test cells without their hidden part, with the sentence that says which check failed; the student's own cells
with the outputs that the student submitted (what student code puts out *during grading* could hold hidden
inputs, so none of it is shown); and, as in formgrader, nothing that a browser would run (emgrader.neutral).
"""

from pathlib import Path

import nbformat
from nbgrader.preprocessors import NbGraderPreprocessor

from emgrader.examiner.source import without_hidden
from emgrader.examiner.walk import is_test
from emgrader.messages import say
from emgrader.neutral import safe_outputs


class Feedback(NbGraderPreprocessor):
    """Runs in `nbgrader generate_feedback` after GetGrades."""

    def preprocess(self, nb, resources):
        """Make the notebook fit to be shown to its student."""
        submitted = _SubmittedOutputs(self._submitted_notebook(resources))
        for cell in nb.cells:
            if cell.cell_type != "code":
                continue
            if is_test(cell):
                cell.source = without_hidden(cell.source, say("feedback.hidden"))
                # The number behind partial credit, in full, could tell more than the points do.
                shown = ("stream", "error")
                cell.outputs = [output for output in cell.outputs if output.output_type in shown]
            else:
                cell.outputs = safe_outputs(submitted.take(cell))
                cell.execution_count = None
        return nb, resources

    def _submitted_notebook(self, resources):
        names = resources["nbgrader"]
        coursedir = self.parent.parent.coursedir
        folder = coursedir.format_path(coursedir.submitted_directory, names["student"], names["assignment"])
        try:
            return nbformat.read(Path(folder) / f"{names['notebook']}.ipynb", as_version=4)
        except (OSError, ValueError):
            return nbformat.v4.new_notebook()


class _SubmittedOutputs:
    """Finds the submitted counterpart of a graded cell: the first with this source that isn't taken yet."""

    def __init__(self, nb):
        self.cells = [cell for cell in nb.cells if cell.cell_type == "code"]

    def take(self, cell):
        """The outputs of that counterpart; none if there is no such cell."""
        for number, candidate in enumerate(self.cells):
            if candidate.source == cell.source:
                return self.cells.pop(number).get("outputs", [])
        return []
