"""Word problems with their answers, with and without the steps to them."""

import random

from emlab.tasks import word_problems
from ladder.corpus.episodes import ANSWER, CONTEXT, Document
from ladder.corpus.filling import fill

# How often problems of each number of steps are told; short ones more often, because they take less room.
STEPS = {1: 3, 2: 3, 3: 2, 4: 2}


def direct_word_problems(rng: random.Random) -> Document:
    """Word problems of one to four steps, answered at once."""
    return _solved(rng, "direct")


def stepwise_word_problems(rng: random.Random) -> Document:
    """Word problems of one to four steps, answered after the calculation of each step."""
    return _solved(rng, "cot")


def _solved(rng: random.Random, style: str) -> Document:
    def problem() -> Document:
        (steps,) = rng.choices(list(STEPS), weights=STEPS.values())
        item = word_problems.generate(rng, "train", steps=steps, style=style)
        return [(str(item["prompt"]), CONTEXT), (f" {item['gold']}", ANSWER), ("\n\n", CONTEXT)]

    return fill(problem)
