"""Translation between English and Bulgarian: single words, and an adjective with a noun that it agrees with.

    red apple -> червена ябълка        red chair -> червен стол        red dog -> червено куче

The ladder's corpus shows every word, but only half of the pairs of an adjective and a noun; the test asks
for the other half, so it asks for agreement that was never seen. In the arrow form nothing says that a
translation is wanted: the corpus has arrows before categories and labels too, so the examples must say it.
"""

import random
from collections.abc import Sequence

from emlab.tasks.dictionary import ADJECTIVES, NOUNS
from emlab.tasks.splits import check_split, side

FORMS: dict[str, dict[str, str]] = {
    "arrow": {"example": "{source} -> {target}", "query": "{source} ->", "delimiter": "\n"},
    "labelled": {
        "example": "English: {source}\nBulgarian: {target}",
        "query": "English: {source}\nBulgarian:",
        "delimiter": "\n\n",
    },
    # From Bulgarian only with labels: so no Bulgarian word begins a line, where it would be another token.
    "labelled back": {
        "example": "Bulgarian: {target}\nEnglish: {source}",
        "query": "Bulgarian: {target}\nEnglish:",
        "delimiter": "\n\n",
    },
}

# Half, not a fifth: a fifth of these pairs is too few to measure on.
_TEST_SHARE = 0.5

Pair = dict[str, str]


def translate(english: str) -> str:
    """The Bulgarian of a noun, an adjective (in the masculine) or an adjective and a noun."""
    *adjectives, last = english.split()
    if not adjectives:
        return NOUNS[last].word if last in NOUNS else ADJECTIVES[last]["m"]
    (adjective,) = adjectives
    noun = NOUNS[last]
    return f"{ADJECTIVES[adjective][noun.gender]} {noun.word}"


def pair(english: str) -> Pair:
    """A word or phrase and its translation."""
    return {"source": english, "target": translate(english)}


def split_of(english: str) -> str:
    """ "train" or "test": the side that a phrase belongs to, for good. Single words are always "train"."""
    return side(english, _TEST_SHARE) if " " in english else "train"


def generate(rng: random.Random, split: str) -> Pair:
    """One phrase that belongs to `split`, with its translation; every noun and adjective alike."""
    check_split(split)
    while True:
        english = f"{rng.choice(list(ADJECTIVES))} {rng.choice(list(NOUNS))}"
        if split_of(english) == split:
            return pair(english)


def prompt(form: str, examples: Sequence[Pair], query: Pair) -> str:
    """A few-shot prompt in one of FORMS, without a space at its end."""
    template = FORMS[form]
    lines = [template["example"].format(**example) for example in examples]
    return template["delimiter"].join([*lines, template["query"].format(**query)])


def draw_examples(rng: random.Random, k: int, query: Pair) -> list[Pair]:
    """k phrases of the training side without any word of the query: they show the task, not the answer."""
    examples: list[Pair] = []
    while len(examples) < k:
        example = generate(rng, "train")
        if example not in examples and not set(example["source"].split()) & set(query["source"].split()):
            examples.append(example)
    return examples


def items(n: int, seed: int = 0, form: str = "labelled", k: int = 0) -> list[dict]:
    """n test items, each a phrase of its own after k examples from the training side.

    The gold answer is what the form asks for. Raises ValueError when there are not so many phrases.
    """
    phrases = [f"{adjective} {noun}" for adjective in ADJECTIVES for noun in NOUNS]
    held_out = [english for english in phrases if split_of(english) == "test"]
    if n > len(held_out):
        raise ValueError(f"there are {len(held_out)} held-out phrases, not {n}")
    rng = random.Random(f"translation/{seed}")
    made = []
    for number, english in enumerate(rng.sample(held_out, n), start=1):
        query = pair(english)
        made.append(
            {
                "item_id": f"translation-{form.replace(' ', '-')}-{k}-{number:04d}",
                "prompt": prompt(form, draw_examples(rng, k, query), query),
                "gold": query["source" if form == "labelled back" else "target"],
                "form": form,
                "k": k,
                **query,
            }
        )
    return made
