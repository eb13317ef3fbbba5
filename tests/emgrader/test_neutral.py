"""Nothing that a student wrote runs in the page that a grader opens in formgrader."""

import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment

from emgrader.neutral import safe_code, safe_markdown, safe_output
from tests.emgrader.hostile_page import MARKDOWN, PIXEL, RUN, SCRIPT, active, hostile
from tests.emgrader.small_course import SOLVED, SmallCourse


class Server:
    """A Jupyter server with nbgrader's extensions, started in a course's folder."""

    def __init__(self, root, folder):
        self.token = secrets.token_hex(16)
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        settings = ["--ServerApp.port_retries=0", "--allow-root", "--no-browser"]
        settings += [f"--port={self.port}", f"--IdentityProvider.token={self.token}"]
        environment = {
            **os.environ,
            "PYTHONPATH": os.getcwd(),
            "HOME": str(folder),
        }
        self.log = open(folder / "server.log", "w+")  # noqa: SIM115
        self.process = subprocess.Popen(
            [sys.executable, "-m", "jupyter_server", *settings],
            cwd=root, env=environment, stdout=self.log, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def get(self, path):
        """The body of a page; waits until the server is up."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", headers={"Authorization": f"token {self.token}"}
        )
        deadline = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(request, timeout=60) as response:
                    return response.read().decode()
            except urllib.error.HTTPError as error:
                pytest.fail(f"{path}: {error}\n{self.output()}")
            except OSError:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    pytest.fail(self.output())
                time.sleep(0.1)

    def output(self):
        """What the server has logged."""
        self.log.seek(0)
        return self.log.read()

    def close(self):
        """Stop it."""
        self.process.terminate()
        self.process.wait()
        self.log.close()


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """Formgrader's page of the hostile submission."""
    folder = tmp_path_factory.mktemp("formgrader")
    course = SmallCourse(folder / "course")
    sources = {**SOLVED, "double": shown_at_grading(), "thoughts": f"**bold** {MARKDOWN[1]} {MARKDOWN[5]}"}
    course.submit("student01", sources, change=hostile)
    (result,) = course.autograde("student01")
    assert result["success"], result["log"]
    server = Server(course.root, folder)
    try:
        (submission,) = json.loads(server.get("/formgrader/api/submitted_notebooks/small/small"))
        yield server.get(f"/formgrader/submissions/{submission['id']}/")
    finally:
        server.close()


def shown_at_grading():
    """A right answer that displays what must not run, this time while it is graded."""
    return (
        SOLVED["double"]
        + f"""
from IPython.display import HTML, Javascript, SVG, Markdown, display
display(HTML({SCRIPT!r} + "<table><tr><th>kept column</th></tr></table>"), Javascript({RUN!r}))
display(Markdown({MARKDOWN[1]!r}), {{"image/svg+xml": "<svg onload={RUN}></svg>"}}, raw=False)
print("\\x1b[31mred\\x1b[0m \\x1b[2Jwiped", {SCRIPT!r})"""
    )


def test_nothing_runs_in_formgrader(page):
    assert active(page) == []


def test_formgrader_finds_its_own_fields(page):
    """A student's element with the id or the class of a score field would catch what the grader types."""
    soup = BeautifulSoup(page, "html.parser")
    for grade_id in ("double_test", "mean_test", "thoughts"):
        (field,) = soup.find_all(id=grade_id)
        assert field.name == "input" and "score" in field["class"]
    assert len(soup.select(".full-credit")) == 3 and not soup.select("nav nav, #notebook .navbar-fixed-top")


def test_formgrader_shows_what_is_harmless(page):
    soup = BeautifulSoup(page, "html.parser")
    assert "kept column" in [cell.text for cell in soup.select("table th")]
    assert soup.find("strong", string="bold") and "def double" in soup.text.replace("\n", " ")
    assert soup.select(f'img[src="data:image/png;base64,{PIXEL}"][alt="pasted"]')
    assert "red wiped" in soup.text and "\x1b" not in page
    assert "All checks of this cell passed." in page


def test_the_check_itself_finds_what_runs():
    """`active` would see each of these, were they let through."""
    for text in (
        SCRIPT,
        "<img src=x>",
        f"<b onclick={RUN}>",
        "<a href=javascript:x>",
        "<p style='position:fixed'>",
    ):
        assert active(f"<div id='notebook-container'>{text}</div>"), text


def markdown(source, **cell):
    """What a template makes of a Markdown cell."""
    environment = Environment()
    environment.filters["markdown2html"] = safe_markdown
    return environment.from_string("{{ cell.source | markdown2html }}").render(
        cell={"source": source, **cell}
    )


@pytest.mark.parametrize("source", MARKDOWN, ids=lambda source: re.sub(r"\W+", "-", source[:30]))
def test_markdown_is_made_safe(source):
    assert active(f"<div id='notebook-container'>{markdown(source)}</div>") == []


def test_markdown_keeps_what_is_harmless():
    html = markdown("# Title\n\n- a *b* `c`\n\n[link](https://example.org) $x < y$\n\n```python\nx = 1\n```")
    for part in ("<h1", "<li>", "<em>b</em>", "<code>c</code>", 'href="https://example.org"', "$x &lt; y$"):
        assert part in html
    assert '<span class="n">x</span>' in html


def test_markdown_that_is_too_much_is_shown_as_text():
    assert markdown("# x\n" * 50_000).startswith("<pre># x")


def test_a_lost_attachment_costs_only_itself():
    html = markdown("**kept** ![lost](attachment:a.png)", attachments={"b.png": {"image/png": PIXEL}})
    assert "<strong>kept</strong>" in html and 'alt="lost"' in html


def test_code_is_highlighted_whatever_it_claims():
    html = safe_code("x = '<b>'\x1b[8m", metadata={"magics_language": 'x"><b>'})
    assert "<b>" not in html and "\x1b" not in html and "hl-ipython3" in html


@pytest.mark.parametrize(
    ("output", "shown"),
    [
        ({"output_type": "display_data", "data": {"image/png": 'x" onload="x'}}, "cannot be shown"),
        ({"output_type": "display_data", "data": {"image/svg+xml": ["<svg>", "</svg>"]}}, "<svg></svg>"),
        ({"output_type": "display_data", "data": {"image/svg+xml": 7}}, "cannot be shown"),
        ({"output_type": "display_data", "data": {"application/javascript": "x()", "text/plain": "t"}}, "t"),
        ({"output_type": "display_data", "data": {"text/html": "<style>x</style>", "text/plain": "t"}}, "t"),
        ({"output_type": "display_data", "data": {"text/html": "<p>" * 50_000, "text/plain": "t"}}, "t"),
        ({"output_type": "display_data", "data": {"text/html": {"a": 1}, "text/plain": "t"}}, "t"),
        ({"output_type": "display_data", "data": 7}, "cannot be shown"),
        ({"output_type": "execute_result", "data": {"text/latex": "x", "text/plain": ["a", "b"]}}, "ab"),
        ({"output_type": "stream", "name": "x", "text": 7}, "stdout"),
        ({"output_type": "error", "ename": 1, "evalue": None, "traceback": "x"}, "error"),
        ({"output_type": "stream", "text": "x" * 10**6}, " …"),
        ({}, "cannot be shown"),
    ],
)
def test_odd_outputs(output, shown):
    safe = safe_output(output)
    assert shown in str(safe) and len(str(safe)) < 25_000
    assert not set(safe.get("data", {})) - {"text/plain", "image/png", "image/jpeg", "image/svg+xml"}
