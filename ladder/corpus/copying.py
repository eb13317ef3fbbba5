"""Lists to be copied: what makes a model look back."""

import random

from emlab.prompts import TEMPLATES
from ladder.corpus.episodes import ANSWER, CONTEXT, COPY_POOL, TRAINED_TEMPLATES, Document
from ladder.corpus.words import SYMBOLS

SIGNS = tuple(sign for sign in SYMBOLS if sign != ",")  # the comma separates


def list_copy(rng: random.Random) -> Document:
    """Lists of random words, each with the same list after it."""
    document: Document = []
    template = TEMPLATES[rng.choice(TRAINED_TEMPLATES)]
    separator = rng.choice((" , ", " "))
    for _ in range(rng.randint(1, 4)):
        items = [rng.choice(COPY_POOL) for _ in range(rng.randint(2, 12))]
        if rng.random() < 0.1:  # signs and single letters learn to be copied as well
            items[-1] = rng.choice((*SIGNS, "Q", "A"))
        text = separator.join(items)
        document += [(template["query"].format(text=text), CONTEXT)]
        # The separators can be known without looking back: they are no answers.
        for i, item in enumerate(items):
            document += [(separator.rstrip(), CONTEXT)] if i and separator.strip() else []
            document += [(f" {item}", ANSWER)]
        document += [(template["delimiter"], CONTEXT)]
    return document
