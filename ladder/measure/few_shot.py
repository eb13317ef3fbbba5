"""Few-shot accuracy by label condition, number of examples and template.

The tables have the columns of `emlab.RESULT_COLUMNS`, so what plots a student's results plots them too. Each
test item is asked once with each seed; a seed draws new examples, a new order and, for arbitrary labels, a
new pair.
"""

import random
from collections.abc import Callable
from statistics import stdev

from emlab.tasks import CONDITIONS, Task, load_task
from emlab.tasks.labels import FIRST_HALF, SECOND_HALF
from ladder.measure.common import Loaded, share
from ladder.prompting import draw_examples, few_shot_prompt
from ladder.score import choose

SHOTS = (0, 1, 2, 3, 5, 10)
SEEDS = range(1, 11)
TEMPLATE_IDS = ("review", "input", "arrow", "quiz", "pipe")
FORMAT_SHOTS = (0, 5)


def by_condition(rung: Loaded) -> list[dict]:
    """Accuracy in the "review" template, by condition and k."""
    return [_cell(rung, condition, k, "review") for condition in CONDITIONS for k in SHOTS]


def within_a_half(rung: Loaded) -> list[dict]:
    """Accuracy with two nonsense labels from one half of their list, as reviews never have in training."""
    return [_cell(rung, "arbitrary", k, "review", _task_within_a_half) for k in SHOTS]


def _task_within_a_half(condition: str, seed: int) -> Task:
    task = load_task("reviews")
    pair = random.Random(f"within/{seed}").sample((FIRST_HALF, SECOND_HALF)[seed % 2], 2)
    shown = dict(zip(task.labels, pair, strict=True))
    pool, test = (
        [{**item, "label": shown[item["label"]]} for item in items] for items in (task.pool, task.test)
    )
    return Task(task.name, condition, tuple(sorted(pair)), pool, test)


def _task(condition: str, seed: int) -> Task:
    return load_task("reviews", labels=condition, seed=seed)


def by_template(rung: Loaded) -> list[dict]:
    """Accuracy by template: the first three occur in the training stream, the others do not."""
    cells = [(condition, k) for condition in ("natural", "arbitrary") for k in FORMAT_SHOTS]
    return [_cell(rung, condition, k, name) for name in TEMPLATE_IDS for condition, k in cells]


def _cell(
    rung: Loaded, condition: str, k: int, template_id: str, make_task: Callable[[str, int], Task] = _task
) -> dict:
    accuracies = []
    for seed in SEEDS:
        task = make_task(condition, seed)
        rng = random.Random(f"few-shot/{seed}/{k}")
        prompts = [few_shot_prompt(template_id, draw_examples(task, k, rng), query) for query in task.test]
        answers = choose(rung.model, prompts, task.labels)
        right = sum(a == query["label"] for a, query in zip(answers, task.test, strict=True))
        accuracies.append(right / len(task.test))
    items = len(task.test)
    mean = sum(accuracies) / len(accuracies)
    return {
        **rung.columns(),
        "condition": condition,
        "k": k,
        "strategy": "balanced",
        "order": "random",
        "template_id": template_id,
        "n": items * len(SEEDS),
        "n_items": items,
        "n_correct": round(mean * items * len(SEEDS)),
        **share("acc", mean * items, items),
        "n_unparsed": 0,  # the answer is the more likely of two labels: there is always one
        "n_seeds": len(SEEDS),
        "seed_sd": stdev(accuracies),
    }
