"""A submission full of what must not reach a page, and what a page shows that does something."""

import base64

from bs4 import BeautifulSoup
from nbformat.v4 import new_markdown_cell, new_output, new_raw_cell

from tests.emgrader.small_course import grade_id

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
RUN = "document.title='RAN'"
SCRIPT = f"<script>{RUN}</script>"
SVG = f"<svg xmlns='http://www.w3.org/2000/svg' onload=\"{RUN}\">{SCRIPT}</svg>"
BREAKOUT = f'x"><img src=x onerror={RUN}>'
MARKDOWN = [
    SCRIPT,
    f"<img src=x onerror={RUN}> <svg onload={RUN}></svg> <iframe srcdoc='{SCRIPT}'></iframe>",
    f"[a](javascript:{RUN}) <a href='JaVa\tscript:{RUN}'>b</a> [c](data:text/html,{SCRIPT}) [d](evil.html)",
    "![tracker](https://example.org/tracker.png) <img src='/api/shutdown'> ![lost](attachment:lost.png)",
    "<style>body { display: none }</style><link rel=stylesheet href=https://example.org/x.css>",
    "<base href=//example.org> <meta http-equiv=refresh content='0;url=https://example.org'>",
    "<p id=double_test class='nbgrader_cell full-credit navbar-fixed-top' style='position:fixed'>x</p>",
    f"<form action=https://example.org><input autofocus onfocus={RUN}><button>Log in</button></form>",
    f"$<img src=x onerror={RUN}>$ $\\href{{javascript:{RUN}}}{{x}}$",
    f"<script type=text/x-mathjax-config>{RUN}</script> <script type='math/tex'>\\href{{x}}{{x}}</script>",
    f'```x"onmouseover="{RUN}\ncode\n```',
    f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;{BREAKOUT}"></table></mtext></math>',
    "<b>" * 3000 + "deep",
    ">" * 3000 + "deep",
    f"[x]: javascript:{RUN}\n\n[x] <javascript:{RUN}> <details open ontoggle={RUN}>y</details>",
]
DATA = [
    {"text/html": SCRIPT + "<table class='dataframe' onclick=x()><tr><th>kept column</th></tr></table>"},
    {"text/html": f"<style>*{{display:none}}</style><img src=x onerror={RUN}><object data=x></object>"},
    {"text/html": ["<scr", f"ipt>{RUN}</script>"]},
    {"image/svg+xml": SVG},
    {"application/javascript": RUN},
    {"text/markdown": MARKDOWN[1]},
    {"text/latex": f"</div>{SCRIPT}$\\href{{javascript:{RUN}}}{{x}}$"},
    {"application/vnd.jupyter.widget-view+json": {"model_id": "a", "version_major": 2}},
    {"text/vnd.mermaid": f"graph TD; A-->B; click A call {RUN}"},
    {"application/pdf": "JVBERi0="},
    {"image/png": BREAKOUT},
    {"image/png": PIXEL},
    {"text/plain": SCRIPT},
]

_PICTURES = ("data:image/png;base64,", "data:image/svg+xml;base64,")  # an img of either runs nothing
_ACTIVE = ["script", "style", "iframe", "object", "embed", "svg", "link", "meta", "base", "form", "math"]


def hostile(nb):
    """Put everything into a submission of the small course; its sources stay as they are."""
    answer = next(cell for cell in nb.cells if grade_id(cell) == "double")
    answer.outputs = [new_output("display_data", data=data) for data in DATA]
    for output in answer.outputs:
        output.metadata = {"image/png": {"width": BREAKOUT, "alt": BREAKOUT}, "filenames": {"image/png": "x"}}
    link = "\x1b]8;;https://example.org\x07link\x1b]8;;\x07"
    ansi = f"\x1b[31mred\x1b[0m {link} \x1b[2Jwiped \u202edrawkcab {SCRIPT}"
    answer.outputs += [
        new_output("stream", text="as submitted " + ansi),
        new_output("error", ename=SCRIPT, evalue=ansi, traceback=[ansi, SCRIPT]),
    ]
    answer.metadata.update(
        {
            "tags": [f'x" onclick="{RUN}', "full-credit navbar-fixed-top"],
            "magics_language": BREAKOUT,
            "transient": {"remove_source": True},
            "alt": BREAKOUT,
        }
    )
    nb.cells += [new_markdown_cell(text) for text in MARKDOWN]
    pasted = new_markdown_cell(f"![pasted](attachment:a.png) ![bad](attachment:b.svg) {SCRIPT}")
    svg = base64.b64encode(SVG.encode()).decode()
    pasted.attachments = {"a.png": {"image/png": PIXEL}, "b.svg": {"image/svg+xml": svg}}
    nb.cells += [pasted, new_raw_cell(SCRIPT)]
    nb.cells[-1].metadata["raw_mimetype"] = "text/html"
    nb.metadata["language_info"] = {"name": BREAKOUT, "pygments_lexer": BREAKOUT}
    nb.metadata["title"] = f"</title>{SCRIPT}"
    nb.metadata["widgets"] = {
        "application/vnd.jupyter.widget-state+json": {"state": {}, "version_major": SCRIPT}
    }


def active(page):
    """What runs, loads or imitates the page in its notebook, as a list of elements."""
    body = BeautifulSoup(page, "html.parser").find(id="notebook-container")
    found = []
    for element in body.find_all(True):
        if element.name in _ACTIVE:
            found.append(str(element)[:200])
        for name, value in element.attrs.items():
            text = " ".join(value) if isinstance(value, list) else value
            bad = name.startswith("on") or (name == "style" and "position" in text)
            bad |= name == "href" and not text.startswith(("https://", "http://", "mailto:", "#"))
            bad |= name in ("src", "srcset", "data") and not text.startswith(_PICTURES)
            bad |= name in ("id", "class") and "onclick" in text
            if bad:
                found.append(str(element)[:200])
    return found
