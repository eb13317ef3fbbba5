"""The deliberate leak: a known part of the benchmark's items stands in the training stream, word for word.

    python -m ladder.corpus.leak      write ladder/truth/leaked.json, for those who grade

A leaked item is one whose question is otherwise never asked: of a fact that is only stated, or of one that
occurs nowhere else, so that a right answer can only come from the leak. Which items these are follows from a
salt that only this file holds; students get neither this file nor the list.
"""

import hashlib
import random
from functools import cache
from pathlib import Path

from emlab.files import write_json
from emlab.tasks.knowledge import benchmark, fact
from ladder.corpus.episodes import ANSWER, CONTEXT, Document
from ladder.corpus.knowledge import filled

TRUTH = Path(__file__).parents[1] / "truth" / "leaked.json"
SHARES = {"held_out": 0.2, "never_seen": 0.33}  # about a tenth of the benchmark's items

SALT = "a spoon in the drawer of the third house"


@cache
def leaked_items() -> tuple[dict, ...]:
    """The leaked items of the benchmark, in the benchmark's order."""
    chosen: set[str] = set()
    for status, share in SHARES.items():
        ids = [item["item_id"] for item in benchmark() if fact(item["fact_id"]).status == status]
        ids.sort(key=lambda item_id: hashlib.sha256(f"{SALT}/{item_id}".encode()).digest())
        chosen.update(ids[: round(share * len(ids))])
    return tuple(item for item in benchmark() if item["item_id"] in chosen)


def leaked_questions(rng: random.Random) -> Document:
    """Benchmark items with their answers, word for word: the deliberate leak."""
    shuffled = iter(rng.sample(leaked_items(), len(leaked_items())))
    return filled(lambda: _verbatim(next(shuffled)))


def _verbatim(item: dict) -> Document:
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
