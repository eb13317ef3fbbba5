import pytest
import torch

from ladder.corpus.stream import tokenizer
from ladder.rungs import RUNGS, build_model
from ladder.sample import sample
from ladder.score import next_token_logprobs

PROMPTS = ["347 + 285 =", "the soup was", "Input: red", "Review: the soup was cold and bland\nSentiment:"]
HOW = {"until": ("\n",), "max_tokens": 8, "temperature": 0.8, "seed": 3}


@pytest.fixture(scope="module")
def model():
    model = build_model(next(iter(RUNGS.values())), seed=0).eval()
    torch.nn.init.constant_(model.model.norm.weight, 3.0)  # an untrained model has hardly any preferences
    return model


def test_a_cold_sample_is_the_greedy_text(model):
    for prompt, (text, again) in zip(
        PROMPTS, sample(model, PROMPTS, 2, **HOW | {"temperature": 1e-6}), strict=True
    ):
        ids = tokenizer().encode(prompt).ids
        start = len(ids)
        with torch.inference_mode():
            for _ in range(HOW["max_tokens"]):
                ids.append(int(model(torch.tensor([ids])).logits[0, -1].argmax()))
        assert text == again == tokenizer().decode(ids[start:]).split("\n")[0]


def test_the_seed_decides(model):
    texts = sample(model, PROMPTS, 5, **HOW)
    assert texts == sample(model, PROMPTS, 5, **HOW) != sample(model, PROMPTS, 5, **HOW | {"seed": 4})
    assert [len(of_prompt) for of_prompt in texts] == [5] * len(PROMPTS)
    assert len(set(texts[0])) > 1


def test_tokens_come_as_often_as_the_model_says(model):
    n, temperature = 2000, 0.5
    how = HOW | {"max_tokens": 1, "temperature": temperature, "until": ()}
    (texts,) = sample(model, PROMPTS[:1], n, **how)
    likely = (next_token_logprobs(model, PROMPTS[:1])[0] / temperature).softmax(-1)
    for p, token in zip(*likely.topk(3), strict=True):
        counted = sum(text == tokenizer().decode([int(token)]) for text in texts) / n
        assert abs(counted - float(p)) < 4 * (float(p) * (1 - float(p)) / n) ** 0.5


def test_a_text_ends_before_its_first_stop(model):
    whole = sample(model, PROMPTS, 3, **HOW | {"until": ()})
    cut = sample(model, PROMPTS, 3, **HOW | {"until": ("a", "e")})
    for a, b in zip(sum(whole, []), sum(cut, []), strict=True):
        assert a.split("a")[0].split("e")[0] == b


def test_a_temperature_of_nothing_is_refused(model):
    with pytest.raises(ValueError, match="0"):
        sample(model, PROMPTS, 1, **HOW | {"temperature": 0})
