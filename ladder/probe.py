"""A quick look at a model in training: few-shot accuracy on a hundred held-out reviews a cell."""

import random

from emlab.tasks import CONDITIONS, load_task
from ladder.prompting import draw_examples, few_shot_prompt
from ladder.score import choose

ITEMS = 100
SHOTS = (0, 1, 2, 3, 5, 10)


def probe(model, template_id: str = "review") -> str:
    """Accuracy by condition at each k of SHOTS, on one line."""
    cells = []
    for condition in CONDITIONS:
        task = load_task("reviews", labels=condition, seed=1)
        accuracies = []
        for k in SHOTS:
            rng = random.Random(f"probe/{k}")
            queries = task.test[:ITEMS]
            prompts = [few_shot_prompt(template_id, draw_examples(task, k, rng), query) for query in queries]
            answers = choose(model, prompts, task.labels)
            right = sum(a == q["label"] for a, q in zip(answers, queries, strict=True))
            accuracies.append(f"{right / ITEMS:.2f}")
        cells.append(f"{condition} {' '.join(accuracies)}")
    return "k=" + ",".join(map(str, SHOTS)) + " | " + " | ".join(cells)
