"""Greedy generation for a batch of contexts."""

from typing import TYPE_CHECKING

import torch

from emlab.models.encoding import encode, first_token

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

BATCH_ROWS = 64


def generate(
    model: "PreTrainedModel",
    tokenizer: "PreTrainedTokenizerBase",
    contexts: list[str],
    until: list[str],
    max_gen_toks: int,
    max_length: int,
) -> list[str]:
    """The greedy continuation of each context, up to the first of `until`, the end of the text or
    max_gen_toks tokens. A context that leaves no room for max_gen_toks loses its beginning; an empty one
    stands for the token that begins a text.
    """
    start = [first_token(tokenizer)]
    encoded = [ids[-(max_length - max_gen_toks) :] or start for ids in encode(tokenizer, contexts)]
    order = sorted(range(len(contexts)), key=lambda i: (len(encoded[i]), encoded[i]))
    texts = [""] * len(contexts)
    for at in range(0, len(order), BATCH_ROWS):
        batch = order[at : at + BATCH_ROWS]
        written = _generate_batch(model, tokenizer, [encoded[i] for i in batch], until, max_gen_toks)
        for i, text in zip(batch, written, strict=True):
            texts[i] = text
    return texts


@torch.inference_mode()
def _generate_batch(
    model: "PreTrainedModel",
    tokenizer: "PreTrainedTokenizerBase",
    rows: list[list[int]],
    until: list[str],
    max_gen_toks: int,
) -> list[str]:
    """Rows are padded on the left and masked, so that every row's next token is in the last column.

    Finished rows leave the batch as soon as they are half of it: to drop them costs a copy of the others.
    """
    longest = len(rows[-1])
    ids = torch.tensor([[0] * (longest - len(row)) + row for row in rows])  # (B, T)
    mask = torch.tensor([[0] * (longest - len(row)) + [1] * len(row) for row in rows])
    positions = (mask.cumsum(dim=1) - 1).clamp(min=0)
    new: list[list[int]] = [[] for _ in rows]
    texts = [""] * len(rows)
    batch = list(range(len(rows)))  # the rows that are read
    active = set(batch)
    cache = None
    while active:
        out = model(
            input_ids=ids,
            attention_mask=mask,
            position_ids=positions,
            past_key_values=cache,
            use_cache=True,
            logits_to_keep=1,
        )
        cache = out.past_key_values
        ids = out.logits[:, -1].argmax(dim=-1, keepdim=True)  # (B, 1)
        for i, token in zip(batch, ids[:, 0].tolist(), strict=True):
            if i not in active:
                continue
            if token != tokenizer.eos_token_id:
                new[i].append(token)
            texts[i], stopped = _cut(tokenizer.decode(new[i], skip_special_tokens=True), until)
            if stopped or token == tokenizer.eos_token_id or len(new[i]) == max_gen_toks:
                active.discard(i)
        mask = torch.cat([mask, mask.new_ones(len(batch), 1)], dim=1)
        positions = positions[:, -1:] + 1
        if 0 < 2 * len(active) <= len(batch):
            kept = torch.tensor([n for n, i in enumerate(batch) if i in active], dtype=torch.long)
            cache.batch_select_indices(kept)
            ids, mask, positions = ids[kept], mask[kept], positions[kept]
            batch = [i for i in batch if i in active]
    return texts


def _cut(text: str, until: list[str]) -> tuple[str, bool]:
    """`text` up to the first stop, and whether there was one."""
    found = [place for stop in until if (place := text.find(stop)) >= 0]
    return (text[: min(found)], True) if found else (text, False)
