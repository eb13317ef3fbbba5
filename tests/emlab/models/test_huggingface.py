"""lm-evaluation-harness is the oracle: same checkpoint, same requests, same answers."""

import random
import subprocess
import sys
import time

import numpy as np
import pytest

import emlab
from emlab.models.huggingface import HuggingFaceModel
from emlab.models.ladder import find_rung

LONG = "Review: the soup was cold\nSentiment: negative\n\n" * 40 + "Review: it was"
TEXTS = (
    "Review: the soup was cold and bland\nSentiment:",
    "the film was moving -> positive\nthe clerk was rude ->",
    "Řeview  über\n\n bad 🎉 x ",
    "",
)


def sample_requests(n, seed=0):
    """Prompts of 0 to 10 shots with one and several token continuations, some with a trailing space."""
    rng = random.Random(seed)
    task = emlab.load_task("reviews")
    template = emlab.TEMPLATES["review"]
    requests = []
    for _ in range(n):
        shots = [
            template["example"].format(**item) for item in rng.sample(task.pool, rng.choice((0, 1, 3, 10)))
        ]
        query = template["query"].format(**rng.choice(task.test))
        prompt = template["delimiter"].join([*shots, query])
        prompt += rng.choice(("", "", "", " ", "  "))
        space = "" if prompt.endswith(" ") else " "
        requests.append((prompt, space + rng.choice(("positive", "negative", "dax", "so very good !"))))
    return requests


@pytest.fixture(scope="module")
def rung():
    return find_rung(emlab.rungs()[-1])


@pytest.fixture(scope="module")
def model(rung):
    return HuggingFaceModel(rung)


@pytest.fixture(scope="module")
def harness():
    """lm-evaluation-harness's own model of a folder, and its way to ask."""
    huggingface = pytest.importorskip("lm_eval.models.huggingface")
    instance = pytest.importorskip("lm_eval.api.instance").Instance

    def ask(folder, kind, requests):
        lm = huggingface.HFLM(pretrained=str(folder), device="cpu", dtype="float32", batch_size=16)
        instances = [
            instance(request_type=kind, doc={}, arguments=request, idx=i)
            for i, request in enumerate(requests)
        ]
        return getattr(lm, kind)(instances, disable_tqdm=True)

    return ask


def test_loglikelihood_is_the_harness_s(model, rung, harness):
    requests = [*sample_requests(100), ("", "the soup"), ("", " good"), ("Řev", "iew")]
    requests += [(LONG, " good"), (LONG + " ", "so very good")]
    expected = harness(rung.folder, "loglikelihood", requests)
    got = model.loglikelihood(requests)
    assert [greedy for _, greedy in got] == [greedy for _, greedy in expected]
    np.testing.assert_allclose([lp for lp, _ in got], [lp for lp, _ in expected], atol=1e-4, rtol=0)


def test_a_greedy_continuation_is_the_one_that_is_generated(model):
    for prompt, _ in sample_requests(20, seed=1):
        text = model.generate_until([(prompt.rstrip(), {"max_gen_toks": 1})])[0]
        if text and "�" not in text:
            assert model.loglikelihood([(prompt.rstrip(), text)])[0][1]


def test_generation_is_the_harness_s(model, rung, harness):
    prompts = [prompt.rstrip() for prompt, _ in sample_requests(60, seed=2)] + [LONG]
    how = [{"until": ["\n", " the"], "max_gen_toks": 12}, {"until": [], "max_gen_toks": 5}]
    requests = [(prompt, how[i % 2]) for i, prompt in enumerate(prompts)]
    expected = harness(rung.folder, "generate_until", requests)
    assert model.generate_until(requests) == expected


def test_answers_do_not_depend_on_the_company(model):
    requests = sample_requests(150, seed=3)
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


def test_a_rung_loads_within_a_second(rung):
    started = time.monotonic()
    HuggingFaceModel(rung)
    assert time.monotonic() - started < 1
