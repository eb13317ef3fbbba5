"""A quick look at a model in training: a few dozen held-out items of each ability."""

import random
from functools import cache

from emlab.models.huggingface import CausalModel
from emlab.tasks import (
    arithmetic,
    commonsense,
    knowledge,
    load_task,
    programs,
    syllogisms,
    translation,
    word_problems,
)
from ladder.prompting import draw_examples, few_shot_prompt
from ladder.tokenizer import MAX_LENGTH, fast_tokenizer

ITEMS = 60
SETTLED = {"until": ["\n"], "max_gen_toks": 12}
STEPS = {"until": ["\n\n"], "max_gen_toks": 56}


class InTraining(CausalModel):
    """A network that is still being trained, seen as a model that can be asked."""

    def __init__(self, network) -> None:
        super().__init__(network, fast_tokenizer())
        self.name, self.max_length = "in training", MAX_LENGTH


def probe(network) -> str:
    """The share of right answers for each ability, on one line."""
    model = InTraining(network)
    network.eval()
    found = {name: _chosen(model, items) for name, items in _choices().items()}
    for digits in (2, 3):
        found[f"add{digits}"] = _exact(model, arithmetic.items(ITEMS, digits=digits))
    for style, steps in (("direct", 1), ("direct", 3), ("cot", 1), ("cot", 3)):
        items = word_problems.items(ITEMS, steps=steps, style=style)
        answers = _written(model, items, STEPS if style == "cot" else SETTLED)
        finals = [word_problems.final_answer(answer, style) for answer in answers]
        right = [final == item["answer"] for final, item in zip(finals, items, strict=True)]
        found[f"{style}{steps}"] = sum(right) / ITEMS
    for operations in (1, 2):
        items = programs.items(ITEMS, operations=operations)
        answers = _written(model, items, {"until": ["\n\n"], "max_gen_toks": 48})
        found[f"code{operations}"] = sum(map(programs.passes, items, answers)) / ITEMS
    found["bg0"] = _exact(model, translation.items(ITEMS, form="labelled"))
    found["bg3"] = _exact(model, translation.items(ITEMS, form="arrow", k=3))
    network.train()
    return " ".join(f"{name} {share:.2f}" for name, share in found.items())


@cache
def _choices() -> dict[str, list[dict]]:
    """Items with choices, by ability."""
    items = {
        "syllogisms": syllogisms.items(ITEMS),
        "commonsense": commonsense.items(ITEMS),
    }
    for status in ("asked", "held_out"):
        of_status = [i for i in knowledge.benchmark() if knowledge.fact(i["fact_id"]).status == status]
        items[f"letters {status}"] = random.Random(0).sample(of_status, ITEMS)
    for labels, k in (("natural", 0), ("arbitrary", 1), ("arbitrary", 5), ("flipped", 5)):
        task = load_task("reviews", labels=labels, seed=1)
        rng = random.Random(f"probe/{k}")
        items[f"{labels}{k}"] = [
            {
                "prompt": few_shot_prompt("review", draw_examples(task, k, rng), query),
                "choices": list(task.labels),
                "gold": query["label"],
            }
            for query in task.test[:ITEMS]
        ]
    return items


def _chosen(model: InTraining, items: list[dict]) -> float:
    """The share of items whose gold choice is the most likely one."""
    requests = [(item["prompt"], f" {choice}") for item in items for choice in item["choices"]]
    scores = iter(model.loglikelihood(requests))
    right = 0
    for item in items:
        logprobs = {choice: next(scores)[0] for choice in item["choices"]}
        right += max(logprobs, key=logprobs.get) == item["gold"]
    return right / len(items)


def _exact(model: InTraining, items: list[dict]) -> float:
    answers = _written(model, items, SETTLED)
    return sum(a.strip() == i["gold"] for a, i in zip(answers, items, strict=True)) / len(items)


def _written(model: InTraining, items: list[dict], how: dict) -> list[str]:
    return model.generate_until([(item["prompt"], how) for item in items])
