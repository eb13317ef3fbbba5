"""Few-shot accuracy by label condition, number of examples and template.

The tables have the columns of `emlab.RESULT_COLUMNS`, so what plots a student's results plots them too. Each
test item is asked once with each seed; a seed draws new examples, a new order and, for arbitrary labels, a
new pair.
"""

import random
from statistics import stdev

from emlab.tasks import CONDITIONS, load_task
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


def by_template(rung: Loaded) -> list[dict]:
    """Accuracy by template: the first three occur in the training stream, the others do not."""
    cells = [(condition, k) for condition in ("natural", "arbitrary") for k in FORMAT_SHOTS]
    return [_cell(rung, condition, k, name) for name in TEMPLATE_IDS for condition, k in cells]


def _cell(rung: Loaded, condition: str, k: int, template_id: str) -> dict:
    accuracies = []
    for seed in SEEDS:
        task = load_task("reviews", labels=condition, seed=seed)
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
