"""Tasks where knowing more can hurt: proverbs against an instruction, wrong claims, negations.

The items of a band of proverbs are 54 proverbs with about nine instructed words each, those of a band of
facts 500 wrong claims about some 250 to 400 facts; what a fact is not is asked of 500 facts, with VALUES
wrong values each. So the intervals take the items of one proverb or fact together
(`ladder.measure.clusters`).
"""

import random
from collections.abc import Sequence
from operator import eq

from emlab.tasks.knowledge import BANDS, fact
from emlab.tasks.traps import items, proverbs
from emlab.tasks.traps import negation as asked_not
from ladder.measure.asking import rng_for
from ladder.measure.choosing import likeliest
from ladder.measure.clusters import clustered_row
from ladder.measure.common import Loaded

ITEMS = 500
VALUES = 4
ONE_WORD = {"until": [".", "\n"], "max_gen_toks": 3}


def proverb(rung: Loaded) -> list[dict]:
    """The word that was asked for, or the one of the proverb, by how often the proverb is recited.

    acc: the word that was asked for is likelier than the proverb's; obeys and recites: what is written first.
    The condition "plain/..." has another proverb, drawn for each item, in place of the instruction: its
    recites say how well the proverb is known.
    """
    rows = []
    for band in BANDS:
        asked = items(ITEMS, kind="proverb", band=band)
        about, remembered = [item["plain_prompt"] for item in asked], [item["remembered"] for item in asked]
        wanted = [item["gold"] for item in asked]
        where = (rung, "proverb", band)
        rows.append(clustered_row(*where, "acc", _same(_choose(rung, asked), wanted), about, 0.5))
        written = _first_words(rung, [item["prompt"] for item in asked])
        rows.append(clustered_row(*where, "obeys", _same(written, wanted), about))
        rows.append(clustered_row(*where, "recites", _same(written, remembered), about))
        plain = _first_words(rung, after_another(about))
        rows.append(
            clustered_row(rung, "proverb", f"plain/{band}", "recites", _same(plain, remembered), about)
        )
    return rows


def after_another(beginnings: Sequence[str]) -> list[str]:
    """Each beginning of a proverb after a whole other one, in two lines, as in recitations of the stream.

    No two are the same: the other proverbs of a beginning are drawn without replacement.
    """
    others = {}
    for start in dict.fromkeys(beginnings):
        rest = [proverb for proverb in proverbs() if not proverb.startswith(f"{start} ")]
        others[start] = iter(rng_for("proverb", start).sample(rest, len(rest)))
    return [f"{next(others[start])}\n{start}" for start in beginnings]


def claim(rung: Loaded) -> list[dict]:
    """Accuracy without a claim, after a right one and after a wrong one, by how often the fact is stated.

    follows_claim: how often the wrongly claimed value is the answer. Of four values, two were never claimed.
    """
    rows = []
    fields = {"none": "plain_prompt", "right": "right_prompt", "wrong": "prompt"}
    for band in BANDS:
        asked = items(ITEMS, kind="claim", band=band)
        about = [item["fact_id"] for item in asked]
        for condition, field in fields.items():
            chosen = _choose(rung, asked, field)
            where = (rung, "claim", f"{condition}/{band}")
            gold, claimed = ([item[key] for item in asked] for key in ("gold", "claimed"))
            rows.append(clustered_row(*where, "acc", _same(chosen, gold), about, 0.25))
            if condition != "right":
                rows.append(clustered_row(*where, "follows_claim", _same(chosen, claimed), about, 0.25))
    return rows


def negation(rung: Loaded) -> list[dict]:
    """Which of two values is right, and which is not, of facts where training never asks the latter."""
    asked = [version for item in items(ITEMS, kind="negation") for version in with_values(item)]
    owners = [item["fact_id"] for item in asked]
    rows = []
    for condition, prompt, right in (("positive", "positive_prompt", "value"), ("negated", "prompt", "gold")):
        hits = _same(_choose(rung, asked, prompt), [item[right] for item in asked])
        rows.append(clustered_row(rung, "negation", condition, "acc", hits, owners, 0.5))
    return rows


def with_values(item: dict) -> list[dict]:
    """A negation as it is, and with VALUES - 1 other wrong values, the right one first or last by chance."""
    of_fact, rng = fact(item["fact_id"]), random.Random(f"values/{item['fact_id']}")
    wrongs = rng.sample([value for value in of_fact.others() if value != item["gold"]], VALUES - 1)
    versions = [item]
    for wrong in wrongs:
        values = rng.choice([(wrong, of_fact.value), (of_fact.value, wrong)])
        versions.append(item | asked_not(of_fact, values))
    return versions


def _choose(rung: Loaded, asked: list[dict], prompt: str = "prompt") -> list[str]:
    """The likeliest choice of each item."""
    return likeliest(rung, [(item[prompt], item["choices"]) for item in asked])


def _first_words(rung: Loaded, prompts: list[str]) -> list[str]:
    texts = rung.lm.generate_until([(prompt, ONE_WORD) for prompt in prompts])
    return [(text.split() or [""])[0] for text in texts]


def _same(given: Sequence[str], wanted: Sequence[str]) -> list[bool]:
    """Where what was given is what was wanted."""
    return list(map(eq, given, wanted))
