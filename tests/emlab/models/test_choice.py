import pytest

import emlab


def test_the_most_likely_choice_is_the_answer():
    model = emlab.load("mock:constant/negative")
    answers = emlab.multiple_choice(model, ["a", "b"], ["positive", "negative"])
    assert answers == [{"response": "negative", "logprobs": [-10.0, -0.1]}] * 2


def test_the_first_of_equals_wins():
    model = emlab.load("mock:constant/other")
    assert emlab.multiple_choice(model, ["a"], ["x", "y"])[0]["response"] == "x"


def test_a_choice_follows_a_space():
    model = emlab.load(emlab.rungs()[0])
    prompt = "Review: the soup was cold\nSentiment:"
    answer = emlab.multiple_choice(model, [prompt], ("positive", "negative"))[0]
    scored = model.loglikelihood([(prompt, " positive"), (prompt, " negative")])
    assert answer["logprobs"] == [logprob for logprob, _ in scored]


def test_no_prompts_no_answers():
    assert emlab.multiple_choice(emlab.load("mock:oracle"), [], ["x", "y"]) == []


@pytest.mark.parametrize("choices", [[], ["x"], ["x", "x"], "xy"])
def test_one_choice_is_no_choice(choices):
    with pytest.raises(ValueError, match="at least two different choices"):
        emlab.multiple_choice(emlab.load("mock:oracle"), ["a"], choices)
