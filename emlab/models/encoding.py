"""From (context, continuation) pairs to token ids, the way lm-evaluation-harness does it."""

from typing import TYPE_CHECKING, Any, NamedTuple

from emlab.messages import say

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase


class Encoded(NamedTuple):
    """One request: what the model reads, and the last tokens that are scored.

    `read` has T token ids; the model's prediction at read[T - len(scored) + i] is for scored[i].
    """

    read: tuple[int, ...]
    scored: tuple[int, ...]


def encode_pairs(
    tokenizer: "PreTrainedTokenizerBase", requests: list[tuple[str, str]], name: str, max_length: int
) -> list[Encoded]:
    """Encode each request; a context that is too long loses its beginning.

    The whole text is encoded and then split after as many tokens as the context alone has; trailing spaces
    of the context are moved to the continuation first, because most tokens begin with a space. An empty
    context stands for the token that begins a text. Source: lm-evaluation-harness 0.4.13,
    `TemplateLM._encode_pair` and `HFLM._loglikelihood_tokens`.
    Raises ValueError for a continuation of no token, or of more than the model reads.
    """
    pairs = [_move_spaces(context, continuation) for context, continuation in requests]
    contexts = {context for context, _ in pairs}
    n_context = dict(zip(contexts, map(len, encode(tokenizer, list(contexts))), strict=True))
    wholes = encode(tokenizer, [context + continuation for context, continuation in pairs])

    encoded = []
    for (context, continuation), ids in zip(pairs, wholes, strict=True):
        if context:
            start = n_context[context]
        else:
            ids = _with_first_token(tokenizer, continuation)
            start = 1
        scored = ids[start:]
        if not scored:
            raise ValueError(say("no_continuation_token", continuation=continuation, end=context[-20:]))
        if len(scored) > max_length:
            raise ValueError(
                say(
                    "long_continuation",
                    start=continuation[:20],
                    n_tokens=len(scored),
                    model=name,
                    max_length=max_length,
                )
            )
        encoded.append(Encoded(tuple(ids[-(max_length + 1) : -1]), tuple(scored)))
    return encoded


def encode(
    tokenizer: "PreTrainedTokenizerBase", texts: list[str], most: int | None = None
) -> list[list[int]]:
    """The token ids of each text; those of one that is longer than `most` tokens are cut off behind.

    A text that begins with the token that begins a text (one that a chat template wrote) gets no second one.
    Source: lm-evaluation-harness 0.4.13, `HFLM.tok_encode`.
    """
    if not texts:
        return []
    how: dict[str, Any] = {"return_attention_mask": False, "return_token_type_ids": False, "verbose": False}
    if most is not None:
        how |= {"truncation": True, "max_length": most}
    begin = tokenizer.bos_token
    if begin is None or not any(text.startswith(begin) for text in texts):
        return tokenizer(texts, **how)["input_ids"]
    return [
        tokenizer(text, add_special_tokens=not text.startswith(begin), **how)["input_ids"] for text in texts
    ]


def first_token(tokenizer: "PreTrainedTokenizerBase") -> int:
    """The id of the token that begins a text; for many models it is the one that ended the text before."""
    return tokenizer.bos_token_id if tokenizer.bos_token_id is not None else tokenizer.eos_token_id


def _move_spaces(context: str, continuation: str) -> tuple[str, str]:
    kept = context.rstrip()
    return kept, context[len(kept) :] + continuation


def _with_first_token(tokenizer: "PreTrainedTokenizerBase", continuation: str) -> list[int]:
    """The continuation after the token that begins a text, which is not doubled."""
    first = first_token(tokenizer)
    ids = tokenizer(continuation, add_special_tokens=False)["input_ids"]
    return ids if ids[:1] == [first] else [first, *ids]
