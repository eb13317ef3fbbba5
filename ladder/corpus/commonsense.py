"""Everyday things compared: statements and questions about pairs of the training side."""

import random

from emlab.tasks.commonsense import generate
from ladder.corpus.episodes import ANSWER, CONTEXT, Document

LONGEST = 10  # comparisons; what fits into the context


def commonsense(rng: random.Random) -> Document:
    """Which of two things is larger, heavier or costs more, as statements and as questions."""
    document: Document = []
    for _ in range(rng.randint(5, LONGEST)):
        comparison = generate(rng, "train")
        if rng.random() < 0.6:
            document += [(comparison.prompt(), CONTEXT), (f" {comparison.answer}", ANSWER)]
        else:
            document += [(comparison.statement(), CONTEXT)]
        document += [("\n\n", CONTEXT)]
    return document
