"""Where the exercises correct the lecture, the figures are those of the published tables."""

import nbformat
import pytest

import emlab
from tests.conftest import PROJECT


def said(name):
    nb = nbformat.read(PROJECT / "source" / name / f"{name}.ipynb", as_version=4)
    (cell,) = (cell for cell in nb.cells if cell.id == "lecture-and-literature")
    return cell.source


def figures(part, query):
    return emlab.published(part).query(query)["value"].tolist()


def h1(task, setting):
    return figures("gpt3_table_h1", f"task == '{task}' and setting == '{setting}' and size == '175B'")


@pytest.mark.parametrize(
    "name, values",
    [
        ("few_shot", [*h1("WiC", "zero"), *h1("WiC", "few")]),
        ("capability", [*h1("2Dx", "few"), *h1("2Dx", "zero")]),
        ("capability", figures("codex", "model == 'Codex' and metric == 'pass@1'")),
        ("capability", figures("results", "model == 'LLaMA' and benchmark == 'GSM8K' and params == 32.5e9")),
        (
            "capability",
            figures("palm", "benchmark == 'GSM8K' and params == 62e9 and setting == '8-shot CoT'"),
        ),
        ("prompting", figures("results", "model == 'GPT-3 fine-tuned' and params == 175e9")),
        ("prompting", figures("wei2022_cot", "model == 'GPT-3 (text-davinci-002)'")),
        (
            "benchmark",
            figures("palm", "benchmark == 'GSM8K' and params == 540e9 and setting == '8-shot CoT'"),
        ),
        ("benchmark", figures("gpt4", "model == 'GPT-4' and benchmark == 'GSM8K'")),
        ("benchmark", figures("mmlu", "model in ['GPT-3 Large', 'GPT-3 X-Large', 'Chinchilla']")),
        (
            "benchmark",
            figures("mmlu", "(model == 'LLaMA' and params == 7e9) or (model == 'PaLM' and params == 62e9)"),
        ),
        ("benchmark", figures("human", "benchmark == 'MMLU'")),
    ],
)
def test_a_figure_is_the_published_one(name, values):
    assert values
    for value in values:
        assert f"{value}" in said(name)


def test_an_interval_is_wilson_s():
    low, high = emlab.wilson_interval(10, 20)
    none = emlab.wilson_interval(0, 20)[1]
    assert f"{100 * low:.1f} to {100 * high:.1f} %" in said("capability")
    assert f"{100 * none:.1f} %" in said("capability")


def test_a_step_is_that_of_the_table():
    sizes = emlab.published("gpt3_table_h1").groupby("size")["params"].first()
    assert f"{sizes['175B'] / sizes['13B']:.1f} times" in said("few_shot")
