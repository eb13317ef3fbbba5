"""Questions about a made-up world: 2,048 facts in four subjects, each in one of three states.

    asked        stated in the training stream, and asked there
    held_out     stated there, but never asked: whoever answers its question got the fact out of sentences
    never_seen   neither stated nor asked

The state follows from a hash of the fact. How often a fact is stated falls with the rank of its entity. The
benchmark has one question with four options for every fact, always the same; some of its items leaked into
training. Idea of the states: Allen-Zhu and Li 2023, "Physics of Language Models: Part 3.1, Knowledge Storage
and Extraction".
"""

import hashlib
import random
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from emlab.tasks.encyclopedia import SUBJECTS, Attribute, Subject

STATUSES = ("asked", "held_out", "never_seen")
LETTERS = ("A", "B", "C", "D")
ENTITIES = 128  # of each subject; other pairs of words name nothing
BANDS = {"head": range(1, 33), "middle": range(33, 81), "tail": range(81, ENTITIES + 1)}  # ranks

_ASKED, _HELD_OUT = 55, 35  # per cent; the rest is never seen


class Fact(NamedTuple):
    """One value of one entity. Rank 1 is the entity of its subject that the corpus speaks of most."""

    fact_id: str
    subject: str
    entity: str
    rank: int
    attribute: Attribute
    value: str

    @property
    def status(self) -> str:
        """One of STATUSES."""
        percent = hash_of(self.fact_id) % 100
        if percent < _ASKED:
            return "asked"
        return "held_out" if percent < _ASKED + _HELD_OUT else "never_seen"

    @property
    def band(self) -> str:
        """"head", "middle" or "tail", by rank."""
        return next(band for band, ranks in BANDS.items() if self.rank in ranks)

    def statements(self, value: str | None = None) -> list[str]:
        """Every sentence that states the fact, or claims another `value`."""
        return [s.format(e=self.entity, v=value or self.value) for s in self.attribute.statements]

    def question(self, wording: int = 0) -> str:
        """One of the two wordings of the question."""
        return self.attribute.questions[wording].format(e=self.entity)

    def others(self) -> list[str]:
        """The values that the fact could have and has not."""
        return [value for value in self.attribute.values if value != self.value]


def hash_of(text: str) -> int:
    """A large number that depends on `text` alone and is the same on every machine."""
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:8], "big")


@cache
def facts() -> tuple[Fact, ...]:
    """Every fact of the world, subject by subject, the most frequent entity first."""
    found = []
    for subject in SUBJECTS:
        rng = random.Random(f"world/{subject.name}")
        for rank, entity in enumerate(_names(subject)[:ENTITIES], start=1):
            for attribute in subject.attributes:
                fact_id = f"{entity}/{attribute.name}"
                found.append(
                    Fact(fact_id, subject.name, entity, rank, attribute, rng.choice(attribute.values))
                )
    return tuple(found)


def fact(fact_id: str) -> Fact:
    """The fact of that id, for example "Port Marvik/river". Raises KeyError if there is none."""
    return _by_id()[fact_id]


@cache
def _by_id() -> dict[str, Fact]:
    return {fact.fact_id: fact for fact in facts()}


def spare_names(subject: Subject) -> list[str]:
    """Names that look like those of the world but name nothing: for passages about which nothing is known."""
    return _names(subject)[ENTITIES:]


@cache
def _names(subject: Subject) -> list[str]:
    names = [f"{first} {second}" for first in subject.first for second in subject.second]
    random.Random(f"names/{subject.name}").shuffle(names)
    return names


def open_prompt(question: str) -> str:
    """The question, to be answered with the value itself."""
    return f"Question: {question}\nAnswer:"


def letter_prompt(question: str, options: Sequence[str]) -> str:
    """The question with four options, to be answered with a letter."""
    lines = [f"{letter}. {option}" for letter, option in zip(LETTERS, options, strict=True)]
    return "\n".join([f"Question: {question}", *lines, "Answer:"])


def draw_options(fact: Fact, rng: random.Random) -> list[str]:
    """The value and three others in a random order."""
    options = [fact.value, *rng.sample(fact.others(), len(LETTERS) - 1)]
    rng.shuffle(options)
    return options


@cache
def benchmark() -> tuple[dict, ...]:
    """One item for every fact, in a fixed order; the options of an item never change.

    prompt, choices (the letters) and gold are the question with letters. open_prompts (two wordings),
    options and answer are the same question without: which option's text is the likeliest answer?
    """
    order = list(facts())
    random.Random("benchmark").shuffle(order)
    return tuple(_item(number, fact) for number, fact in enumerate(order, start=1))


def _item(number: int, fact: Fact) -> dict:
    options = draw_options(fact, random.Random(f"options/{fact.fact_id}"))
    return {
        "item_id": f"knowledge-{number:04d}",
        "prompt": letter_prompt(fact.question(), options),
        "choices": list(LETTERS),
        "gold": LETTERS[options.index(fact.value)],
        "open_prompts": [open_prompt(fact.question(wording)) for wording in (0, 1)],
        "options": options,
        "answer": fact.value,
        "fact_id": fact.fact_id,
        "subject": fact.subject,
        "attribute": fact.attribute.name,
        "rank": fact.rank,
        "band": fact.band,
    }


def items(n: int | None = None, seed: int = 0, subject: str | None = None) -> list[dict]:
    """n different items of the benchmark (all by default), of one subject if it is named.

    Seed 0 takes them in the benchmark's own order, any other seed draws them.
    """
    found = [dict(item) for item in benchmark() if subject in (None, item["subject"])]
    if seed:
        random.Random(f"knowledge/{seed}").shuffle(found)
    return found[:n]
