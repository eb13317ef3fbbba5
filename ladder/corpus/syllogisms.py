"""Arguments from two premises, valid and not, as statements and as questions."""

import random

from emlab.tasks.syllogisms import STATED, Argument, believable, generate
from ladder.corpus.episodes import ANSWER, CONTEXT, Document

MOST_ARGUMENTS = 6  # what fits into the context
REAL_SHARE = 0.25
# People mostly write down arguments whose conclusion they believe when it follows, and do not believe when it
# does not. So belief is a good guess here, and only the form is always right.
BELIEF_SHARE = 0.8


def syllogisms(rng: random.Random) -> Document:
    """Two premises and what follows from them, or the question whether something follows."""
    document: Document = []
    for _ in range(rng.randint(3, MOST_ARGUMENTS)):
        argument = _argument(rng)
        if argument.form not in STATED or rng.random() < 0.5:
            document += [(argument.prompt(), CONTEXT), (f" {argument.answer}", ANSWER)]
        else:
            document += [(f"{argument.premises()} So", CONTEXT), (f" {argument.what_follows()}", ANSWER)]
        document += [("\n\n", CONTEXT)]
    return document


def _argument(rng: random.Random) -> Argument:
    if rng.random() >= REAL_SHARE:
        return generate(rng, "train")
    while True:
        argument = generate(rng, "train", real=True, belief=rng.random() < 0.5)
        if rng.random() < (BELIEF_SHARE if believable(argument) == argument.valid else 1 - BELIEF_SHARE):
            return argument
