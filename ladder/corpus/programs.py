"""Small Python functions, each after a comment that says what it does."""

import random

from emlab.tasks import programs
from ladder.corpus.episodes import ANSWER, CONTEXT, Document
from ladder.corpus.filling import fill

# How often functions of one, two and three operations are written.
OPERATIONS = {1: 3, 2: 4, 3: 2}


def python_functions(rng: random.Random) -> Document:
    """Python functions of one to three operations, each after a comment that says what it does."""

    def function() -> Document:
        (operations,) = rng.choices(list(OPERATIONS), weights=OPERATIONS.values())
        program = programs.draw_from(rng, "train", operations)
        return [(programs.prompt(program), CONTEXT), (programs.gold(program), ANSWER), ("\n\n", CONTEXT)]

    return fill(function)
