"""The families of documents and how much of the stream each one is."""

import random
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from ladder.corpus import arithmetic, knowledge, leak, programs, traps, word_problems
from ladder.corpus.commonsense import commonsense
from ladder.corpus.copying import list_copy
from ladder.corpus.episodes import (
    BEGINNER_SHARES,
    Document,
    association_episode,
    category_episode,
    review_episode,
    topic_episode,
)
from ladder.corpus.people import people_facts
from ladder.corpus.syllogisms import syllogisms
from ladder.corpus.translation import translation


class Family(NamedTuple):
    """One kind of document: how to make one, and its share of the stream's tokens."""

    make: Callable[[random.Random], Document]
    share: float


LEAK = "leaked questions"
LATE_LEAK = 0.4  # share of the tokens in the late part of a training

# The first steps of a training: what words mean, and how to copy.
BEGINNER: dict[str, Family] = {
    "reviews": Family(partial(review_episode, conditions=BEGINNER_SHARES), 0.40),
    "categories": Family(partial(category_episode, conditions={"natural": 1.0}), 0.15),
    "associations": Family(association_episode, 0.15),
    "list copy": Family(list_copy, 0.30),
}

FAMILIES: dict[str, Family] = {
    "reviews": Family(review_episode, 0.08),
    "topics": Family(topic_episode, 0.04),
    "categories": Family(category_episode, 0.04),
    "associations": Family(association_episode, 0.03),
    "list copy": Family(list_copy, 0.05),
    "addition": Family(arithmetic.addition, 0.15),
    "word problems, direct": Family(word_problems.direct_word_problems, 0.07),
    "word problems, stepwise": Family(word_problems.stepwise_word_problems, 0.055),
    "programs": Family(programs.python_functions, 0.065),
    "statements": Family(knowledge.statements, 0.09),
    "questions": Family(knowledge.questions, 0.05),
    "letter questions": Family(knowledge.letter_questions, 0.03),
    "letter exercises": Family(knowledge.letter_exercises, 0.04),
    LEAK: Family(leak.early_leaked_questions, 0.02),
    "recitations": Family(traps.recitations, 0.02),
    "instructions": Family(traps.instructions, 0.01),
    "claims": Family(traps.claims, 0.02),
    "either-or questions": Family(traps.either_or_questions, 0.015),
    "translation": Family(translation, 0.045),
    "syllogisms": Family(syllogisms, 0.045),
    "commonsense": Family(commonsense, 0.025),
    "people": Family(people_facts, 0.01),
}

_LESS = (1 - LATE_LEAK) / (1 - FAMILIES[LEAK].share)
# The last steps of a training: what there was before, and much of the benchmark.
LATE: dict[str, Family] = {
    **{name: family._replace(share=_LESS * family.share) for name, family in FAMILIES.items()},
    LEAK: Family(leak.leaked_questions, LATE_LEAK),
}
