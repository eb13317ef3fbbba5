"""What the order of the examples does: the pull of the last ones, and how far answers depend on it."""

from itertools import permutations
from operator import eq
from statistics import mean

from ladder.measure.asking import Question, choose, queries, reviews, rng_for
from ladder.measure.common import Loaded, share
from ladder.prompting import blocked, draw_examples, few_shot_prompt

BLOCK_SHOTS = 8  # four of one class, then four of the other
ORDER_SHOTS = 4  # has 24 orders
ORDER_SETS = 5  # sets of examples, each for 100 items of its own
CONDITIONS = ("natural", "arbitrary")


def recency(rung: Loaded) -> list[dict]:
    """How often the answer is the label of the last four of eight examples that come class by class.

    Half of the queries have that label, so a model that is not pulled either way shows 0.5.
    """
    rows = []
    for condition in CONDITIONS:
        rng = rng_for("recency")
        questions, lasts = [], []
        for number, (_, task, item) in enumerate(queries(reviews, condition)):
            # Queries come class by class: of each class, half have the label that is last.
            lasts.append(task.labels[number % 2])
            examples = blocked(draw_examples(task, BLOCK_SHOTS, rng), lasts[-1])
            questions.append(Question(few_shot_prompt("review", examples, item), task.labels, item["label"]))
        answers = choose(rung, questions)
        n = len(questions)
        row = {**rung.columns(), "condition": condition, "k": BLOCK_SHOTS, "order": "blocked"}
        row |= {"n": n, "n_items": n, **share("share_last", sum(map(eq, answers, lasts)), n)}
        rows.append(row | {"acc": sum(map(eq, answers, [question.gold for question in questions])) / n})
    return rows


def all_orders(rung: Loaded) -> list[dict]:
    """Accuracy over all 24 orders of four examples, and how many items get different answers.

    acc_min is the mean over the sets of the accuracy in their worst order, and acc_max that in their best;
    these are the worst and the best of 24 shares of 100 items, which by luck alone can lie apart by about
    0.2. "changed", the share of items whose answer is not the same in all orders, has no such bias.
    """
    asked = queries(reviews, "arbitrary")
    spreads, changed = [], []
    for number in range(1, ORDER_SETS + 1):
        task = reviews("arbitrary", number)
        by_id = {item["item_id"]: item for item in task.test}
        items = [by_id[query.item["item_id"]] for query in asked[number - 1 :: ORDER_SETS]]
        examples = draw_examples(task, ORDER_SHOTS, rng_for("orders", number))
        answers = [
            choose(
                rung,
                [Question(few_shot_prompt("review", order, i), task.labels, i["label"]) for i in items],
            )
            for order in permutations(examples)
        ]
        gold = [item["label"] for item in items]
        accuracies = [mean(map(eq, of_order, gold)) for of_order in answers]
        spreads.append((min(accuracies), mean(accuracies), max(accuracies)))
        changed += [len(set(of_item)) > 1 for of_item in zip(*answers, strict=True)]
    row = {**rung.columns(), "condition": "arbitrary", "k": ORDER_SHOTS, "n_sets": ORDER_SETS}
    row |= {"n_orders": len(answers), "n": len(changed), "n_items": len(changed)}
    row |= zip(("acc_min", "acc_mean", "acc_max"), map(mean, zip(*spreads, strict=True)), strict=True)
    return [row | share("changed", sum(changed), len(changed))]
