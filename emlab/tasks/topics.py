"""Short sentences about sport, the weather or food: "Mira played chess and tennis in Tolen".

The three-way sister of the reviews. Names and towns say nothing about the topic; some sentences have the same
words for every topic but the one that matters. Training and test side are told apart as for the reviews.
"""

import random
from collections.abc import Callable

from emlab.messages import say
from emlab.tasks.lexicon import DOMAINS, split_words
from emlab.tasks.splits import check_split, side
from emlab.tasks.world import CATEGORIES, PEOPLE, TOWNS

LABELS = ("food", "sport", "weather")
MAX_WORDS = 8

TOPIC_WORDS: dict[str, tuple[str, ...]] = {
    "food": DOMAINS[0].things + CATEGORIES["fruit"],
    "sport": CATEGORIES["sport"],
    "weather": CATEGORIES["weather"],
}
PLACES = split_words("lake river village mountain island forest city field hill road bridge")
TIMES = split_words("morning night winter summer spring")

_TEST_SHARE = 0.2


def topic(text: str) -> str:
    """The topic of a sentence, by its words. Raises ValueError when it has none, or more than one."""
    words = set(text.split())
    found = [label for label in LABELS if words & set(TOPIC_WORDS[label])]
    if len(found) != 1:
        raise ValueError(say("unclear_topic", text=text))
    return found[0]


def split_of(text: str) -> str:
    """"train" or "test": the side that a sentence belongs to, for good."""
    return side(text, _TEST_SHARE)


def generate(rng: random.Random, label: str | None = None) -> str:
    """One sentence of at most MAX_WORDS words, of the topic `label` (drawn evenly when it is None)."""
    if label is None:
        label = rng.choice(LABELS)
    return rng.choice(_SHAPES[label])(rng, label)


def generate_from(rng: random.Random, split: str, label: str | None = None) -> str:
    """One sentence that belongs to `split` ("train" or "test")."""
    check_split(split)
    while True:
        text = generate(rng, label)
        if split_of(text) == split:
            return text


def _two(rng: random.Random, label: str) -> str:
    first, second = rng.sample(TOPIC_WORDS[label], 2)
    return f"{first} and {second}"


def _one(rng: random.Random, label: str) -> str:
    return rng.choice(TOPIC_WORDS[label])


def _wrote(rng: random.Random, label: str) -> str:
    return f"{rng.choice(PEOPLE)} wrote about {_two(rng, label)}"


def _thought(rng: random.Random, label: str) -> str:
    return f"{rng.choice(PEOPLE)} thought of {_one(rng, label)} in {rng.choice(TOWNS)}"


def _played(rng: random.Random, label: str) -> str:
    return f"{rng.choice(PEOPLE)} played {_two(rng, label)} in {rng.choice(TOWNS)}"


def _beat(rng: random.Random, label: str) -> str:
    winner, other = rng.sample(PEOPLE, 2)
    return f"{winner} won the {_one(rng, label)} game with {other}"


def _over(rng: random.Random, label: str) -> str:
    return f"{rng.choice(PEOPLE)} saw {_two(rng, label)} over the {rng.choice(PLACES)}"


def _fell(rng: random.Random, label: str) -> str:
    return f"{_one(rng, label)} in {rng.choice(TOWNS)} all {rng.choice(TIMES)}"


def _cooked(rng: random.Random, label: str) -> str:
    cook, guest = rng.sample(PEOPLE, 2)
    return f"{cook} made {_one(rng, label)} for {guest}"


def _ate(rng: random.Random, label: str) -> str:
    return f"{rng.choice(PEOPLE)} ate {_two(rng, label)} in {rng.choice(TOWNS)}"


_Shape = Callable[[random.Random, str], str]
_SHAPES: dict[str, tuple[_Shape, ...]] = {
    "food": (_wrote, _thought, _cooked, _ate),
    "sport": (_wrote, _thought, _played, _beat),
    "weather": (_wrote, _thought, _over, _fell),
}
