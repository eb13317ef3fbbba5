"""Sums, one a line."""

import random

from emlab.tasks import arithmetic
from ladder.corpus.episodes import ANSWER, CONTEXT, Document
from ladder.corpus.filling import fill

# How often numbers of each length are added: one digit for a start, and most where the models differ most.
DIGITS = {1: 1, 2: 3, 3: 3, 4: 2}
MIXED_SHARE = 0.3  # of documents in which each sum has its own number of digits


def addition(rng: random.Random) -> Document:
    """Sums of two numbers of one to four digits each, one a line."""
    mixed, of_all = rng.random() < MIXED_SHARE, _digits(rng)

    def line() -> Document:
        item = arithmetic.generate(rng, "train", _digits(rng) if mixed else of_all)
        return [(item["prompt"], CONTEXT), (f" {item['gold']}", ANSWER), ("\n", CONTEXT)]

    return fill(line)


def _digits(rng: random.Random) -> int:
    return rng.choices(list(DIGITS), weights=DIGITS.values())[0]
