"""With lm-evaluation-harness as the oracle, generation is tested in test_huggingface.py."""

import pytest

import emlab
from emlab.models.text import cut


@pytest.fixture(scope="module")
def model():
    return emlab.load(emlab.rungs()[0])


@pytest.mark.parametrize(
    "text, until, expected",
    [
        ("a b\nc", ["\n"], ("a b", True)),
        ("a b c", ["c", " b"], ("a", True)),
        ("a b c", ["x"], ("a b c", False)),
        ("a", [], ("a", False)),
    ],
)
def test_the_first_stopcuts(text, until, expected):
    assert cut(text, until) == expected


def test_the_text_ends_before_the_stop_and_within_the_tokens(model):
    prompt = "Review: the soup was cold\nSentiment: negative\n\nReview: the film was"
    (whole,) = model.generate_until([(prompt, {"max_gen_toks": 12})])
    stop = whole[3:5]
    assert model.generate_until([(prompt, {"until": [stop], "max_gen_toks": 12})]) == [whole.split(stop)[0]]
    (short,) = model.generate_until([(prompt, {"max_gen_toks": 3})])
    assert whole.startswith(short)
    assert len(model.tokenize(short)) == 3


def test_an_empty_context_is_the_beginning_of_a_text(model):
    assert model.generate_until([("", {"max_gen_toks": 3})])[0]


def test_rows_that_end_early_change_nothing_for_the_others(model):
    prompts = [f"Review: the {thing}" for thing in ("soup", "film", "room was", "bus was late and", "cook")]
    how = {"until": ["\n"], "max_gen_toks": 20}
    requests = [(prompt, how) for prompt in prompts] + [("Review: the soup was cold\nSentiment: bad", how)]
    texts = model.compute_generation(requests)
    assert len({len(model.tokenize(text)) for text in texts}) > 2
    assert texts == [model.compute_generation([request])[0] for request in requests]
