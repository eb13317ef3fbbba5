"""Few-shot accuracy by label condition, number of examples, template and instruction.

`few_shot`, `within_a_half` and `format` have the columns of `emlab.RESULT_COLUMNS`, so what plots a student's
results plots them too; the seeds of a cell share its items, so seed_sd also holds the spread of items.
"""

import random
from collections import defaultdict
from functools import cache
from statistics import mean, stdev

from emlab.tasks import CONDITIONS, Task
from emlab.tasks.labels import FIRST_HALF, SECOND_HALF
from ladder.corpus.episodes import INSTRUCTIONS
from ladder.measure.asking import MakeTask, Query, Question, are_right, queries, reviews, rng_for, topics
from ladder.measure.common import Loaded, rate_row, share
from ladder.prompting import draw_examples, few_shot_prompt

SHOTS = (0, 1, 2, 3, 5, 10)
TEMPLATE_IDS = ("review", "input", "arrow", "quiz", "pipe")
FORMAT_SHOTS = (0, 5)
FORMAT_CONDITIONS = ("natural", "arbitrary")


def by_condition(rung: Loaded) -> list[dict]:
    """Reviews in the "review" template, by condition and k."""
    return [_result(rung, condition, k, "review", reviews) for condition in CONDITIONS for k in SHOTS]


def within_a_half(rung: Loaded) -> list[dict]:
    """Reviews with two nonsense labels from one half of their list, as they never have in training."""
    return [_result(rung, "arbitrary", k, "review", _reviews_within_a_half) for k in SHOTS]


def by_template(rung: Loaded) -> list[dict]:
    """Reviews by template: the first three occur in the training stream, the others do not."""
    cells = [(condition, k) for condition in FORMAT_CONDITIONS for k in FORMAT_SHOTS]
    return [_result(rung, condition, k, name, reviews) for name in TEMPLATE_IDS for condition, k in cells]


def three_way(rung: Loaded) -> list[dict]:
    """Topics, of which there are three, in the "input" template, by condition and k."""
    rows = []
    for condition in CONDITIONS:
        for k in SHOTS:
            right = are_right(rung, _questions(queries(topics, condition), k, "input"))
            rows.append(rate_row(rung, "topics", condition, "acc", sum(right), len(right), 1 / 3, k=k))
    return rows


def by_instruction(rung: Loaded) -> list[dict]:
    """Reviews with an instruction that occurs in the training stream, and without one."""
    rows = []
    for condition in FORMAT_CONDITIONS:
        for k in FORMAT_SHOTS:
            for name, instruction in (("none", ""), ("classify", INSTRUCTIONS[0])):
                right = are_right(rung, _questions(queries(reviews, condition), k, "review", instruction))
                extra = {"k": k, "instruction": name}
                rows.append(rate_row(rung, "reviews", condition, "acc", sum(right), len(right), 0.5, **extra))
    return rows


@cache
def _reviews_within_a_half(condition: str, seed: int) -> Task:
    task = reviews("natural", 0)
    if condition == "natural":
        return task
    pair = random.Random(f"within/{seed}").sample((FIRST_HALF, SECOND_HALF)[seed % 2], 2)
    shown = dict(zip(task.labels, pair, strict=True))
    pool, test = (
        [{**item, "label": shown[item["label"]]} for item in items] for items in (task.pool, task.test)
    )
    return Task(task.name, condition, tuple(sorted(pair)), pool, test)


def _questions(asked: list[Query], k: int, template_id: str, instruction: str = "") -> list[Question]:
    """Each query after k balanced examples of its own."""
    rng = rng_for("few-shot", k)
    return [
        Question(
            few_shot_prompt(template_id, draw_examples(task, k, rng), item, instruction),
            task.labels,
            item["label"],
        )
        for _, task, item in asked
    ]


def _result(rung: Loaded, condition: str, k: int, template_id: str, make_task: MakeTask) -> dict:
    """One row with the columns of RESULT_COLUMNS."""
    asked = queries(make_task, condition)
    right = are_right(rung, _questions(asked, k, template_id))
    by_seed = defaultdict(list)
    for query, hit in zip(asked, right, strict=True):
        by_seed[query.seed].append(hit)
    return {
        **rung.columns(),
        "condition": condition,
        "k": k,
        "strategy": "balanced",
        "order": "random",
        "template_id": template_id,
        "n": len(right),
        "n_items": len(right),
        "n_correct": sum(right),
        **share("acc", sum(right), len(right)),
        "n_unparsed": 0,  # the answer is the more likely of two labels: there is always one
        "n_seeds": len(by_seed),
        "seed_sd": stdev(map(mean, by_seed.values())),
    }
