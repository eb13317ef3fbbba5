"""Tasks where knowing more can hurt: proverbs against an instruction, wrong claims, negations.

The items of a band of proverbs are 54 proverbs with about nine instructed words each (and without instruction
just the 54); those of a band of facts are 500 wrong claims about some 250 to 400 facts. So the intervals,
which take items as independent, are a little narrow.
"""

from emlab.tasks.knowledge import BANDS
from emlab.tasks.traps import items
from ladder.measure.choosing import likeliest
from ladder.measure.common import Loaded, rate_row

ITEMS = 500
ONE_WORD = {"until": [".", "\n"], "max_gen_toks": 3}


def proverb(rung: Loaded) -> list[dict]:
    """The word that was asked for, or the one of the proverb, by how often the proverb is recited.

    acc: the word that was asked for is likelier than the proverb's; obeys and recites: what is written first.
    The condition "plain/..." leaves out the instruction: its recites say how well the proverb is known.
    """
    rows = []
    for band in BANDS:
        asked = items(ITEMS, kind="proverb", band=band)
        obeyed = [choice == item["gold"] for item, choice in zip(asked, _choose(rung, asked), strict=True)]
        rows.append(rate_row(rung, "proverb", band, "acc", sum(obeyed), len(asked), 0.5))
        written = _first_words(rung, [item["prompt"] for item in asked])
        for metric, field in (("obeys", "gold"), ("recites", "remembered")):
            rows.append(_same(rung, "proverb", band, metric, written, [item[field] for item in asked]))
        known = {item["plain_prompt"]: item["remembered"] for item in asked}
        plain = _first_words(rung, list(known))
        rows.append(_same(rung, "proverb", f"plain/{band}", "recites", plain, list(known.values())))
    return rows


def claim(rung: Loaded) -> list[dict]:
    """Accuracy without a claim, after a right one and after a wrong one, by how often the fact is stated.

    follows_claim: how often the wrongly claimed value is the answer. Of four values, two were never claimed.
    """
    rows = []
    fields = {"none": "plain_prompt", "right": "right_prompt", "wrong": "prompt"}
    for band in BANDS:
        asked = items(ITEMS, kind="claim", band=band)
        for condition, field in fields.items():
            chosen = _choose(rung, asked, field)
            where = f"{condition}/{band}"
            gold, claimed = ([item[key] for item in asked] for key in ("gold", "claimed"))
            rows.append(_same(rung, "claim", where, "acc", chosen, gold, 0.25))
            if condition != "right":
                rows.append(_same(rung, "claim", where, "follows_claim", chosen, claimed, 0.25))
    return rows


def negation(rung: Loaded) -> list[dict]:
    """Which of two values is right, and which is not, of facts where training never asks the latter."""
    asked = items(ITEMS, kind="negation")
    positive, negated = _choose(rung, asked, "positive_prompt"), _choose(rung, asked)
    return [
        _same(rung, "negation", "positive", "acc", positive, [item["value"] for item in asked], 0.5),
        _same(rung, "negation", "negated", "acc", negated, [item["gold"] for item in asked], 0.5),
    ]


def _choose(rung: Loaded, asked: list[dict], prompt: str = "prompt") -> list[str]:
    """The likeliest choice of each item."""
    return likeliest(rung, [(item[prompt], item["choices"]) for item in asked])


def _first_words(rung: Loaded, prompts: list[str]) -> list[str]:
    texts = rung.lm.generate_until([(prompt, ONE_WORD) for prompt in prompts])
    return [(text.split() or [""])[0] for text in texts]


def _same(
    rung: Loaded,
    task: str,
    condition: str,
    metric: str,
    given: list[str],
    wanted: list[str],
    chance: float | None = None,
) -> dict:
    """The row of how often what was given is what was wanted."""
    n = sum(a == b for a, b in zip(given, wanted, strict=True))
    return rate_row(rung, task, condition, metric, n, len(wanted), chance)
