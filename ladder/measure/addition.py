"""Held-out sums, scored twice: the whole answer, and digit by digit."""

import random

import torch

from ladder.corpus.families import addition_split
from ladder.corpus.stream import tokenizer
from ladder.measure.common import Loaded, share

SUMS = 500
RANGES = {2: (10, 99), 3: (100, 999)}


def addition(rung: Loaded) -> list[dict]:
    """Share of sums that are right, and share of digits that are right at their place from the left."""
    rows = []
    for digits, (low, high) in RANGES.items():
        rng = random.Random(f"addition/{digits}")
        pairs: dict[tuple[int, int], None] = {}  # a dict as an ordered set
        while len(pairs) < SUMS:
            a, b = rng.randint(low, high), rng.randint(low, high)
            if addition_split(a, b) == "test":
                pairs[a, b] = None
        exact, right_digits, all_digits = 0, 0, 0
        answers = _generate(rung, [f"{a} + {b} =" for a, b in pairs])
        for (a, b), answer in zip(pairs, answers, strict=True):
            gold = str(a + b)
            exact += answer == gold
            right_digits += sum(got == wanted for got, wanted in zip(answer, gold, strict=False))
            all_digits += len(gold)
        row = {**rung.columns(), "digits": digits, "n": SUMS, **share("exact", exact, SUMS)}
        rows.append(row | {"per_digit": right_digits / all_digits})
    return rows


@torch.no_grad()
def _generate(rung: Loaded, prompts: list[str]) -> list[str]:
    """The greedy continuation of each prompt up to the end of its line; all prompts have the same length."""
    ids = torch.tensor([tokenizer().encode(prompt).ids for prompt in prompts])
    width = ids.size(1)
    for _ in range(5):  # four digits and the end of the line
        ids = torch.cat([ids, rung.model(ids).logits[:, -1].argmax(-1, keepdim=True)], dim=1)
    return [tokenizer().decode(row[width:].tolist()).split("\n")[0].strip() for row in ids]
