"""lm-evaluation-harness is the oracle, for every shipped rung: same files, same requests, same answers."""

import numpy as np
import pytest

import emlab
from emlab.models import scoring
from emlab.models.huggingface import HuggingFaceModel
from emlab.models.ladder import find_rung
from tests.conftest import needed
from tests.emlab.models.asking import few_shot_requests, nested_prompts

LONG = "Review: the soup was cold\nSentiment: negative\n\n" * 40 + "Review: it was"
EMPTY = [("", "the soup"), ("", " good"), ("", " so very good")]
CUT_SHORT = [
    (LONG, " good"),
    (LONG, " cold"),
    (LONG + " ", "so very good"),
    (LONG + " warm and", " so very good"),
]
MELTING = [("Řev", "iew"), ("the soup\n", "\nwas 12 3 ,")]
ANSWERS = (" dax", " negative", " so very good", " a dax ,\nand", " negative\n\nReview: the soup")


@pytest.fixture(scope="module", params=emlab.rungs())
def sides(request):
    """A rung as students load it, and a function that asks the harness's `hf` model of the same folder."""
    huggingface = needed("lm_eval.models.huggingface")
    instance = needed("lm_eval.api.instance").Instance
    rung = find_rung(request.param)
    lm = huggingface.HFLM(pretrained=str(rung.folder), device="cpu", dtype="float32", batch_size=8)

    def harness(kind, requests):
        instances = [
            instance(request_type=kind, doc={}, arguments=request, idx=i)
            for i, request in enumerate(requests)
        ]
        return getattr(lm, kind)(instances, disable_tqdm=True)

    return HuggingFaceModel(rung), harness


def agree(got, expected):
    assert [greedy for _, greedy in got] == [greedy for _, greedy in expected]
    np.testing.assert_allclose([lp for lp, _ in got], [lp for lp, _ in expected], atol=1e-4, rtol=0)


def test_loglikelihood(sides):
    model, harness = sides
    requests = [*few_shot_requests(60), *EMPTY, *CUT_SHORT, *MELTING]
    agree(model.loglikelihood(requests), harness("loglikelihood", requests))


def test_loglikelihood_after_a_shared_beginning(sides, monkeypatch):
    """Many prompts with the same examples, each with several answers; small rungs are made to share, too."""
    model, harness = sides
    requests = [(prompt, answer) for prompt in nested_prompts((0, 2, 3, 10), queries=4) for answer in ANSWERS]
    requests += [*CUT_SHORT, *EMPTY]
    expected = harness("loglikelihood", requests)
    agree(model.compute_loglikelihood(requests), expected)
    monkeypatch.setattr(scoring, "WORTH", 1)
    agree(model.compute_loglikelihood(requests), expected)


def test_the_greedy_answer_is_known_as_such(sides):
    """So that the flags are compared on answers of several tokens that are greedy, too."""
    model, harness = sides
    prompts = nested_prompts((1, 5), queries=6)
    (*texts,) = model.generate_until([(prompt, {"max_gen_toks": 4}) for prompt in prompts])
    requests = [(prompt, text) for prompt, text in zip(prompts, texts, strict=True) if "\ufffd" not in text]
    assert requests
    got = model.loglikelihood(requests)
    agree(got, harness("loglikelihood", requests))
    assert any(greedy for _, greedy in got)


def test_generate_until(sides):
    model, harness = sides
    prompts = [
        *nested_prompts((0, 3, 10), queries=8),
        *(p.rstrip() for p, _ in few_shot_requests(12, 2)),
        LONG,
    ]
    how = [
        {"until": ["\n", " the"], "max_gen_toks": 12},
        {"until": [], "max_gen_toks": 5},
        {"until": ["\n\n"], "max_gen_toks": 24},
    ]
    requests = [(prompt, how[i % 3]) for i, prompt in enumerate(prompts)]
    assert model.generate_until(requests) == harness("generate_until", requests)
