"""Requests as students make them, for several tests."""

import random

import emlab


def few_shot_requests(n: int, seed: int = 0) -> list[tuple[str, str]]:
    """Prompts of 0 to 10 shots with one and several token continuations, some with a trailing space."""
    rng = random.Random(seed)
    task = emlab.load_task("reviews")
    template = emlab.TEMPLATES["review"]
    requests = []
    for _ in range(n):
        shots = [
            template["example"].format(**item) for item in rng.sample(task.pool, rng.choice((0, 1, 3, 10)))
        ]
        query = template["query"].format(**rng.choice(task.test))
        prompt = template["delimiter"].join([*shots, query])
        prompt += rng.choice(("", "", "", " ", "  "))
        space = "" if prompt.endswith(" ") else " "
        requests.append((prompt, space + rng.choice(("positive", "negative", "dax", "so very good !"))))
    return requests


def nested_prompts(shots: tuple[int, ...], queries: int) -> list[str]:
    """Prompts that begin with the same examples, fewer or more of them."""
    task = emlab.load_task("reviews", labels="arbitrary")
    template = emlab.TEMPLATES["review"]
    examples = [template["example"].format(**item) for item in task.pool]
    return [
        template["delimiter"].join([*examples[:k], template["query"].format(**query)])
        for k in shots
        for query in task.test[:queries]
    ]
