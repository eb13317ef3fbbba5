"""What students get to see of a graded notebook.

Test cells without their hidden part, with the sentence that says which check failed; the student's own cells
with the outputs that the student submitted (what student code puts out *during grading* could hold hidden
inputs, so none of it is shown); and nothing that a browser would run.
"""

import base64
import binascii
import html
import re
from pathlib import Path

import nbformat
from nbconvert.filters import markdown2html
from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor

from emgrader.examiner.source import without_hidden
from emgrader.examiner.walk import is_test
from emgrader.messages import say

MAX_TEXT = 20_000  # characters of one output
MAX_OUTPUTS = 50  # of one cell
_IMAGES = ("image/png", "image/jpeg")
_TAGS = """
    a abbr b blockquote br code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img li ol p pre s span
    strong sub summary sup table tbody td th thead tr ul
"""
_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f]+")


class Feedback(NbGraderPreprocessor):
    """Runs in `nbgrader generate_feedback` after GetGrades."""

    def preprocess(self, nb, resources):
        """Make the notebook fit to be shown to its student."""
        submitted = _SubmittedOutputs(self._submitted_notebook(resources))
        nb.metadata = nbformat.from_dict({"language_info": {"name": "python", "pygments_lexer": "ipython3"}})
        for cell in nb.cells:
            cell.metadata = nbformat.from_dict({k: v for k, v in cell.metadata.items() if k == "nbgrader"})
            cell.pop("attachments", None)
            if cell.cell_type == "raw":
                cell.source = html.escape(cell.source)  # the template would show it as HTML
            elif cell.cell_type != "code":
                continue
            elif is_test(cell):
                cell.source = without_hidden(cell.source, say("feedback.hidden"))
                # The number behind partial credit, in full, could tell more than the points do.
                cell.outputs = [output for output in cell.outputs if output.output_type != "execute_result"]
            else:
                cell.outputs = [safe_output(output) for output in submitted.take(cell)[:MAX_OUTPUTS]]
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


def safe_output(output):
    """A copy of a submitted output that holds text and pictures, and nothing that a browser would run."""
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return new_output("stream", name=name, text=_text(output.get("text")))
    if kind == "error":
        lines = output.get("traceback")
        text = "\n".join(line for line in lines if isinstance(line, str)) if isinstance(lines, list) else ""
        return new_output(
            "error",
            ename=_text(output.get("ename")),
            evalue=_text(output.get("evalue")),
            traceback=[_text(text)],
        )
    data = output.get("data")
    data = data if isinstance(data, dict) else {}
    safe = {mime: data[mime] for mime in _IMAGES if _is_base64(data.get(mime))}
    if not safe:
        safe["text/plain"] = _text(data.get("text/plain")) or say("feedback.not_shown")
    return new_output("display_data", data=safe)


def _text(value):
    if isinstance(value, list):
        value = "".join(part for part in value if isinstance(part, str))
    if not isinstance(value, str):
        return ""
    return value if len(value) <= MAX_TEXT else value[:MAX_TEXT] + " …"


def _is_base64(value):
    if not isinstance(value, str) or not value:
        return False
    try:
        base64.b64decode("".join(value.split()).encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return False
    return True


def safe_markdown(source):
    """HTML for Markdown that a student may have written: formatting, links and pictures, no scripts."""
    import bleach

    return bleach.clean(markdown2html(source), tags=_TAGS.split(), attributes=_attribute)


def _attribute(_tag, name, value):
    if name in ("class", "id", "title", "alt"):
        return True
    address = _CONTROL.sub("", value).lower()
    return name in ("href", "src") and address.startswith(("https://", "http://", "mailto:", "#"))
