"""Classification tasks: a pool to take examples from and a test set that no rung ever trained on.

    task = load_task("reviews", labels="arbitrary", seed=0)
    task.pool[0]    # {"item_id": "reviews-pool-0001", "text": "the soup was cold and bland", "label": "wug"}
"""

import random
from collections.abc import Container
from dataclasses import dataclass
from functools import cache

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
    """At least `least` distinct items of one side of the split, numbered from 1, under the labels shown."""
    return [
        {"item_id": f"{name}-{part}-{i:04d}", "text": text, "label": shown[natural]}
        for i, (text, natural) in enumerate(_texts(name, part, split, least), start=1)
    ]


@cache
def _texts(name: str, part: str, split: str, least: int) -> tuple[tuple[str, str], ...]:
    """At least `least` different texts with their natural label.

    They are made in blocks, so that asking for more changes none of the first.
    """
    texts: dict[str, str] = {}
    while len(texts) < least:
        rng = random.Random(f"{name}/{part}/{len(texts)}" if texts else f"{name}/{part}")
        texts |= _block(name, split, rng, texts)
    return tuple(texts.items())


def _block(name: str, split: str, rng: random.Random, before: Container[str]) -> dict[str, str]:
    """About N_ITEMS new texts with their label, equally many of each class, in a shuffled order."""
    source = TASKS[name]
    found = []
    for label in source.LABELS:
        texts: dict[str, None] = {}  # a dict as an ordered set
        while len(texts) < -(-N_ITEMS // len(source.LABELS)):
            text = source.generate_from(rng, split, label)
            if text not in before:
                texts[text] = None
        found += [(text, label) for text in texts]
    rng.shuffle(found)
    return dict(found)
