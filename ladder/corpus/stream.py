"""Training batches from the families, each made from (seed, step) alone.

So a training that was cut off goes on with exactly the batches it would have seen, and every rung sees the
same tokens in the same order.
"""

import random
from collections.abc import Iterator
from functools import cache, lru_cache

import torch
from tokenizers import Tokenizer

from ladder.corpus.episodes import Document
from ladder.corpus.families import BEGINNER, FAMILIES, LATE
from ladder.tokenizer import END_OF_TEXT, MAX_LENGTH, build_tokenizer

BEGINNER_STEPS = 400  # batches of the beginner's mix
MIXES = {"beginner": BEGINNER, "main": FAMILIES, "late": LATE}


@cache
def tokenizer() -> Tokenizer:
    return build_tokenizer()


def encode(document: Document) -> tuple[list[int], list[float]]:
    """Token ids and loss weights of a document and the end-of-text token after it."""
    ids: list[int] = []
    weights: list[float] = []
    for text, weight in document:
        piece = _encode_piece(text)
        ids += piece
        weights += [weight] * len(piece)
    # The end of a document is drawn at random: nothing to learn there.
    return [*ids, tokenizer().token_to_id(END_OF_TEXT)], [*weights, 0.0]


@lru_cache(maxsize=100_000)
def _encode_piece(text: str) -> list[int]:
    return tokenizer().encode(text).ids


@cache
def _document_weights(mix: str) -> tuple[float, ...]:
    """How often to draw each family, so that its share of the tokens comes out: share / mean length."""
    rng = random.Random("mean lengths")
    return tuple(
        family.share / sum(len(encode(family.make(rng))[0]) for _ in range(300))
        for family in MIXES[mix].values()
    )


def documents(rng: random.Random, mix: str = "main") -> Iterator[tuple[str, Document]]:
    """Endless documents, as (name of the family, document)."""
    families = MIXES[mix]
    while True:
        (name,) = rng.choices(list(families), weights=_document_weights(mix))
        yield name, families[name].make(rng)


def documents_of(seed: int, step: int, late: bool) -> Iterator[tuple[str, Document]]:
    """The documents from which the batch of a step is filled."""
    if late:
        return documents(random.Random(f"{seed}/late/{step}"), "late")
    return documents(random.Random(f"{seed}/{step}"), "beginner" if step < BEGINNER_STEPS else "main")


def batch(
    seed: int, step: int, rows: int, length: int = MAX_LENGTH, late: bool = False
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """One batch: inputs, targets and the targets' loss weights, each of shape (rows, length).

    Steps are counted from 0, in the late part of a training from its own beginning.
    """
    ids, weights = rows_of(seed, step, rows, length, late)
    return split(torch.tensor(ids), torch.tensor(weights))


def split(tokens: torch.Tensor, weights: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Inputs, targets and the targets' weights of rows of (length + 1) tokens."""
    return tokens[:, :-1], tokens[:, 1:], weights[:, 1:]


def rows_of(
    seed: int, step: int, rows: int, length: int, late: bool
) -> tuple[list[list[int]], list[list[float]]]:
    """Token ids and loss weights of one batch, each of shape (rows, length + 1).

    A row is filled with whole documents from its beginning; the last one is cut where the row ends.
    """
    stream = documents_of(seed, step, late)
    ids, weights = [], []
    for _ in range(rows):
        row_ids: list[int] = []
        row_weights: list[float] = []
        while len(row_ids) < length + 1:
            more_ids, more_weights = encode(next(stream)[1])
            row_ids += more_ids
            row_weights += more_weights
        ids.append(row_ids[: length + 1])
        weights.append(row_weights[: length + 1])
    return ids, weights
