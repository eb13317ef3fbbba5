"""What the order of the examples does: the pull of the last ones, and how far answers depend on it."""

import random
from itertools import permutations
from operator import eq

from emlab.tasks import load_task
from ladder.measure.common import Loaded, share
from ladder.prompting import blocked, draw_examples, few_shot_prompt
from ladder.score import choose

BLOCK_SHOTS = 8  # four of one class, then four of the other
BLOCK_SEEDS = range(1, 4)
ORDER_SHOTS = 4  # has 24 orders
ORDER_SETS = range(1, 4)
ORDER_ITEMS = 100
CONDITIONS = ("natural", "arbitrary")


def recency(rung: Loaded) -> list[dict]:
    """How often the answer is the label of the last four of eight examples that come class by class.

    Half of the queries have that label, so a model that is not pulled either way shows 0.5.
    """
    rows = []
    for condition in CONDITIONS:
        pulled, right, items = 0, 0, 0
        for seed in BLOCK_SEEDS:
            task = load_task("reviews", labels=condition, seed=seed)
            rng = random.Random(f"recency/{seed}")
            # Each label is the last one equally often for queries of both classes.
            lasts = [rng.choice(task.labels) for _ in task.test]
            prompts = [
                few_shot_prompt("review", blocked(draw_examples(task, BLOCK_SHOTS, rng), last), query)
                for query, last in zip(task.test, lasts, strict=True)
            ]
            answers = choose(rung.model, prompts, task.labels)
            pulled += sum(answer == last for answer, last in zip(answers, lasts, strict=True))
            right += sum(a == query["label"] for a, query in zip(answers, task.test, strict=True))
            items = len(task.test)
        row = {**rung.columns(), "condition": condition, "k": BLOCK_SHOTS, "order": "blocked"}
        row |= {"n": items * len(BLOCK_SEEDS), "n_items": items}
        row |= share("share_last", pulled / len(BLOCK_SEEDS), items)
        rows.append(row | {"acc": right / len(BLOCK_SEEDS) / items})
    return rows


def all_orders(rung: Loaded) -> list[dict]:
    """Accuracy over all 24 orders of four examples, and how many items get different answers."""
    rows = []
    for number in ORDER_SETS:
        task = load_task("reviews", labels="arbitrary", seed=number)
        rng = random.Random(f"orders/{number}")
        examples, queries = draw_examples(task, ORDER_SHOTS, rng), task.test[:ORDER_ITEMS]
        answers = [
            choose(rung.model, [few_shot_prompt("review", order, q) for q in queries], task.labels)
            for order in permutations(examples)
        ]
        gold = [query["label"] for query in queries]
        accuracies = [sum(map(eq, of_order, gold)) / len(gold) for of_order in answers]
        changed = sum(len(set(of_item)) > 1 for of_item in zip(*answers, strict=True))
        row = {**rung.columns(), "condition": task.condition, "k": ORDER_SHOTS, "example_set": number}
        row |= {"n_orders": len(answers), "n_items": len(queries), "acc_min": min(accuracies)}
        row |= {"acc_mean": sum(accuracies) / len(accuracies), "acc_max": max(accuracies)}
        rows.append(row | share("changed", changed, len(queries)))
    return rows
