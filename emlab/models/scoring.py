"""Log-probabilities of many continuations with few forward passes.

Requests that read the same tokens share one row of a batch (the choices of a multiple-choice item, when
each is one token). Rows are sorted by length, so that little is padded, and logits are computed only at
the positions that are asked for: at these sizes the vocabulary would cost more than the rest.
"""

from collections import defaultdict
from typing import TYPE_CHECKING

import torch

from emlab.models.encoding import Encoded

if TYPE_CHECKING:
    from transformers import PreTrainedModel

# Larger batches were slower on one core: 3,335 prompts of 10 to 160 tokens took the 227K rung 3.0 s so, and
# 3.8 s with batches of twice the size.
BATCH_ROWS = 64
BATCH_TOKENS = 4096  # rows x length


def score(model: "PreTrainedModel", requests: list[Encoded]) -> list[tuple[float, bool]]:
    """For each request the log-probability of its scored tokens, and whether each is the most likely one."""
    same = defaultdict(list)  # what is read -> the requests that read it
    for index, request in enumerate(requests):
        same[request.read].append(index)
    answers: list[tuple[float, bool]] = [(0.0, False)] * len(requests)
    for batch in _batches(sorted(same, key=lambda read: (len(read), read))):
        asked = [[requests[index].scored for index in same[read]] for read in batch]
        indices = [index for read in batch for index in same[read]]
        for index, answer in zip(indices, _score_batch(model, batch, asked), strict=True):
            answers[index] = answer
    return answers


def _batches(rows: list[tuple[int, ...]]) -> list[list[tuple[int, ...]]]:
    """Cut `rows`, sorted by length, into batches; the last row of each is its longest."""
    batches: list[list[tuple[int, ...]]] = [[]]
    for row in rows:
        if batches[-1] and (
            len(batches[-1]) == BATCH_ROWS or (len(batches[-1]) + 1) * len(row) > BATCH_TOKENS
        ):
            batches.append([])
        batches[-1].append(row)
    return batches if rows else []


@torch.inference_mode()
def _score_batch(
    model: "PreTrainedModel", rows: list[tuple[int, ...]], asked: list[list[tuple[int, ...]]]
) -> list[tuple[float, bool]]:
    """Score the continuations `asked` of each row, in order.

    Rows are padded on the right without a mask: no position looks at a later one, so padding changes nothing.
    """
    longest = len(rows[-1])
    ids = torch.tensor([row + (0,) * (longest - len(row)) for row in rows])  # (B, T)
    needed = sorted(
        {
            position
            for row, continuations in zip(rows, asked, strict=True)
            for position in range(len(row) - max(map(len, continuations)), len(row))
        }
    )
    logits = model(input_ids=ids, use_cache=False, logits_to_keep=torch.tensor(needed)).logits  # (B, N, V)
    column = {position: n for n, position in enumerate(needed)}

    b, n, token = [], [], []  # one entry for each token that is scored
    for i, (row, continuations) in enumerate(zip(rows, asked, strict=True)):
        for continuation in continuations:
            start = len(row) - len(continuation)
            b += [i] * len(continuation)
            n += [column[start + j] for j in range(len(continuation))]
            token += continuation
    picked = logits[b, n]  # (tokens, V)
    target = torch.tensor(token)
    logprobs = torch.log_softmax(picked, dim=-1).gather(1, target[:, None])[:, 0]
    greedy = picked.argmax(dim=-1) == target

    lengths = [len(continuation) for continuations in asked for continuation in continuations]
    return [
        (float(part.sum()), bool(best.all()))
        for part, best in zip(logprobs.split(lengths), greedy.split(lengths), strict=True)
    ]
