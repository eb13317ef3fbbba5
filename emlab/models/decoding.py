"""Generation for a batch of contexts: greedy, or sampled from the model's distribution at a temperature."""

from typing import TYPE_CHECKING, Any

import torch

from emlab.messages import say
from emlab.models.encoding import encode, first_token
from emlab.models.forward import accepts
from emlab.models.text import cut

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
    *,
    temperature: float = 0.0,
    most: int | None = None,
    batch_rows: int = BATCH_ROWS,
) -> list[str]:
    """The continuation of each context, up to the first of `until`, the end of the text or max_gen_toks
    tokens. A context that leaves no room for max_gen_toks loses its beginning; an empty one stands for the
    token that begins a text.

    temperature: 0 for greedy; else torch's random numbers decide. most: see `encode`.
    """
    if not accepts(model, "past_key_values"):
        raise ValueError(say("no_generation", kind=type(model).__name__))
    start = [first_token(tokenizer)]
    encoded = [ids[-(max_length - max_gen_toks) :] or start for ids in encode(tokenizer, contexts, most)]
    order = sorted(range(len(contexts)), key=lambda i: (len(encoded[i]), encoded[i]))
    texts = [""] * len(contexts)
    for at in range(0, len(order), batch_rows):
        batch = order[at : at + batch_rows]
        rows = [encoded[i] for i in batch]
        written = _generate_batch(model, tokenizer, rows, until, max_gen_toks, temperature)
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
    temperature: float,
) -> list[str]:
    """Rows are padded on the left and masked, so that every row's next token is in the last column.

    Finished rows leave the batch as soon as they are half of it: to drop them costs a copy of the others.
    """
    longest = len(rows[-1])
    on = {"device": model.device}
    ids = torch.tensor([[0] * (longest - len(row)) + row for row in rows], **on)  # (B, T)
    mask = torch.tensor([[0] * (longest - len(row)) + [1] * len(row) for row in rows], **on)
    ends = end_tokens(model, tokenizer)
    last_only = {"logits_to_keep": 1} if accepts(model, "logits_to_keep") else {}
    placed = accepts(model, "position_ids")  # not where the attention mask says it all (ALiBi)
    positions = (mask.cumsum(dim=1) - 1).clamp(min=0)
    new: list[list[int]] = [[] for _ in rows]
    texts = [""] * len(rows)
    batch = list(range(len(rows)))  # the rows that are read
    active = set(batch)
    cache = None
    while active:
        how: dict[str, Any] = {**last_only, "position_ids": positions} if placed else last_only
        out = model(input_ids=ids, attention_mask=mask, past_key_values=cache, use_cache=True, **how)
        cache = out.past_key_values
        ids = _choose(out.logits[:, -1], temperature)  # (B, 1)
        for i, token in zip(batch, ids[:, 0].tolist(), strict=True):
            if i not in active:
                continue
            if token not in ends:
                new[i].append(token)
            texts[i], stopped = cut(tokenizer.decode(new[i], skip_special_tokens=True), until)
            if stopped or token in ends or len(new[i]) == max_gen_toks:
                active.discard(i)
        mask = torch.cat([mask, mask.new_ones(len(batch), 1)], dim=1)
        positions = positions[:, -1:] + 1
        if 0 < 2 * len(active) <= len(batch):
            kept = torch.tensor([n for n, i in enumerate(batch) if i in active], **on)
            cache.batch_select_indices(kept)
            ids, mask, positions = ids[kept], mask[kept], positions[kept]
            batch = [i for i in batch if i in active]
    return texts


def end_tokens(model: "PreTrainedModel", tokenizer: "PreTrainedTokenizerBase") -> set[int]:
    """The ids that end a text: the tokenizer's, and those of the model's own settings (the end of a turn)."""
    own = model.generation_config.eos_token_id if model.generation_config is not None else None
    return {tokenizer.eos_token_id, *(own if isinstance(own, list) else [own])}


def _choose(logits: torch.Tensor, temperature: float) -> torch.Tensor:
    """The next token of each row of (B, V), as (B, 1)."""
    if not temperature:
        return logits.argmax(dim=-1, keepdim=True)
    return torch.multinomial(torch.softmax(logits.float() / temperature, dim=-1), num_samples=1)
