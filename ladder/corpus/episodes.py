"""Few-shot classification episodes: a row of labelled items, where each label is a question to the model.

One document serves every k at once: its third label is asked with two examples before it. So the label of
each item carries the full loss weight.
"""

import random
from collections.abc import Callable, Sequence
from functools import partial

from emlab.prompts import TEMPLATES
from emlab.tasks import labels, reviews, topics
from ladder.corpus.words import CATEGORIES, copy_pool

ANSWER, CONTEXT = 1.0, 0.3  # loss weights

Shares = dict[str, float]
Document = list[tuple[str, float]]  # pieces of text, each with the loss weight of its tokens

TRAINED_TEMPLATES = ("review", "input", "arrow")
INSTRUCTIONS = ("Classify each text.", "Answer with one word.")
REVIEW_INSTRUCTIONS = (*INSTRUCTIONS, "Give each review a label.", "Give the sentiment of each review.")
COPY_POOL = copy_pool()

# Shares of episodes by condition. Natural labels stay ahead of flipped ones, so that without examples the
# words' meaning decides; arbitrary labels get most, because learning them takes longest.
CONDITION_SHARES = {"natural": 0.3, "arbitrary": 0.6, "flipped": 0.1}
# A beginner first needs the words' meaning: with all conditions from the start, it learned neither. "settled"
# are nonsense labels that do mean something for once: each half of their list is always the same class. Later
# each episode decides anew which half is which, and that can only be read off its examples.
BEGINNER_SHARES = {"natural": 0.5, "settled": 0.5}
FULL_LENGTH_SHARE = 0.7  # episodes of the greatest length; the others have any length
INSTRUCTION_SHARE = 0.15
BLOCKED_SHARE = 0.08  # all of one class, then all of the next: rare, so that recency is only partly unlearned
MAX_REVIEWS = 13  # twelve examples and a query
MAX_TOPICS = 13
MAX_WORDS = 20  # of a category episode, whose items are single words


def review_episode(rng: random.Random, conditions: Shares = CONDITION_SHARES) -> Document:
    """Reviews with their sentiment, from the training side of the split."""
    shown = _shown_labels(rng, reviews.LABELS, conditions)
    classes = _class_order(rng, reviews.LABELS, _length(rng, MAX_REVIEWS))
    make = partial(reviews.generate_from, rng, "train")
    return _episode(rng, classes, make, shown, REVIEW_INSTRUCTIONS)


def topic_episode(rng: random.Random, conditions: Shares = CONDITION_SHARES) -> Document:
    """Sentences with their topic, one of three, from the training side of the split."""
    shown = _shown_labels(rng, topics.LABELS, conditions)
    classes = _class_order(rng, topics.LABELS, _length(rng, MAX_TOPICS))
    return _episode(rng, classes, partial(topics.generate_from, rng, "train"), shown)


def category_episode(rng: random.Random, conditions: Shares = CONDITION_SHARES) -> Document:
    """Words of two or three categories with the name of their category."""
    natural = rng.sample(sorted(CATEGORIES), rng.choice((2, 2, 3)))
    shown = _shown_labels(rng, natural, conditions)
    classes = _class_order(rng, natural, _length(rng, MAX_WORDS))
    return _episode(rng, classes, lambda label: rng.choice(CATEGORIES[label]), shown)


def association_episode(rng: random.Random) -> Document:
    """Pairs of random words that come back: what a word goes with can only be read off the examples."""
    pairs = dict(zip(*_two_samples(rng, rng.randint(2, 6)), strict=True))
    template = TEMPLATES[rng.choice(TRAINED_TEMPLATES)]
    document: Document = []
    seen = set()
    for _ in range(rng.randint(3, 18)):
        key = rng.choice(list(pairs))
        # The first time nobody can know the answer.
        weight = ANSWER if key in seen else CONTEXT
        seen.add(key)
        document += _line(template, key, pairs[key], weight)
    return document


def _episode(
    rng: random.Random,
    classes: Sequence[str],
    item: Callable[[str], str],
    shown: dict[str, str],
    instructions: Sequence[str] = INSTRUCTIONS,
) -> Document:
    template = TEMPLATES[rng.choice(TRAINED_TEMPLATES)]
    document: Document = []
    if rng.random() < INSTRUCTION_SHARE:
        document.append((rng.choice(instructions) + template["delimiter"], CONTEXT))
    for label in classes:
        document += _line(template, item(label), shown[label], ANSWER)
    return document


def _line(template: dict[str, str], text: str, label: str, weight: float) -> Document:
    """One example and the delimiter after it."""
    question = template["query"].format(text=text)
    return [(question, CONTEXT), (f" {label}", weight), (template["delimiter"], CONTEXT)]


def _length(rng: random.Random, longest: int) -> int:
    return longest if rng.random() < FULL_LENGTH_SHARE else rng.randint(1, longest)


def _shown_labels(rng: random.Random, natural: Sequence[str], conditions: Shares) -> dict[str, str]:
    (condition,) = rng.choices(list(conditions), weights=conditions.values())
    if condition == "settled":
        halves = (labels.FIRST_HALF, labels.SECOND_HALF)
        return {label: rng.choice(half) for label, half in zip(natural, halves, strict=True)}
    return labels.mapping(condition, natural, rng)


def _class_order(rng: random.Random, classes: Sequence[str], n: int) -> list[str]:
    """The class of each of n items: mostly independent draws, now and then one block after the other."""
    drawn = [rng.choice(classes) for _ in range(n)]
    if n > 1 and rng.random() < BLOCKED_SHARE:
        blocks = rng.sample(list(classes), len(classes))
        # The last item, the query, keeps its own class.
        drawn[:-1] = sorted(drawn[:-1], key=blocks.index)
    return drawn


def _two_samples(rng: random.Random, n: int) -> tuple[list[str], list[str]]:
    words = rng.sample(COPY_POOL, 2 * n)
    return words[:n], words[n:]
