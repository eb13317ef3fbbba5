"""What there is to play with, in JupyterLab in a real browser that reaches this machine only.

It runs when asked for (`make proof`): it needs a browser, Chromium, and playwright to drive it.
"""

import re
import secrets
import shutil
import time

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from emlab.messages import say
from tests.conftest import needed
from tests.emlab.models.processes import running

pytestmark = [pytest.mark.slow, pytest.mark.proof, pytest.mark.timeout(600)]

CELLS = {
    "playground": """
import emlab, pandas as pd

def build(template, examples, query, k):
    return f"{template['template_id']}, {k} examples: {query['text']}"

emlab.widgets.few_shot_playground(emlab.load_task("reviews"), build, ["mock:constant/negative", "ladder/22k"])
""",
    "compare": """
emlab.widgets.compare_models("one plus one is", ["mock:constant/two", "ladder/22k"])
""",
    "calculator": """
curve = {"task": "sums", "condition": "plain", "metric": "acc"}
table = pd.DataFrame({**curve, "params": [10, 20], "ci_lo": [0.0, 0.07]})

def bracket(params, lower, least):
    return (10, 20) if lower[1] > least else None

emlab.widgets.threshold_calculator(table, bracket)
""",
    "read": """
row = {"model": "m", "condition": "problems", "prompt": "How many apples?", "gold": "7"}
log = pd.DataFrame([
    {**row, "item_id": f"item-{said}", "response": said, "parsed": said, "correct": said == "7"}
    for said in "897"
])
emlab.widgets.read_answers(log)
""",
    "workbench": """
def render(prompt, item, pool):
    return f"{prompt['instruction']}|{len(prompt['examples'])} examples|{item['question']}"

def parse(text, parser):
    return f"{parser} of {text.strip()}"

emlab.widgets.prompt_workbench(emlab.load_problem("word problems", 1), render, parse, ["mock:constant/12"])
""",
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a notebook with these cells in JupyterLab."""
    folder = tmp_path_factory.mktemp("lab")
    cells = [new_code_cell(source.strip(), id=name) for name, source in CELLS.items()]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), folder / "play.ipynb")
    token = secrets.token_hex(8)
    settings = ["--no-browser", "--allow-root", "--ip=127.0.0.1", "--port={port}"]
    settings += [f"--ServerApp.root_dir={folder}", f"--IdentityProvider.token={token}"]
    with running(["-m", "jupyterlab", *settings], folder / "lab.log", health="/login") as address:
        yield f"{address}/lab/tree/play.ipynb?token={token}"


@pytest.fixture(scope="module")
def page(lab):
    """The notebook in a browser, all its cells run. What the page asks of other machines is not sent."""
    api = needed("playwright.sync_api")
    with api.sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1200, "height": 2000})
        page.set_default_timeout(120_000)
        page.route(re.compile(r"^https?://(?!127\.0\.0\.1)"), lambda route: route.abort())
        page.goto(lab)
        page.locator(".jp-Notebook .jp-CodeCell").first.click()
        page.wait_for_selector(".jp-NotebookPanel-toolbar .jp-Notebook-ExecutionIndicator[data-status=idle]")
        for _ in CELLS:
            page.keyboard.press("Shift+Enter")
        yield page
        browser.close()


def cell(page, name):
    """The cell's outputs: its controls, and what they show."""
    return page.locator(".jp-CodeCell").nth(list(CELLS).index(name)).locator(".jp-Cell-outputArea")


def wait_for(place, text):
    place.get_by_text(text).first.wait_for()


def choose(place, name, option):
    """Choose from the list of this name, by the option's words."""
    names = place.locator(".widget-dropdown label").all_text_contents()
    place.locator("select").nth(names.index(name)).select_option(option)


def test_the_playground_shows_another_prompt(page):
    here = cell(page, "playground")
    wait_for(here, "review, 3 examples")
    choose(here, "k", "10")
    choose(here, "template", "arrow")
    wait_for(here, "arrow, 10 examples")


def test_rungs_go_on_from_another_prompt(page):
    here = cell(page, "compare")
    wait_for(here, "ladder/22k")
    before = here.inner_text()
    text = here.locator("textarea")
    assert text.input_value() == "one plus one is"
    text.fill("the soup was cold\nthe tea was")
    text.blur()
    for _ in range(60):
        if here.inner_text() != before:
            break
        time.sleep(1)
    assert "' two'" in here.inner_text() and here.inner_text() != before


def test_the_bar_moves(page):
    here = cell(page, "calculator")
    wait_for(here, "Above 0.05: appears between 10 and 20 parameters.")
    handle = here.locator(".noUi-handle").first
    handle.focus()
    handle.press("ArrowRight")
    wait_for(here, "Above 0.10: on no size")


def test_the_answers_can_be_leafed_through(page):
    here = cell(page, "read")
    wait_for(here, "item-8")
    choose(here, "number", "2")
    wait_for(here, "item-9")
    choose(here, "number", "1")
    choose(here, "kind", say("read_right"))
    wait_for(here, "item-7")


def test_the_workbench_asks_another_prompt(page):
    here = cell(page, "workbench")
    wait_for(here, "|0 examples|")
    text = here.locator("textarea").first
    text.fill("Solve the problem.")
    text.blur()
    wait_for(here, "Solve the problem.|0 examples|")
    choose(here, "k", "3")
    wait_for(here, "Solve the problem.|3 examples|")
    choose(here, "parser", "last_number")
    wait_for(here, "last_number of 12")
