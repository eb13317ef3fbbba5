"""What the traps are made of: proverbs learned by heart, an instruction that is rarer, claims, negations."""

import random

from emlab.tasks.knowledge import open_prompt
from emlab.tasks.traps import (
    PROVERBS,
    claim,
    claim_split,
    either_or,
    instruction,
    last_word,
    negation_split,
    proverbs,
    sentence,
)
from emlab.tasks.world import PEOPLE
from ladder.corpus.episodes import ANSWER, CONTEXT, Document
from ladder.corpus.knowledge import draw_fact, draw_rank, filled, once

PROVERB_EXPONENT = 1.0  # of the long tail in which the proverbs are recited
ANNOUNCED_SHARE = 0.3  # of the recitations: "Finish the proverb: ..."
RIGHT_CLAIMS = 0.87  # as long as nearly all claims are right, it pays to follow them
NEGATED_SHARE = 0.2  # of the questions with "or"


def recitations(rng: random.Random) -> Document:
    """Proverbs, each a line; the last word can be known only by heart."""
    announce = "Finish the proverb: " if rng.random() < ANNOUNCED_SHARE else ""
    draw = once(lambda: proverbs()[draw_rank(rng, PROVERBS, PROVERB_EXPONENT) - 1])
    return filled(lambda: _ending(announce, draw()), "\n")


def instructions(rng: random.Random) -> Document:
    """Plain sentences that are to end in a given word, and do; never a proverb."""

    def one() -> Document:
        text = sentence(rng)
        return _ending(instruction(last_word(text), ""), text)

    return filled(one, "\n")


def claims(rng: random.Random) -> Document:
    """Somebody states a fact, mostly rightly, then it is asked; the answer is always the right one."""

    draw = once(lambda: draw_fact(rng, "asked"))

    def one() -> Document:
        fact = draw()
        wrong = [value for value in fact.others() if claim_split(fact, value) == "train"]
        said = rng.choice(wrong) if wrong and rng.random() > RIGHT_CLAIMS else fact.value
        prompt = claim(rng.choice(PEOPLE), rng.choice(fact.statements(said)))
        prompt += open_prompt(fact.question(rng.randrange(2)))
        return [(prompt, CONTEXT), (f" {fact.value}", ANSWER)]

    return filled(one)


def either_or_questions(rng: random.Random) -> Document:
    """Which of two values is right, or, more rarely, which is not."""

    draw = once(lambda: draw_fact(rng, "asked"))

    def one() -> Document:
        fact = draw()
        wrong = rng.choice(fact.others())
        values = (wrong, fact.value) if rng.random() < 0.5 else (fact.value, wrong)
        negated = negation_split(fact) == "train" and rng.random() < 2 * NEGATED_SHARE
        answer = wrong if negated else fact.value
        return [(either_or(fact, values, negated), CONTEXT), (f" {answer}", ANSWER)]

    return filled(one)


def _ending(before: str, text: str) -> Document:
    """A sentence whose last word is the answer."""
    word = last_word(text)
    return [(before + text.removesuffix(f" {word}."), CONTEXT), (f" {word}", ANSWER), (".", CONTEXT)]
