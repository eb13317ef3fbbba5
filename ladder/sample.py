"""Sampling from a model that is in memory: many continuations of many prompts, by a seeded generator."""

from collections.abc import Sequence

import torch
from transformers import DynamicCache

from ladder.corpus.stream import tokenizer
from ladder.tokenizer import END_OF_TEXT

ROWS = 256  # continuations a batch


def sample(
    model,
    prompts: Sequence[str],
    n: int,
    until: Sequence[str],
    max_tokens: int,
    temperature: float,
    seed: int,
) -> list[list[str]]:
    """n continuations of each prompt, each up to the first of `until`, the end of the text or max_tokens.

    The same arguments give the same continuations. Prompts are read once each, whatever n.
    """
    if not temperature > 0:
        raise ValueError(f"temperature must be above 0, not {temperature}")
    generator = torch.Generator().manual_seed(seed)
    encoded = [tokenizer().encode(prompt).ids for prompt in prompts]
    by_length = sorted(range(len(prompts)), key=lambda i: len(encoded[i]))
    texts: list[list[str]] = [[] for _ in prompts]
    a_batch = max(1, ROWS // n)
    for start in range(0, len(prompts), a_batch):
        batch = by_length[start : start + a_batch]
        rows = _sample_batch(model, [encoded[i] for i in batch], n, until, max_tokens, temperature, generator)
        for place, i in enumerate(batch):
            texts[i] = rows[place * n : (place + 1) * n]
    return texts


@torch.inference_mode()
def _sample_batch(
    model,
    prompts: list[list[int]],
    n: int,
    until: Sequence[str],
    max_tokens: int,
    temperature: float,
    generator: torch.Generator,
) -> list[str]:
    """n rows for each prompt, one after the other. Prompts are padded on the left and masked."""
    longest = max(map(len, prompts))
    ids = torch.tensor([[0] * (longest - len(row)) + row for row in prompts])  # (B, T)
    mask = torch.tensor([[0] * (longest - len(row)) + [1] * len(row) for row in prompts])
    positions = (mask.cumsum(dim=1) - 1).clamp(min=0)
    cache = DynamicCache()
    how = {"past_key_values": cache, "use_cache": True, "logits_to_keep": 1}
    logits = model(input_ids=ids, attention_mask=mask, position_ids=positions, **how).logits[:, -1]

    cache.batch_repeat_interleave(n)
    logits, mask = logits.repeat_interleave(n, dim=0), mask.repeat_interleave(n, dim=0)
    positions = positions[:, -1:].repeat_interleave(n, dim=0)
    end = tokenizer().token_to_id(END_OF_TEXT)
    written: list[list[int]] = [[] for _ in range(len(mask))]
    texts = [""] * len(mask)
    active = set(range(len(mask)))
    while True:
        drawn = torch.multinomial((logits / temperature).softmax(-1), 1, generator=generator)  # (B * n, 1)
        for row, token in enumerate(drawn[:, 0].tolist()):
            if row not in active:
                continue
            if token != end:
                written[row].append(token)
            text = tokenizer().decode(written[row])
            texts[row], stopped = _cut(text, until)
            if stopped or token == end or len(written[row]) == max_tokens:
                active.discard(row)
        if not active:
            return texts
        mask = torch.cat([mask, mask.new_ones(len(mask), 1)], dim=1)
        positions = positions + 1
        logits = model(input_ids=drawn, attention_mask=mask, position_ids=positions, **how).logits[:, -1]


def _cut(text: str, until: Sequence[str]) -> tuple[str, bool]:
    """The text up to the first stop, and whether there was one."""
    places = [place for stop in until if (place := text.find(stop)) >= 0]
    return (text[: min(places)], True) if places else (text, False)
