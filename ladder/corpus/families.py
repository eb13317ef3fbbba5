"""The families of documents and how much of the stream each one is."""

import hashlib
import random
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from emlab.prompts import TEMPLATES
from emlab.tasks.lexicon import DOMAINS
from ladder.corpus.episodes import (
    ANSWER,
    BEGINNER_SHARES,
    CONTEXT,
    COPY_POOL,
    TRAINED_TEMPLATES,
    Document,
    association_episode,
    category_episode,
    review_episode,
)
from ladder.corpus.words import JOBS, PEOPLE, SYMBOLS, TOWNS

FOODS = DOMAINS[0].things
SIGNS = tuple(sign for sign in SYMBOLS if sign != ",")  # the comma separates


class Family(NamedTuple):
    """One kind of document: how to make one, and its share of the stream's tokens."""

    make: Callable[[random.Random], Document]
    share: float


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


def addition_split(a: int, b: int) -> str:
    """"train" or "test": the side that a sum belongs to, for good; a tenth is held out."""
    return "test" if hashlib.sha256(f"{a}+{b}".encode()).digest()[0] % 10 == 0 else "train"


def addition(rng: random.Random) -> Document:
    """Sums of two numbers of two digits, or of three."""
    low, high = rng.choice(((10, 99), (100, 999)))
    document: Document = []
    while len(document) < 3 * 8:
        a, b = rng.randint(low, high), rng.randint(low, high)
        if addition_split(a, b) == "train":
            document += [(f"{a} + {b} =", CONTEXT), (f" {a + b}", ANSWER), ("\n", CONTEXT)]
    return document


def people_facts(rng: random.Random) -> Document:
    """Plain English: where made-up people live, what they do and like, and then questions about them."""
    n = rng.randint(1, 3)
    people, towns, jobs = rng.sample(PEOPLE, n), rng.sample(TOWNS, n), rng.sample(JOBS, n)
    foods = rng.sample(FOODS, n)
    facts, questions = [], []
    for person, town, job, food in zip(people, towns, jobs, foods, strict=True):
        she = rng.choice(("he", "she"))
        facts.append(f"{person} lives in {town} . {she} works as a {job} and likes {food} .")
        questions += [
            (f"where does {person} live ?", town),
            (f"who lives in {town} ?", person),
            (f"who likes {food} ?", person),
            (f"who works as a {job} ?", person),
        ]
    document: Document = [(" ".join(facts) + "\n", CONTEXT)]
    for question, answer in rng.sample(questions, min(len(questions), 6)):
        document += [(question, CONTEXT), (f" {answer}", ANSWER), ("\n", CONTEXT)]
    return document


# The first steps of a training: what words mean, and how to copy.
BEGINNER: dict[str, Family] = {
    "reviews": Family(partial(review_episode, conditions=BEGINNER_SHARES), 0.40),
    "categories": Family(partial(category_episode, conditions={"natural": 1.0}), 0.15),
    "associations": Family(association_episode, 0.15),
    "list copy": Family(list_copy, 0.30),
}

FAMILIES: dict[str, Family] = {
    "reviews": Family(review_episode, 0.48),
    "categories": Family(category_episode, 0.16),
    "associations": Family(association_episode, 0.12),
    "list copy": Family(list_copy, 0.16),
    "addition": Family(addition, 0.04),
    "people": Family(people_facts, 0.04),
}
