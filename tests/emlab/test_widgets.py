import sys

import ipywidgets
import pandas as pd
import pytest

import emlab

TEXTS = "the soup was cold\n\nthe tea was warm"


def build(template, examples, query, k):
    return f"{template['template_id']} {k}: {query['text']}"


def bracket(params, lower, least):
    above = [size for size, value in zip(params, lower, strict=True) if value > least]
    return (None, above[0]) if above else None


TABLE = pd.DataFrame(
    {"task": "sums", "condition": "plain", "metric": "acc", "params": [10, 20, 30], "ci_lo": [0.01, 0.3, 0.6]}
)
LOG = pd.DataFrame(
    {
        "condition": ["letters", "letters", "problems"],
        "model": ["small", "small", "large"],
        "item_id": ["fact-1", "fact-2", "sum-1"],
        "prompt": ["Which river?", "Which town?", "How many apples?"],
        "response": ["A", "B", "Answer: 3"],
        "gold": ["A", "C", "4"],
        "parsed": ["A", "B", "3"],
        "correct": [True, False, False],
    }
)
PROBLEM = emlab.load_problem("word problems", 1)


def render(prompt, item, pool):
    if "{question}" not in prompt["query"]:
        raise ValueError("the query asks nothing")
    return prompt["instruction"] + "|".join([*prompt["examples"], item["question"]])


def parse(text, parser):
    return f"{parser} of {text.strip()}"


SHOWN = {
    "read": (lambda: emlab.widgets.read_answers(LOG), "How many apples?"),
    "workbench": (
        lambda: emlab.widgets.prompt_workbench(PROBLEM, render, parse, ["mock:constant/7"]),
        "last_number of 7",
    ),
    "playground": (
        lambda: emlab.widgets.few_shot_playground(
            emlab.load_task("reviews"), build, ["mock:constant/negative"]
        ),
        "review 3: ",
    ),
    "compare": (
        lambda: emlab.widgets.compare_models("say:", ["mock:constant/one", "mock:constant/two"]),
        "two",
    ),
    "calculator": (lambda: emlab.widgets.threshold_calculator(TABLE, bracket), "20"),
}


@pytest.mark.parametrize("name", SHOWN)
def test_without_ipywidgets_it_is_printed(name, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    call, expected = SHOWN[name]
    call()
    assert expected in capsys.readouterr().out


@pytest.fixture
def controls(monkeypatch):
    """{description: control} of whatever `interact` makes, which is called once, as a page does."""
    found = {}

    def interact(show, **given):
        made = ipywidgets.interactive(show, **given)
        found.update({child.description: child for child in made.children if hasattr(child, "description")})
        found["update"] = made.update

    monkeypatch.setattr(ipywidgets, "interact", interact)
    return found


def test_another_number_of_examples_gives_another_prompt(controls, capsys):
    SHOWN["playground"][0]()
    assert {"model", "template", "review", "k"} < set(controls)
    controls["update"]()
    assert "review 3: " in _said(capsys)
    controls["k"].value, controls["template"].value = 10, "arrow"
    assert "arrow 10: " in _said(capsys)


def test_another_text_is_continued(controls, capsys):
    SHOWN["compare"][0]()
    _said(capsys)
    controls["prompt"].value = "other"
    assert "' one'" in _said(capsys)


def test_the_bar_moves_the_threshold(controls, capsys):
    SHOWN["calculator"][0]()
    controls["least"].value = 0.5
    assert "30" in _said(capsys)


def _said(capsys):
    return capsys.readouterr().out


def test_another_kind_of_answers_is_read(controls, capsys):
    SHOWN["read"][0]()
    controls["condition"].value, controls["model"].value = "letters", "small"
    assert "Which town?" in _said(capsys)
    controls["kind"].value = "right answers"
    assert "Which river?" in _said(capsys)
    controls["number"].value = 2
    assert "Which" not in _said(capsys).rpartition("1 right answers in all")[2]


def test_a_prompt_is_tried_on_the_bench(controls, capsys):
    SHOWN["workbench"][0]()
    controls["k"].value = 2
    assert f"pool-0001|pool-0002|{PROBLEM.dev[0]['question']}" in _said(capsys)
    controls["item"].value, controls["parser"].value = 3, "marked"
    said = _said(capsys)
    assert PROBLEM.dev[2]["question"] in said and "marked of 7" in said
    controls["query"].value = "no question"
    assert "the query asks nothing" in _said(capsys)
