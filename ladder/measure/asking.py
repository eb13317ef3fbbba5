"""Few-shot questions for a rung: which test items, with which labels and examples, and what it answers.

Each item is asked once in a cell, with examples of its own, so that all answers of a cell are about different
items. The items are dealt to seeds, and a seed stands for one draw of arbitrary labels.
"""

import random
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from emlab.tasks import Task, load_task
from ladder.measure.choosing import likeliest
from ladder.measure.common import Loaded
from ladder.prompting import Item

ITEMS = 500  # in a cell, at least
SEEDS = range(1, 26)

MakeTask = Callable[[str, int], Task]


class Query(NamedTuple):
    """A test item to ask about, and the task (under one seed's labels) that it belongs to."""

    seed: int
    task: Task
    item: Item


class Question(NamedTuple):
    """A prompt, the answers to choose from, and the right one."""

    prompt: str
    choices: Sequence[str]
    gold: str


@cache
def reviews(condition: str, seed: int) -> Task:
    """The reviews under one seed's labels."""
    return load_task("reviews", labels=condition, seed=seed, n_test=ITEMS)


@cache
def topics(condition: str, seed: int) -> Task:
    """The topics under one seed's labels."""
    return load_task("topics", labels=condition, seed=seed, n_test=ITEMS)


def queries(make_task: MakeTask, condition: str) -> list[Query]:
    """At least ITEMS test items, equally many of each class and of each class with each seed."""
    natural = make_task("natural", 0)
    of_class = {label: [] for label in natural.labels}
    for number, item in enumerate(natural.test):
        of_class[item["label"]].append(number)
    found = []
    for numbers in of_class.values():
        for place, number in enumerate(numbers[: -(-ITEMS // len(of_class))]):
            seed = SEEDS[place % len(SEEDS)]
            task = make_task(condition, seed)
            found.append(Query(seed, task, task.test[number]))
    return found


def choose(rung: Loaded, questions: Sequence[Question]) -> list[str]:
    """The most likely choice for each question."""
    return likeliest(rung, [(question.prompt, question.choices) for question in questions])


def are_right(rung: Loaded, questions: Sequence[Question]) -> list[bool]:
    """Whether the most likely choice is the right one, question by question."""
    return [answer == asked.gold for answer, asked in zip(choose(rung, questions), questions, strict=True)]


def rng_for(*what: object) -> random.Random:
    """A generator of its own for one cell, the same for every rung."""
    return random.Random("/".join(map(str, what)))
