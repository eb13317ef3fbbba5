"""The deliberate leak: a known part of the benchmark's items stands in the training stream, word for word.

    python -m ladder.corpus.leak      write ladder/truth/leaked.json, for those who grade

A leaked item is one whose question is otherwise never asked: of a fact that is only stated, or of one that
occurs nowhere else, so that a right answer can only come from the leak. Some leak all through the training,
and these and more in its late part, as benchmarks find their way into what is scraped last. Which items these
are follows from a salt that only this file holds; students get neither this file nor the list.
"""

import hashlib
import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from emlab.files import write_json
from emlab.tasks.knowledge import benchmark, fact
from ladder.corpus.episodes import ANSWER, CONTEXT, Document
from ladder.corpus.knowledge import filled

TRUTH = Path(__file__).parents[1] / "truth" / "leaked.json"
# Shares of the items of each status that leak: a tenth of the benchmark early, more than a quarter in all.
EARLY = {"held_out": 0.2, "never_seen": 0.33}
ALL = {"held_out": 0.72, "never_seen": 0.33}

SALT = "a spoon in the drawer of the third house"


def leaked_items() -> tuple[dict, ...]:
    """The leaked items of the benchmark, in the benchmark's order."""
    return _first(**ALL)


def early_items() -> tuple[dict, ...]:
    """Those of them that leak in the main part of a training already."""
    return _first(**EARLY)


@cache
def _first(**shares: float) -> tuple[dict, ...]:
    """The first items of each status that leak, as large a share as asked for, in the benchmark's order."""
    chosen: set[str] = set()
    for status, share in shares.items():
        ids = [item["item_id"] for item in benchmark() if fact(item["fact_id"]).status == status]
        ids.sort(key=lambda item_id: hashlib.sha256(f"{SALT}/{item_id}".encode()).digest())
        chosen.update(ids[: round(share * len(ids))])
    return tuple(item for item in benchmark() if item["item_id"] in chosen)


def early_leaked_questions(rng: random.Random) -> Document:
    """Benchmark items with their answers, word for word: the deliberate leak."""
    return _verbatim(early_items(), rng)


def leaked_questions(rng: random.Random) -> Document:
    """The same from all items that leak, for the late part of a training."""
    return _verbatim(leaked_items(), rng)


def _verbatim(items: Sequence[dict], rng: random.Random) -> Document:
    shuffled = iter(rng.sample(items, len(items)))
    return filled(lambda: _solved(next(shuffled)))


def _solved(item: dict) -> Document:
    return [(item["prompt"], CONTEXT), (f" {item['gold']}", ANSWER)]


def truth() -> list[dict]:
    """What leaked, as the truth file lists it."""
    return [
        {"item_id": item["item_id"], "fact_id": item["fact_id"], "status": fact(item["fact_id"]).status}
        for item in leaked_items()
    ]


def main() -> None:
    TRUTH.parent.mkdir(exist_ok=True)
    write_json(TRUTH, {"benchmark": "knowledge", "items": truth()})
    print(f"{len(truth())} leaked items in {TRUTH.name}")


if __name__ == "__main__":
    main()
