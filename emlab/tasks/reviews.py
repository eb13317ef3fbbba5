"""Short reviews of food, places, shows and people, made by a small grammar: "the soup was cold and bland".

Whether a review belongs to the training or the test side is decided by a hash of its text, so the two sides
can never overlap, whoever generates them: the ladder's corpus draws from "train" only.
"""

import hashlib
import random

from emlab.messages import say
from emlab.tasks.lexicon import (
    ADVERBS,
    BLAME,
    DISLIKED,
    DOMAINS,
    LIKED,
    NEGATIVE_WORDS,
    POSITIVE_WORDS,
    PRAISE,
    Domain,
)
from emlab.tasks.splits import check_split

LABELS = ("negative", "positive")
MAX_WORDS = 8

_TEST_TENTHS = 2  # tenths of all reviews that are held out for testing


def sentiment(text: str) -> str:
    """"positive" or "negative", by the words of praise and blame in the review.

    Raises ValueError when there are as many of one as of the other (nothing that `generate` makes).
    """
    words = text.split()
    balance = sum(w in POSITIVE_WORDS for w in words) - sum(w in NEGATIVE_WORDS for w in words)
    if balance == 0:
        raise ValueError(say("unclear_review", text=text))
    return "positive" if balance > 0 else "negative"


def split_of(text: str) -> str:
    """"train" or "test": the side that a review belongs to, for good."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return "test" if int.from_bytes(digest, "big") % 10 < _TEST_TENTHS else "train"


def generate(rng: random.Random, label: str | None = None) -> str:
    """One review of at most MAX_WORDS words, positive or negative (drawn evenly when `label` is None)."""
    if label is None:
        label = rng.choice(LABELS)
    return rng.choices(_SHAPES, weights=_SHAPE_WEIGHTS)[0](rng, label == "positive")


def generate_from(rng: random.Random, split: str, label: str | None = None) -> str:
    """One review that belongs to `split` ("train" or "test")."""
    check_split(split)
    while True:
        text = generate(rng, label)
        if split_of(text) == split:
            return text


def _adjective(rng: random.Random, domain: Domain, positive: bool) -> str:
    special, general = (domain.praise, PRAISE) if positive else (domain.blame, BLAME)
    return rng.choice(special + general)


def _noun_phrase(rng: random.Random, positive: bool) -> str:
    domain = rng.choice(DOMAINS)
    adjective = _adjective(rng, domain, positive)
    article = "an" if adjective[0] in "aeiou" else "a"
    return f"{article} {adjective} {rng.choice(domain.things)}"


def _was(rng: random.Random, positive: bool) -> str:
    domain = rng.choice(DOMAINS)
    return f"the {rng.choice(domain.things)} was {_adjective(rng, domain, positive)}"


def _was_very(rng: random.Random, positive: bool) -> str:
    domain = rng.choice(DOMAINS)
    adverb, adjective = rng.choice(ADVERBS), _adjective(rng, domain, positive)
    return f"the {rng.choice(domain.things)} was {adverb} {adjective}"


def _was_both(rng: random.Random, positive: bool) -> str:
    domain = rng.choice(DOMAINS)
    first = _adjective(rng, domain, positive)
    second = first
    while second == first:
        second = _adjective(rng, domain, positive)
    return f"the {rng.choice(domain.things)} was {first} and {second}"


def _it_was(rng: random.Random, positive: bool) -> str:
    return f"it was {_noun_phrase(rng, positive)}"


def _what(rng: random.Random, positive: bool) -> str:
    return f"what {_noun_phrase(rng, positive)}"


def _two_things(rng: random.Random, positive: bool) -> str:
    return f"{_noun_phrase(rng, positive)} and {_noun_phrase(rng, positive)}"


def _we_felt(rng: random.Random, positive: bool) -> str:
    verb = rng.choice(LIKED if positive else DISLIKED)
    return f"we {verb} the {_thing(rng)} and the {_thing(rng)}"


def _thing(rng: random.Random) -> str:
    return rng.choice(rng.choice(DOMAINS).things)


_SHAPES = (_was, _was_very, _was_both, _it_was, _what, _two_things, _we_felt)
_SHAPE_WEIGHTS = (3, 3, 3, 2, 2, 2, 2)
