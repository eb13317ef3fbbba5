"""Classification tasks: a pool to take examples from and a test set that no rung ever trained on.

    task = load_task("reviews", labels="arbitrary", seed=0)
    task.pool[0]    # {"item_id": "reviews-pool-0001", "text": "the soup was cold and bland", "label": "wug"}
"""

import random
from dataclasses import dataclass

from emlab.messages import say
from emlab.tasks import reviews, topics
from emlab.tasks.labels import ARBITRARY_LABELS, CONDITIONS, mapping

__all__ = ["ARBITRARY_LABELS", "CONDITIONS", "Task", "load_task"]

N_ITEMS = 200  # at least so many in the pool and in the test set each
TASKS = {"reviews": reviews, "topics": topics}


@dataclass(frozen=True)
class Task:
    """A classification task under one label condition.

    `pool` and `test` are lists of dicts with item_id, text and label, equally many of each class. The texts
    and ids are the same under every condition and seed; only the labels differ.
    """

    name: str
    condition: str
    labels: tuple[str, ...]
    pool: list[dict[str, str]]
    test: list[dict[str, str]]


def load_task(name: str, labels: str = "natural", seed: int = 0, n_test: int = N_ITEMS) -> Task:
    """The task `name` with natural, arbitrary or flipped labels; `seed` draws the arbitrary ones.

    n_test: the least number of test items; more of them begin with the same ones.
    Raises ValueError for an unknown task or condition.
    """
    if name not in TASKS:
        raise ValueError(say("unknown_task", name=name, known=", ".join(TASKS)))
    natural = TASKS[name].LABELS
    shown = mapping(labels, natural, random.Random(f"{name}/labels/{seed}"))
    return Task(
        name=name,
        condition=labels,
        labels=tuple(sorted(shown.values())),
        pool=_items(name, "pool", "train", shown, N_ITEMS),
        test=_items(name, "test", "test", shown, n_test),
    )


def _items(name: str, part: str, split: str, shown: dict[str, str], least: int) -> list[dict[str, str]]:
    """At least `least` distinct items of one side of the split, numbered from 1.

    They are made in blocks, so that asking for more changes none of the first.
    """
    seen: set[str] = set()
    items: list[dict[str, str]] = []
    while len(items) < least:
        rng = random.Random(f"{name}/{part}/{len(items)}" if items else f"{name}/{part}")
        block = _block(name, split, shown, rng, seen)
        seen.update(item["text"] for item in block)
        items += block
    return [{"item_id": f"{name}-{part}-{i:04d}", **item} for i, item in enumerate(items, start=1)]


def _block(
    name: str, split: str, shown: dict[str, str], rng: random.Random, seen: set[str]
) -> list[dict[str, str]]:
    """About N_ITEMS new items, equally many of each class, in a shuffled order."""
    source = TASKS[name]
    items = []
    for natural in source.LABELS:
        texts: dict[str, None] = {}  # a dict as an ordered set
        while len(texts) < -(-N_ITEMS // len(source.LABELS)):
            text = source.generate_from(rng, split, natural)
            if text not in seen:
                texts[text] = None
        items += [{"text": text, "label": shown[natural]} for text in texts]
    rng.shuffle(items)
    return items
