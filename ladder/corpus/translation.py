"""English and Bulgarian: words of Zipf-like frequency, and phrases from the training side of the split."""

import random
from itertools import accumulate

from emlab.tasks.dictionary import ADJECTIVES, NOUNS
from emlab.tasks.translation import FORMS, pair, split_of
from ladder.corpus.episodes import ANSWER, CONTEXT, Document

FORM_SHARES = {"arrow": 0.5, "labelled": 0.25, "labelled back": 0.25}
MOST_PAIRS = {"arrow": 26, "labelled": 13, "labelled back": 13}  # what fits into the context
PHRASE_SHARE = 0.65  # of the pairs; the others are single words
FLATNESS = 8  # a word's frequency is 1 / (its rank + FLATNESS)


def _cumulative(words: list[str]) -> list[float]:
    return list(accumulate(1 / (rank + FLATNESS) for rank in range(1, len(words) + 1)))


_NOUNS, _ADJECTIVES = list(NOUNS), list(ADJECTIVES)
_NOUN_WEIGHTS, _ADJECTIVE_WEIGHTS = _cumulative(_NOUNS), _cumulative(_ADJECTIVES)


def translation(rng: random.Random) -> Document:
    """English words and short phrases with their Bulgarian translation, a quarter of them the other way."""
    (form,) = rng.choices(list(FORM_SHARES), weights=FORM_SHARES.values())
    template = FORMS[form]
    document: Document = []
    for number in range(rng.randint(6, MOST_PAIRS[form])):
        both = pair(_english(rng))
        answer = both["source" if form == "labelled back" else "target"]
        # Before an arrow's first line nobody can know that a translation is wanted.
        weight = CONTEXT if form == "arrow" and number == 0 else ANSWER
        document += [(template["query"].format(**both), CONTEXT), (f" {answer}", weight)]
        document += [(template["delimiter"], CONTEXT)]
    return document


def _english(rng: random.Random) -> str:
    """A word, or a phrase that may be trained on."""
    while True:
        (noun,) = rng.choices(_NOUNS, cum_weights=_NOUN_WEIGHTS)
        (adjective,) = rng.choices(_ADJECTIVES, cum_weights=_ADJECTIVE_WEIGHTS)
        if rng.random() >= PHRASE_SHARE:
            return noun if rng.random() < 0.9 else adjective
        if split_of(f"{adjective} {noun}") == "train":
            return f"{adjective} {noun}"
