"""What a loaded rung does; that it answers as lm-evaluation-harness does is in test_harness.py."""

import subprocess
import sys
import time

import numpy as np
import pytest

import emlab
from emlab.models.huggingface import HuggingFaceModel
from emlab.models.ladder import find_rung
from tests.emlab.models.asking import few_shot_requests

TEXTS = (
    "Review: the soup was cold and bland\nSentiment:",
    "the film was moving -> positive\nthe clerk was rude ->",
    "Řeview  über\n\n bad 🎉 x ",
    "",
)


@pytest.fixture(scope="module")
def rung():
    return find_rung(emlab.rungs()[-1])


@pytest.fixture(scope="module")
def model(rung):
    return HuggingFaceModel(rung)


def test_a_greedy_continuation_is_the_one_that_is_generated(model):
    for prompt, _ in few_shot_requests(20, seed=1):
        text = model.generate_until([(prompt.rstrip(), {"max_gen_toks": 1})])[0]
        if text and "�" not in text:
            assert model.loglikelihood([(prompt.rstrip(), text)])[0][1]


def test_answers_do_not_depend_on_the_company(model):
    requests = few_shot_requests(150, seed=3)
    together = model.compute_loglikelihood(requests)
    alone = [model.compute_loglikelihood([request])[0] for request in requests]
    assert [greedy for _, greedy in together] == [greedy for _, greedy in alone]
    np.testing.assert_allclose([lp for lp, _ in together], [lp for lp, _ in alone], atol=1e-4, rtol=0)


def test_a_long_context_loses_its_beginning(model):
    tail = "the soup was cold ->"
    far, further = "the film was good -> positive\n" * 40, "we liked the cake -> negative\n" * 40
    same = " positive\nthe bread was stale -> negative\n" * 40 + tail
    assert model.loglikelihood([(far + same, " positive")]) == model.loglikelihood(
        [(further + same, " positive")]
    )
    how = {"max_gen_toks": 4}
    assert model.generate_until([(far + same, how)]) == model.generate_until([(further + same, how)])


def test_a_continuation_that_leaves_no_token_is_named(model):
    with pytest.raises(ValueError, match="continuation 'e' melts into"):
        model.loglikelihood([("the soup", " positive"), ("the s\n th", "e")])


def test_a_continuation_that_is_too_long_is_named(model):
    with pytest.raises(ValueError, match="has 200 tokens"):
        model.loglikelihood([("the", " good" * 200)])


def test_attention_rows_are_shares_of_what_came_before(model):
    text = "Review: the soup was cold\nSentiment:"
    attention = model.attention(text)
    assert "".join(attention.tokens) == text
    n = len(attention.tokens)
    assert attention.weights.shape[2:] == (n, n)
    assert attention.weights.dtype == np.float32
    np.testing.assert_allclose(attention.weights.sum(axis=-1), 1, atol=1e-5)
    assert np.all(attention.weights[:, :, *np.triu_indices(n, k=1)] == 0)


@pytest.mark.parametrize("text, message", [("", "empty"), (" good" * 200, "200 tokens")])
def test_attention_names_a_text_that_it_can_not_take(model, text, message):
    with pytest.raises(ValueError, match=message):
        model.attention(text)


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_give_the_text_back(model, text):
    pieces = model.tokenize(text)
    assert "".join(pieces) == text
    assert model.count_tokens([text]) == [len(pieces)]


def test_loading_and_asking_says_nothing():
    """Stock nbgrader gives no points to a cell that writes to stderr."""
    code = """
import emlab
model = emlab.load(emlab.rungs()[0])
model.loglikelihood([("the soup was cold " * 80, " positive")])
model.generate_until([("the soup", {"max_gen_toks": 3})])
model.attention("the soup")
model.tokenize("the soup was cold " * 80)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


@pytest.mark.parametrize("name", emlab.rungs())
def test_a_rung_loads_in_a_blink(name):
    """Once torch and transformers are imported. A busy machine gets several tries: it proves nothing."""
    rung, seconds = find_rung(name), []
    HuggingFaceModel(rung)  # warms up
    while len(seconds) < 3 or (min(seconds) >= 0.3 and len(seconds) < 20):
        started = time.monotonic()
        HuggingFaceModel(rung)
        seconds.append(time.monotonic() - started)
    assert min(seconds) < 0.3
