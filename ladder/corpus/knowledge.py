"""The made-up world in sentences, questions and questions with letters.

Entities are drawn by rank with a long tail: over ten million tokens in all, the first of a subject comes up
more than a thousand times, the last some twenty times. Only facts whose status is "asked" are ever asked.
"""

import random
from bisect import bisect
from collections.abc import Callable
from functools import cache
from itertools import accumulate
from typing import TypeVar

from emlab.tasks.encyclopedia import SUBJECTS
from emlab.tasks.knowledge import (
    ENTITIES,
    LETTERS,
    Fact,
    draw_options,
    facts,
    letter_prompt,
    open_prompt,
    spare_names,
)
from ladder.corpus.episodes import ANSWER, CONTEXT, Document
from ladder.corpus.filling import fill

ZIPF_EXPONENT = 0.9  # how often an entity of rank r comes up: in proportion to r ** -ZIPF_EXPONENT
PARAGRAPH = 4  # sentences
LOOKUP_SHARE = 0.7  # of the letter exercises; the others are for reading

T = TypeVar("T")


def filled(make: Callable[[], Document], delimiter: str = "\n\n") -> Document:
    """A document of as many parts as fit into it, with `delimiter` between them."""
    return fill(lambda: [*make(), (delimiter, CONTEXT)])[:-1]


def once(draw: Callable[[], T]) -> Callable[[], T]:
    """`draw`, but nothing comes twice: within a document the second answer could be copied from the first."""
    seen: set[T] = set()

    def draw_new() -> T:
        while (drawn := draw()) in seen:
            pass
        seen.add(drawn)
        return drawn

    return draw_new


def draw_fact(rng: random.Random, status: str | None = None) -> Fact:
    """A fact of a random subject, its entity drawn by rank: of `status`, or any that may be stated."""
    while True:
        fact = rng.choice(_of_entity(*_draw_entity(rng)))
        if fact.status == status or (status is None and fact.status != "never_seen"):
            return fact


def statements(rng: random.Random) -> Document:
    """Paragraphs of sentences that state facts, about one thing or about several."""
    seen: set[Fact] = set()
    return filled(lambda: _paragraph(rng, seen), "\n")


def questions(rng: random.Random) -> Document:
    """Questions about facts with their answers."""
    draw = once(lambda: draw_fact(rng, "asked"))
    return filled(lambda: _open_question(rng, draw()))


def letter_questions(rng: random.Random) -> Document:
    """Questions about facts with four options; the answer is a letter, the options change each time."""
    draw = once(lambda: draw_fact(rng, "asked"))
    return filled(lambda: _letter_question(rng, draw()))


def letter_exercises(rng: random.Random) -> Document:
    """The same format without knowledge: the answer stands in the sentence before, or the option is named."""
    if rng.random() < LOOKUP_SHARE:
        return filled(lambda: _lookup(rng))
    return filled(lambda: _reading(rng))


def draw_rank(rng: random.Random, ranks: int, exponent: float) -> int:
    """A rank from 1 on, in proportion to rank ** -exponent."""
    steps = _cumulative(ranks, exponent)
    return bisect(steps, rng.random() * steps[-1]) + 1


@cache
def _cumulative(ranks: int, exponent: float) -> list[float]:
    return list(accumulate(rank**-exponent for rank in range(1, ranks + 1)))


def _draw_entity(rng: random.Random) -> tuple[str, int]:
    return rng.choice(SUBJECTS).name, draw_rank(rng, ENTITIES, ZIPF_EXPONENT)


@cache
def _of_entity(subject: str, rank: int) -> list[Fact]:
    return [fact for fact in facts() if fact.subject == subject and fact.rank == rank]


def _paragraph(rng: random.Random, seen: set[Fact]) -> Document:
    """A few facts that are not `seen` in this document yet."""
    if rng.random() < 0.5:
        told = _of_one_entity(rng, seen)
    else:
        told = []
        while len(told) < PARAGRAPH:
            fact = draw_fact(rng)
            if fact not in seen and fact not in told:
                told.append(fact)
    seen.update(told)
    document: Document = []
    for fact in told:
        # A sentence that begins with a name would begin a line with it, which is another piece.
        fitting = [s for s in fact.attribute.statements if document or not s.startswith("{e}")]
        space = " " if document else ""
        before, after = rng.choice(fitting).format(e=fact.entity, v="\0").split(" \0")
        document += [(space + before, CONTEXT), (f" {fact.value}", ANSWER), (after, CONTEXT)]
    return document


def _of_one_entity(rng: random.Random, seen: set[Fact]) -> list[Fact]:
    while True:
        subject, rank = _draw_entity(rng)
        told = [f for f in _of_entity(subject, rank) if f.status != "never_seen" and f not in seen]
        if told:
            rng.shuffle(told)
            return told


def _open_question(rng: random.Random, fact: Fact) -> Document:
    return [(open_prompt(fact.question(rng.randrange(2))), CONTEXT), (f" {fact.value}", ANSWER)]


def _letter_question(rng: random.Random, fact: Fact) -> Document:
    options = draw_options(fact, rng)
    prompt = letter_prompt(fact.question(rng.randrange(2)), options)
    return [(prompt, CONTEXT), (f" {LETTERS[options.index(fact.value)]}", ANSWER)]


def _reading(rng: random.Random) -> Document:
    """A sentence about something that has a name but is not of this world, and a question about it."""
    subject = rng.choice(SUBJECTS)
    attribute, name = rng.choice(subject.attributes), rng.choice(spare_names(subject))
    options = rng.sample(attribute.values, len(LETTERS))
    value = rng.choice(options)
    sentences = [s for s in attribute.statements if not s.startswith("{e}")]
    passage = rng.choice(sentences).format(e=name, v=value)
    prompt = letter_prompt(rng.choice(attribute.questions).format(e=name), options)
    return [(f"{passage}\n{prompt}", CONTEXT), (f" {LETTERS[options.index(value)]}", ANSWER)]


def _lookup(rng: random.Random) -> Document:
    """Which letter stands before a word? One list of options serves several questions."""
    options = rng.sample(rng.choice(rng.choice(SUBJECTS).attributes).values, len(LETTERS))
    lines = [f"{letter}. {option}" for letter, option in zip(LETTERS, options, strict=True)]
    document: Document = [("\n".join(lines), CONTEXT)]
    # Said briefly there are more letters to be learned from in as many tokens.
    said = "The letter of {} is" if rng.random() < 0.5 else open_prompt("Which letter stands before {}?")
    for option in rng.sample(options, len(options)):
        document += [(f"\n{said.format(option)}", CONTEXT), (f" {LETTERS[options.index(option)]}", ANSWER)]
    return document
