"""What a rung knows of the made-up world, asked with letters and without.

acc_letter: the likeliest letter after the question with its options. acc_cloze: the option whose text is
likeliest after the question alone; every option is one token, so no length is to be normalised. Both choose
from four.

The benchmark holds 1,150 asked facts, 195 that were only stated, 135 that never occurred, and 568 leaked
items (502 of stated facts and 66 of facts that never occurred). An item of a benchmark is a question with its
options: where a cell has fewer than ENOUGH facts, each is asked again with other options in another order,
and the interval takes the requests about one fact together (`ladder.measure.clusters`). Leaked items are
asked as they leaked; "leaked/shuffled" asks what is left of the memory of an item when its own four options
come in another order, with the right one at another letter.
"""

import random
from collections.abc import Sequence
from functools import cache
from itertools import permutations

from emlab.tasks.encyclopedia import SUBJECTS
from emlab.tasks.knowledge import (
    BANDS,
    LETTERS,
    STATUSES,
    benchmark,
    draw_options,
    fact,
    letter_prompt,
)
from ladder.corpus.leak import leaked_items
from ladder.measure.choosing import likeliest
from ladder.measure.clusters import clustered_row
from ladder.measure.common import ENOUGH, Loaded

CHANCE = 1 / len(LETTERS)
SHUFFLES = 3  # of each leaked item
LETTER_DRAWS = 2  # of each item, for ENOUGH where each letter is right


def by_status(rung: Loaded) -> list[dict]:
    """Accuracy by what training held, of all subjects together (task "knowledge") and of each.

    "leaked/shuffled" also has old_letter: how often the answer is the letter that leaked, now a wrong one.
    """
    every = cells()
    rows = []
    for condition, items in every.items():
        rows += _accuracies(rung, "knowledge", condition, requests(items) if condition in STATUSES else items)
    rows += _shuffled(rung, every["leaked"])
    for subject in SUBJECTS:
        for status in STATUSES:
            items = [item for item in every[status] if item["subject"] == subject.name]
            rows += _accuracies(rung, f"knowledge/{subject.name}", status, requests(items))
    return rows


def by_band(rung: Loaded) -> list[dict]:
    """Accuracy by how often a fact is stated; the condition is "asked/head" and so on."""
    rows = []
    for condition in ("asked", "held_out"):
        for band in BANDS:
            items = [item for item in cells()[condition] if item["band"] == band]
            rows += _accuracies(rung, "knowledge", f"{condition}/{band}", requests(items))
    return rows


def letters(rung: Loaded) -> list[dict]:
    """The pull of a letter, over all items that did not leak; the condition is the letter.

    share: how often it is the answer, beside how often it should be (chance). acc: accuracy where it should.
    """
    items = [item for status in STATUSES for item in cells()[status]]
    items = requests(items, LETTER_DRAWS * len(items))
    answers = letter_answers(rung, items)
    rows = []
    for letter in LETTERS:
        said = [answer == letter for answer in answers]
        own = [item["gold"] == letter for item in items]
        right = [hit for hit, is_own in zip(said, own, strict=True) if is_own]
        of_own = [item for item, is_own in zip(items, own, strict=True) if is_own]
        share = len(of_own) / len(items)
        rows.append(clustered_row(rung, "letters", letter, "share", said, owners(items), share))
        rows.append(clustered_row(rung, "letters", letter, "acc", right, owners(of_own), CHANCE))
    return rows


def consistency(rung: Loaded) -> list[dict]:
    """Share of items whose two wordings get the same answer without letters, right or wrong."""
    rows = []
    for status in STATUSES:
        items = requests(cells()[status])
        first, second = (cloze_answers(rung, items, wording) for wording in (0, 1))
        same = [a == b for a, b in zip(first, second, strict=True)]
        rows.append(clustered_row(rung, "consistency", status, "same", same, owners(items), CHANCE))
    return rows


def cells() -> dict[str, list[dict]]:
    """The benchmark's items by what training held of them; "leaked/held_out" is most of "leaked"."""
    leaked = {item["item_id"] for item in leaked_items()}

    def of(status: str, leak: bool) -> list[dict]:
        return [
            item
            for item in benchmark()
            if fact(item["fact_id"]).status == status and (item["item_id"] in leaked) == leak
        ]

    return {
        **{status: of(status, leak=False) for status in STATUSES},
        "leaked": list(leaked_items()),
        "leaked/held_out": of("held_out", leak=True),
    }


def requests(items: list[dict], least: int = ENOUGH) -> list[dict]:
    """The items, and all of them again with other options each time, until there are `least`."""
    draws = -(-least // len(items))
    return [_version(item, draw) for draw in range(draws) for item in items]


def owners(items: list[dict]) -> list[str]:
    """The fact that each item asks for."""
    return [item["fact_id"] for item in items]


def letter_answers(rung: Loaded, items: list[dict]) -> list[str]:
    """The likeliest letter of each item."""
    return likeliest(rung, [(item["prompt"], item["choices"]) for item in items])


def cloze_answers(rung: Loaded, items: list[dict], wording: int = 0) -> list[str]:
    """The likeliest option of each item, asked without letters."""
    return likeliest(rung, [(item["open_prompts"][wording], item["options"]) for item in items])


def _with_options(item: dict, options: Sequence[str]) -> dict:
    """The item's question with these options."""
    return {
        **item,
        "prompt": letter_prompt(fact(item["fact_id"]).question(), options),
        "gold": LETTERS[options.index(item["answer"])],
        "options": list(options),
    }


def _version(item: dict, draw: int) -> dict:
    """The item itself, and from draw 1 on with options of that draw."""
    return _with_options(item, _drawn(item["fact_id"], draw)) if draw else item


@cache
def _drawn(fact_id: str, draw: int) -> tuple[str, ...]:
    """The options of a draw, none of which is the benchmark's or that of an earlier draw."""
    rng = random.Random(f"options/{fact_id}")  # as the benchmark does, whose options come first
    seen = dict.fromkeys([tuple(draw_options(fact(fact_id), rng))])
    while len(seen) <= draw:
        seen[tuple(draw_options(fact(fact_id), rng))] = None
    return list(seen)[draw]


def shuffled(item: dict) -> list[dict]:
    """SHUFFLES versions of an item with its own options in another order and the right one elsewhere."""
    others = [_with_options(item, order) for order in permutations(item["options"])]
    moved = [other for other in others if other["gold"] != item["gold"]]
    return random.Random(f"shuffled/{item['fact_id']}").sample(moved, SHUFFLES)


def _shuffled(rung: Loaded, leaked: list[dict]) -> list[dict]:
    old = [item["gold"] for item in leaked for _ in range(SHUFFLES)]
    items = [version for item in leaked for version in shuffled(item)]
    answers = letter_answers(rung, items)
    found = {
        "acc_letter": [answer == item["gold"] for item, answer in zip(items, answers, strict=True)],
        "old_letter": [answer == letter for answer, letter in zip(answers, old, strict=True)],
    }
    return [
        clustered_row(rung, "knowledge", "leaked/shuffled", metric, hits, owners(items), CHANCE)
        for metric, hits in found.items()
    ]


def _accuracies(rung: Loaded, task: str, condition: str, items: list[dict]) -> list[dict]:
    by_letter = zip(items, letter_answers(rung, items), strict=True)
    by_text = zip(items, cloze_answers(rung, items), strict=True)
    right = {
        "acc_letter": [answer == item["gold"] for item, answer in by_letter],
        "acc_cloze": [answer == item["answer"] for item, answer in by_text],
    }
    return [
        clustered_row(rung, task, condition, metric, hits, owners(items), CHANCE)
        for metric, hits in right.items()
    ]
