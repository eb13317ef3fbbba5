"""Sums of two numbers with equally many digits: "347 + 285 =" and then "632".

Which pairs of numbers are held out is decided by a hash, so a held-out sum is never in the ladder's corpus.
"""

import hashlib
import random

from emlab.tasks.splits import check_split

Item = dict[str, str | int]

MEASURED_DIGITS = (2, 3, 4)
IN_WORD_PROBLEMS = 20  # smaller sums also stand in the steps of word problems: they are no test items


def addition_split(a: int, b: int) -> str:
    """"train" or "test": the side that a sum belongs to, for good; a tenth is held out."""
    return "test" if hashlib.sha256(f"{a}+{b}".encode()).digest()[0] % 10 == 0 else "train"


def generate(rng: random.Random, split: str, digits: int) -> Item:
    """One sum of two numbers of so many digits that belongs to `split` ("train" or "test")."""
    check_split(split)
    # One digit: 1 to 9, because with 0 there is nothing to add.
    low, high = 10 ** (digits - 1), 10**digits - 1
    while True:
        a, b = rng.randint(low, high), rng.randint(low, high)
        if addition_split(a, b) == split:
            return {"prompt": f"{a} + {b} =", "gold": str(a + b), "digits": digits, "a": a, "b": b}


def items(n: int, seed: int = 0, *, digits: int) -> list[Item]:
    """n different held-out sums of two digits or more, with ids such as "addition-3-0001"."""
    if digits not in MEASURED_DIGITS:
        raise ValueError(f"digits must be one of {MEASURED_DIGITS}, not {digits!r}")
    rng = random.Random(f"addition/{digits}/{seed}")
    found: dict[str, Item] = {}
    while len(found) < n:
        item = generate(rng, "test", digits)
        if int(item["gold"]) <= IN_WORD_PROBLEMS:
            continue
        found.setdefault(item["prompt"], item)
    return [
        {"item_id": f"addition-{digits}-{i:04d}", **item} for i, item in enumerate(found.values(), start=1)
    ]


def digits_right(answer: str, gold: str) -> float:
    """The share of the gold answer's digits that the answer has at the same place from the left.

    A digit that is missing counts as wrong; what comes after the last place of the gold answer is ignored.
    So "632" against "642" gets 2/3, and "63" gets 1/3. The rule is about text, not about place value: an
    answer that left out its first digit gets next to nothing.
    """
    return sum(got == wanted for got, wanted in zip(answer, gold, strict=False)) / len(gold)
