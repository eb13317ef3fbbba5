"""How well a rung predicts a stretch of the stream that no training has seen, family by family.

A document is a row of solved items. DOCUMENTS of a family hold at least 500 answers; the intervals are over
documents, so that they take the answers of one document together.
"""

import random
from statistics import mean, stdev

import torch
import torch.nn.functional as F

from ladder.corpus.episodes import ANSWER
from ladder.corpus.families import FAMILIES
from ladder.corpus.stream import encode
from ladder.measure.common import Loaded
from ladder.tokenizer import MAX_LENGTH

DOCUMENTS = 200  # of each family


def loss(rung: Loaded) -> list[dict]:
    """Mean loss in nats a token of answers and of the text around them, with intervals over documents."""
    rows = []
    for name, family in FAMILIES.items():
        rng = random.Random(f"unseen/{name}")
        found: dict[str, list[float]] = {"answer_loss": [], "context_loss": []}
        for _ in range(DOCUMENTS):
            ids, weights = (part[: MAX_LENGTH + 1] for part in encode(family.make(rng)))
            tokens, is_answer = torch.tensor(ids), torch.tensor(weights[1:]) == ANSWER
            with torch.no_grad():
                logits = rung.model(tokens[None, :-1]).logits[0]
            losses = F.cross_entropy(logits, tokens[1:], reduction="none")
            for column, where in (("answer_loss", is_answer), ("context_loss", ~is_answer)):
                if where.any():
                    found[column].append(losses[where].mean().item())
        row = {**rung.columns(), "family": name, "n_documents": DOCUMENTS}
        for column, values in found.items():
            middle, half = mean(values), 1.96 * stdev(values) / len(values) ** 0.5
            row |= {column: middle, f"{column}_lo": middle - half, f"{column}_hi": middle + half}
        rows.append(row)
    return rows
