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
    {"task": "sums", "condition": "plain", "params": [10, 20, 30], "ci_lo": [0.01, 0.3, 0.6]}
)
SHOWN = {
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
    slider = next(control for control in controls.values() if hasattr(control, "step"))
    slider.value = 0.5
    assert "30" in _said(capsys)


def _said(capsys):
    return capsys.readouterr().out
