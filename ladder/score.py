"""Scoring prompts with a model that is in memory: the most likely of a few one-token answers."""

from collections.abc import Sequence

import torch

from ladder.corpus.stream import tokenizer

ROWS = 32  # prompts a forward pass


@torch.no_grad()
def next_token_logprobs(model, prompts: Sequence[str]) -> torch.Tensor:
    """Log-probabilities of the token after each prompt, (prompts, vocabulary)."""
    encoded = [tokenizer().encode(prompt).ids for prompt in prompts]
    by_length = sorted(range(len(prompts)), key=lambda i: len(encoded[i]))
    rows: list[torch.Tensor] = [torch.empty(0)] * len(prompts)
    for start in range(0, len(prompts), ROWS):
        chunk = by_length[start : start + ROWS]
        longest = max(len(encoded[i]) for i in chunk)
        # Padding on the right is never looked at by the positions before it.
        inputs = torch.tensor([encoded[i] + [0] * (longest - len(encoded[i])) for i in chunk])
        hidden = model.model(input_ids=inputs, use_cache=False).last_hidden_state
        last = hidden[torch.arange(len(chunk)), [len(encoded[i]) - 1 for i in chunk]]
        for i, row in zip(chunk, model.lm_head(last).log_softmax(-1), strict=True):
            rows[i] = row
    return torch.stack(rows)


def token_id(continuation: str) -> int:
    """The id of a continuation that is one token; ValueError if it is not."""
    ids = tokenizer().encode(continuation).ids
    if len(ids) != 1:
        raise ValueError(f"{continuation!r} is {len(ids)} tokens, not one")
    return ids[0]


def choose(model, prompts: Sequence[str], choices: Sequence[str]) -> list[str]:
    """The most likely choice after each prompt (a space stands before it)."""
    columns = [token_id(f" {choice}") for choice in choices]
    best = next_token_logprobs(model, prompts)[:, columns].argmax(-1)
    return [choices[i] for i in best.tolist()]
