"""Syllogisms and comparisons of everyday things, without examples: the more likely of two answers."""

from collections import defaultdict
from itertools import product

from emlab.tasks import commonsense, syllogisms
from ladder.measure.asking import Question, are_right
from ladder.measure.common import Loaded, rate_row

ITEMS = 500
CHANCE = 0.5
UNTIL = {"until": ["\n"], "max_gen_toks": 12}


def logic(rung: Loaded) -> list[dict]:
    """Accuracy on arguments with made-up words by form and by validity, and with real ones by belief.

    Whoever always says "yes" has 1 on valid arguments and 0 on the others: look at "all". Belief bias is
    there where believable conclusions are called valid more often than unbelievable ones ("says_yes").
    """
    rows = []
    by_validity = defaultdict(list)
    for form in syllogisms.FORMS:
        right = _ask(rung, syllogisms.items(ITEMS, form=form))
        by_validity[syllogisms.FORMS[form].valid] += right
        rows.append(_row(rung, "syllogisms", form, "acc", right))
    rows.append(_row(rung, "syllogisms", "valid", "acc", by_validity[True]))
    rows.append(_row(rung, "syllogisms", "invalid", "acc", by_validity[False]))
    rows.append(_row(rung, "syllogisms", "all", "acc", by_validity[True] + by_validity[False]))
    for valid, belief in product((True, False), repeat=2):
        forms = [form for form in syllogisms.REAL_FORMS if syllogisms.FORMS[form].valid == valid]
        each = -(-ITEMS // len(forms))
        right = [
            hit
            for form in forms
            for hit in _ask(rung, syllogisms.items(each, form=form, real=True, belief=belief))
        ]
        condition = f"{'' if valid else 'in'}valid, {'' if belief else 'un'}believable"
        rows.append(_row(rung, "syllogisms, real words", condition, "acc", right))
        says_yes = [hit == valid for hit in right]
        rows.append(_row(rung, "syllogisms, real words", condition, "says_yes", says_yes, chance=None))
    return rows


def what_follows(rung: Loaded) -> list[dict]:
    """The share of arguments whose conclusion is written down word for word, or that nothing follows."""
    rows, every = [], []
    for form in syllogisms.STATED:
        items = syllogisms.open_items(ITEMS, form=form)
        written = rung.lm.generate_until([(item["prompt"], UNTIL) for item in items])
        right = [text.strip() == item["gold"] for text, item in zip(written, items, strict=True)]
        every += right
        rows.append(_row(rung, "syllogisms, what follows", form, "exact_match", right, chance=None))
    return [*rows, _row(rung, "syllogisms, what follows", "all", "exact_match", every, chance=None)]


def everyday(rung: Loaded) -> list[dict]:
    """Accuracy on comparisons of held-out pairs, by scale and over all scales."""
    rows, every = [], []
    for scale in commonsense.SCALES:
        right = _ask(rung, commonsense.items(ITEMS, scale=scale))
        every += right
        rows.append(_row(rung, "commonsense", scale, "acc", right))
    return [*rows, _row(rung, "commonsense", "all", "acc", every)]


def _ask(rung: Loaded, items: list[dict]) -> list[bool]:
    return are_right(rung, [Question(item["prompt"], item["choices"], item["gold"]) for item in items])


def _row(
    rung: Loaded, task: str, condition: str, metric: str, hits: list[bool], chance: float | None = CHANCE
) -> dict:
    return rate_row(rung, task, condition, metric, sum(hits), len(hits), chance)
