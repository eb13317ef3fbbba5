"""Word problems with their answers, with and without the steps to them."""

import random

from emlab.tasks import word_problems
from ladder.corpus.episodes import ANSWER, CONTEXT, Document
from ladder.corpus.filling import fill

# How often problems of each number of steps are told. Answered at once, the short ones come first: a problem
# has one answer of one number, and only those of one step were ever learned from so little.
STEPS = {"direct": {1: 6, 2: 3, 3: 2, 4: 2}, "cot": {1: 3, 2: 3, 3: 2, 4: 2}}


def direct_word_problems(rng: random.Random) -> Document:
    """Word problems of one to four steps, answered at once."""
    return _solved(rng, "direct")


def stepwise_word_problems(rng: random.Random) -> Document:
    """Word problems of one to four steps, answered after the calculation of each step."""
    return _solved(rng, "cot")


def _solved(rng: random.Random, style: str) -> Document:
    def problem() -> Document:
        (steps,) = rng.choices(list(STEPS[style]), weights=STEPS[style].values())
        item = word_problems.generate(rng, "train", steps=steps, style=style)
        return [(str(item["prompt"]), CONTEXT), (f" {item['gold']}", ANSWER), ("\n\n", CONTEXT)]

    return fill(problem)
