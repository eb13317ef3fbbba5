"""Makes a student's notebook harmless to look at, in formgrader and in feedback.

A grader's browser shows both, and formgrader's pages may do whatever the grader may. So what a student wrote
is shown as formatted text, tables and pictures: nothing that runs, nothing that loads from elsewhere, nothing
that looks or behaves like a part of the page around it. `Neutral` treats the notebook, the two filters treat
what nbconvert's template makes of Markdown and code.
"""

import base64
import binascii
import html
import re

import bleach
import nbformat
from bs4 import BeautifulSoup
from jinja2 import pass_context
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.preprocessors import Preprocessor
from nbformat.v4 import new_output
from traitlets import Bool

from emgrader.messages import say

MAX_TEXT = 20_000  # characters of one output
MAX_MARKUP = 100_000  # characters of Markdown or HTML; what is longer is shown as text
MAX_OUTPUTS = 50  # of one cell
_IMAGES = ("image/png", "image/jpeg")
_TAGS = """
    a abbr b blockquote br caption code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img li ol p pre s
    span strong sub summary sup table tbody td tfoot th thead tr ul
"""
# Escape sequences, what else moves a cursor, and characters that turn the direction of writing.
_CONTROL = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)"
    r"|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
)
_SPACE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f]+")
# Pygments' classes; any other could dress up as a button or a score of formgrader's.
_CLASS = re.compile(r"highlight|hl-\w+|dataframe|[a-z][a-z0-9]?")
_PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")
_ATTACHED = re.compile(r"attachment:([^\s)\"'>]+)")
_highlight = Highlight2HTML(pygments_lexer="ipython3")


class Neutral(Preprocessor):
    """Runs first in every HTML export of a course: formgrader's page of a submission, and feedback."""

    enabled = Bool(True)

    def preprocess(self, nb, resources):
        """Leave text, tables and pictures in `nb`, and of its metadata only nbgrader's."""
        nb.metadata = nbformat.from_dict({"language_info": {"name": "python", "pygments_lexer": "ipython3"}})
        for cell in nb.cells:
            cell.metadata = nbformat.from_dict({k: v for k, v in cell.metadata.items() if k == "nbgrader"})
            if cell.cell_type == "code":
                cell.outputs = safe_outputs(cell.outputs)
            elif cell.cell_type == "raw":
                cell.source = html.escape(cell.source)  # the template would show it as HTML
            cell.attachments = _pictures(cell.get("attachments"))
        return nb, resources


def _pictures(attachments):
    """Those of a cell's attachments that are pictures: name → {type: base64}."""
    files = attachments.items() if isinstance(attachments, dict) else ()
    kept = {name: _images(data) for name, data in files}
    return nbformat.from_dict({name: data for name, data in kept.items() if data})


def _images(data):
    data = data if isinstance(data, dict) else {}
    return {mime: data[mime] for mime in _IMAGES if _is_base64(data.get(mime))}


def safe_outputs(outputs):
    """Copies of the first outputs of a cell that hold text, tables and pictures."""
    return [safe_output(output) for output in outputs[:MAX_OUTPUTS]]


def safe_output(output):
    """A copy of an output that holds text, a table or a picture, and nothing that a browser would run."""
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
    return new_output("display_data", data=_images(data) or _drawing(data) or _markup(data) or _plain(data))


def _drawing(data):
    """An SVG. The template shows it as an img, in which a browser runs and loads nothing."""
    drawing = _joined(data.get("image/svg+xml"))
    return {"image/svg+xml": drawing} if drawing else {}


def _markup(data):
    markdown, markup = (_joined(data.get(mime)) for mime in ("text/markdown", "text/html"))
    if markup and len(markup) <= MAX_MARKUP:
        soup = BeautifulSoup(markup, "html.parser")
        for element in soup(["style", "script", "title", "textarea", "template", "noscript", "iframe"]):
            element.decompose()  # their content is no text for people
        shown = _clean(str(soup), strip=True)
        if shown.strip():
            return {"text/html": shown}
    return {"text/markdown": markdown} if markdown else {}


def _plain(data):
    return {"text/plain": _text(data.get("text/plain")) or say("output.not_shown")}


def _joined(value):
    if isinstance(value, list):
        value = "".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""


def _text(value):
    value = _CONTROL.sub("", _joined(value))
    return value if len(value) <= MAX_TEXT else value[:MAX_TEXT] + " …"


def _is_base64(value):
    if not isinstance(value, str) or not value:
        return False
    try:
        base64.b64decode("".join(value.split()).encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return False
    return True


@pass_context
def safe_markdown(context, source):
    """nbconvert's filter markdown2html: formatting, links and pasted pictures, no scripts."""
    cell = context.get("cell") or {}
    try:
        if len(source) > MAX_MARKUP:
            raise ValueError(f"Markdown of more than {MAX_MARKUP} characters")
        # The renderer gives up on an attachment that isn't there.
        attachments = dict.fromkeys(_ATTACHED.findall(source), {"image/png": ""}) | cell.get(
            "attachments", {}
        )
        renderer = IPythonRenderer(escape=False, attachments=attachments, exclude_anchor_links=True)
        return _clean(MarkdownWithMath(renderer=renderer).render(source))
    except Exception:  # the renderer has many ways to fail, on very deep nesting for one
        return f"<pre>{html.escape(_text(source))}</pre>"


def safe_code(source, metadata=None):
    """nbconvert's filter highlight_code: as IPython, whatever language the notebook claims."""
    return _highlight(_CONTROL.sub("", source))


def _clean(markup, strip=False):
    protocols = {"http", "https", "mailto", "data"}
    return bleach.clean(markup, _TAGS.split(), _attribute, protocols=protocols, strip=strip)


def _attribute(tag, name, value):
    """Whether bleach keeps an attribute. No ids: formgrader finds its own fields by theirs."""
    match tag, name:
        case _, "title" | "alt":
            return True
        case _, "class":
            return all(_CLASS.fullmatch(word) for word in value.split())
        case "td" | "th", "colspan" | "rowspan":
            return value.isascii() and value.isdigit() and len(value) <= 3
        case "a", "href":
            return _SPACE.sub("", value).lower().startswith(("https://", "http://", "mailto:"))
        case "img", "src":
            return _PICTURE.fullmatch(value) is not None
    return False
