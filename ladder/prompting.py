"""Few-shot prompts for measuring: examples from a task's pool, then a query from its test set."""

import random
from collections.abc import Sequence

from emlab.prompts import TEMPLATES
from emlab.tasks import Task

Item = dict[str, str]


def few_shot_prompt(template_id: str, examples: Sequence[Item], query: Item, instruction: str = "") -> str:
    """The prompt that a template makes of an instruction (left out when it is empty), examples and a query.

    There is no space at its end.
    """
    template = TEMPLATES[template_id]
    lines = [instruction] if instruction else []
    lines += [template["example"].format(**example) for example in examples]
    return template["delimiter"].join([*lines, template["query"].format(**query)])


def draw_examples(task: Task, k: int, rng: random.Random) -> list[Item]:
    """k examples, half of each class (an odd one of either), in random order."""
    classes = list(task.labels)
    rng.shuffle(classes)
    examples = []
    for i, label in enumerate(classes):
        members = [item for item in task.pool if item["label"] == label]
        examples += rng.sample(members, k // len(classes) + (i < k % len(classes)))
    rng.shuffle(examples)
    return examples


def blocked(examples: Sequence[Item], last: str) -> list[Item]:
    """The examples with those of the label `last` in one block at the end, the others before them."""
    return sorted(examples, key=lambda example: example["label"] == last)
