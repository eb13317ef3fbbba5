import pytest
import torch

from ladder.corpus.stream import tokenizer
from ladder.rungs import Rung, build_model
from ladder.score import choose, next_token_logprobs, token_id

MODEL = build_model(Rung("tiny", width=8, layers=1, heads=2, hidden=16), seed=0)
PROMPTS = ["Review: the soup was cold\nSentiment:", "a good pie ->", "what a show ->"]


def test_prompts_of_different_lengths_score_as_they_do_alone():
    together = next_token_logprobs(MODEL, PROMPTS)
    for prompt, row in zip(PROMPTS, together, strict=True):
        with torch.no_grad():
            alone = MODEL(torch.tensor([tokenizer().encode(prompt).ids])).logits[0, -1].log_softmax(-1)
        assert torch.allclose(row, alone, atol=1e-5)


def test_the_choice_is_the_more_likely_label():
    scores = next_token_logprobs(MODEL, PROMPTS)[:, [token_id(" dax"), token_id(" wug")]]
    wanted = ["dax" if a >= b else "wug" for a, b in scores.tolist()]
    assert choose(MODEL, PROMPTS, ["dax", "wug"]) == wanted


def test_a_label_of_several_tokens_is_refused():
    with pytest.raises(ValueError, match="tokens, not one"):
        token_id(" unheardof")
