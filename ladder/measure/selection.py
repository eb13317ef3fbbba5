"""Which examples are shown: of both classes or mostly of one, at random or the ones most like the query."""

import random
from collections.abc import Callable
from operator import eq

from emlab.tasks import Task
from ladder.measure.asking import Question, choose, queries, reviews, rng_for
from ladder.measure.common import Loaded, rate_row
from ladder.prompting import Item, draw_examples, few_shot_prompt

SHOTS = 5
CONDITIONS = ("natural", "arbitrary")
MANY = 4  # of five

Strategy = Callable[[Task, Item, str, random.Random], list[Item]]


def selection(rung: Loaded) -> list[dict]:
    """Accuracy by strategy; for one-sided ones also how often the answer is the label that is shown most.

    Half of the queries have that label, so a model that is not pulled to it shows 0.5.
    """
    rows = []
    for condition in CONDITIONS:
        for name, strategy in STRATEGIES.items():
            rng = rng_for("selection", name)
            questions, most = [], []
            for number, (_, task, item) in enumerate(queries(reviews, condition)):
                # Queries come class by class: of each class, half have the label that is shown most.
                most.append(task.labels[number % 2])
                prompt = few_shot_prompt("review", strategy(task, item, most[-1], rng), item)
                questions.append(Question(prompt, task.labels, item["label"]))
            answers = choose(rung, questions)
            n, extra = len(questions), {"k": SHOTS, "strategy": name}
            right = sum(map(eq, answers, [question.gold for question in questions]))
            rows.append(rate_row(rung, "reviews", condition, "acc", right, n, 0.5, **extra))
            if strategy in (_one_class, _mostly):
                pulled = sum(map(eq, answers, most))
                rows.append(rate_row(rung, "reviews", condition, "share_most", pulled, n, 0.5, **extra))
    return rows


def _balanced(task: Task, query: Item, most: str, rng: random.Random) -> list[Item]:
    return draw_examples(task, SHOTS, rng)


def _random(task: Task, query: Item, most: str, rng: random.Random) -> list[Item]:
    return rng.sample(task.pool, SHOTS)


def _one_class(task: Task, query: Item, most: str, rng: random.Random) -> list[Item]:
    return rng.sample([item for item in task.pool if item["label"] == most], SHOTS)


def _mostly(task: Task, query: Item, most: str, rng: random.Random) -> list[Item]:
    """MANY of one class, the others of the other one, in random order."""
    others = [item for item in task.pool if item["label"] != most]
    examples = _one_class(task, query, most, rng)[:MANY] + rng.sample(others, SHOTS - MANY)
    return rng.sample(examples, SHOTS)


def _similar(task: Task, query: Item, most: str, rng: random.Random) -> list[Item]:
    """Those that share most words with the query (ties at random), the most similar one last."""
    words = set(query["text"].split())
    shuffled = rng.sample(task.pool, len(task.pool))
    nearest = sorted(shuffled, key=lambda item: -len(words & set(item["text"].split())))
    return nearest[:SHOTS][::-1]


STRATEGIES: dict[str, Strategy] = {
    "balanced": _balanced,
    "random": _random,
    "similar": _similar,
    "four of one class": _mostly,
    "all of one class": _one_class,
}
