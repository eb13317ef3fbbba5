"""Log-probabilities of many continuations with few forward passes.

Requests that read the same tokens share one row of a batch (the choices of a multiple-choice item, when
each is one token). A beginning that many rows share (the examples of a few-shot prompt) is read once, and
the rest of each row is read after it. Rows are sorted by length, so that little is padded, and logits are
computed only at the positions that are asked for.
"""

import copy
import math
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import torch

from emlab.models.encoding import Encoded
from emlab.models.forward import accepts
from emlab.models.prefixes import Row, group_by_prefix

if TYPE_CHECKING:
    from transformers import PreTrainedModel

# Larger batches were slower on one core: 3,335 prompts of 10 to 160 tokens took the 227K rung 3.0 s so, and
# 3.8 s with batches of twice the size.
BATCH_ROWS = 64
BATCH_TOKENS = 4096  # rows x length
MOST_LOGITS = 2**26  # rows x positions x vocabulary: 256 MB
# Parameters x tokens that a group of rows must save by sharing their beginning: it costs forward passes of
# its own, and its batches are smaller.
WORTH = 1e9


def score(
    model: "PreTrainedModel", requests: list[Encoded], vocabulary: int, batch_rows: int = BATCH_ROWS
) -> list[tuple[float, bool]]:
    """For each request the log-probability of its scored tokens, and whether each is the most likely one.

    vocabulary: the number of tokens that the model knows; batch_rows: most rows read at once.
    """
    same = defaultdict(list)  # what is read -> the requests that read it
    for index, request in enumerate(requests):
        same[request.read].append(index)
    rows = sorted(same)
    scored_most = {row: max(len(requests[index].scored) for index in same[row]) for row in rows}
    # What comes before the first prediction that is asked for may be read once for many rows.
    limits = [len(row) - scored_most[row] for row in rows]
    worth = WORTH / model.num_parameters() if accepts(model, "past_key_values") else math.inf
    answers: list[tuple[float, bool]] = [(0.0, False)] * len(requests)
    for group in group_by_prefix(rows, limits, worth):
        prefix = _read(model, group.rows[0][: group.shared]) if group.shared else None
        first = {row: len(row) - scored_most[row] for row in group.rows}
        for batch in _batches(sorted(group.rows, key=len), group.shared, first, vocabulary, batch_rows):
            asked = [[requests[index].scored for index in same[row]] for row in batch]
            indices = [index for row in batch for index in same[row]]
            scored = _score_batch(model, [row[group.shared :] for row in batch], asked, prefix)
            for index, answer in zip(indices, scored, strict=True):
                answers[index] = answer
    return answers


def _batches(
    rows: list[Row], shared: int, first: dict[Row, int], vocabulary: int, batch_rows: int
) -> list[list[Row]]:
    """Cut `rows`, sorted by length, into batches; the last row of each is its longest.

    The tokens that all rows share do not count: they are not read again. first: of each row the first
    position whose logits are needed; they are computed for all rows of a batch.
    """
    batches: list[list[Row]] = [[]]
    least = 0
    for row in rows:
        n = len(batches[-1]) + 1
        logits = n * (len(row) - min(least, first[row])) * vocabulary
        full = n > batch_rows or n * (len(row) - shared) > BATCH_TOKENS or logits > MOST_LOGITS
        if batches[-1] and full:
            batches.append([])
        least = min(least, first[row]) if batches[-1] else first[row]
        batches[-1].append(row)
    return batches


@torch.inference_mode()
def _read(model: "PreTrainedModel", tokens: Row) -> Any:
    """The model's cache after it has read `tokens`."""
    ids = torch.tensor([tokens], device=model.device)
    how = {"logits_to_keep": 1} if accepts(model, "logits_to_keep") else {}
    return model(input_ids=ids, use_cache=True, **how).past_key_values


@torch.inference_mode()
def _score_batch(
    model: "PreTrainedModel", rows: list[Row], asked: list[list[Row]], prefix: Any
) -> list[tuple[float, bool]]:
    """Score the continuations `asked` of each row, in order; the rows go on from `prefix`, if there is one.

    Rows are padded on the right without a mask: no position looks at a later one, so padding changes nothing.
    """
    longest = len(rows[-1])
    on = {"device": model.device}
    ids = torch.tensor([row + (0,) * (longest - len(row)) for row in rows], **on)  # (B, T)
    needed = sorted(
        {
            position
            for row, continuations in zip(rows, asked, strict=True)
            for position in range(len(row) - max(map(len, continuations)), len(row))
        }
    )
    how: dict[str, Any] = {"use_cache": False}
    if prefix is not None:
        cache = copy.deepcopy(prefix)  # a model writes into the cache that it is given
        cache.batch_repeat_interleave(len(rows))
        how = {"use_cache": True, "past_key_values": cache}
    if accepts(model, "logits_to_keep"):
        logits = model(input_ids=ids, logits_to_keep=torch.tensor(needed, **on), **how).logits  # (B, N, V)
    else:
        logits = model(input_ids=ids, **how).logits[:, needed]
    column = {position: n for n, position in enumerate(needed)}

    b, n, token = [], [], []  # one entry for each token that is scored
    for i, (row, continuations) in enumerate(zip(rows, asked, strict=True)):
        for continuation in continuations:
            start = len(row) - len(continuation)
            b += [i] * len(continuation)
            n += [column[start + j] for j in range(len(continuation))]
            token += continuation
    picked = logits[b, n].float()  # (tokens, V); half precision would round the sum of the exponentials
    target = torch.tensor(token, **on)
    logprobs = torch.log_softmax(picked, dim=-1).gather(1, target[:, None])[:, 0]
    greedy = picked.argmax(dim=-1) == target

    lengths = [len(continuation) for continuations in asked for continuation in continuations]
    return [
        (float(part.sum()), bool(best.all()))
        for part, best in zip(logprobs.split(lengths), greedy.split(lengths), strict=True)
    ]
