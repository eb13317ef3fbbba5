"""No item of a benchmark stands in what the models train on, but for the deliberate leak."""

import random
from functools import cache
from itertools import islice

import pytest

from emlab.tasks import (
    arithmetic,
    commonsense,
    knowledge,
    load_task,
    programs,
    syllogisms,
    translation,
    traps,
    word_problems,
)
from ladder.corpus.leak import early_items, leaked_items
from ladder.corpus.stream import documents

DOCUMENTS = 20_000  # of about 2.4 million tokens, a third of the main part of a training
LATE_DOCUMENTS = 7_000  # about as many as the late part has
N = 300  # items of each kind


@pytest.fixture(scope="module")
def stretch() -> str:
    """A long stretch of the stream, with a line break before and after each document."""
    return text_of("main", DOCUMENTS) + text_of("late", LATE_DOCUMENTS)


@cache
def text_of(mix: str, n: int) -> str:
    made = islice(documents(random.Random("held out"), mix), n)
    return "\n" + "\n".join("".join(text for text, _ in document) for _, document in made) + "\n"


def prompts(items) -> list[str]:
    return [item["prompt"] for item in items]


def held_out_questions() -> list[str]:
    """The benchmark's questions, in the open form, of facts that are never asked."""
    leaked = {item["item_id"] for item in leaked_items()}
    unasked = [i for i in knowledge.benchmark() if knowledge.fact(i["fact_id"]).status != "asked"]
    return [i["prompt"].split("\n")[0] + "\n" for i in unasked if i["item_id"] not in leaked]


HELD_OUT = {
    "reviews": lambda: [f"{i['text']}\nSentiment:" for i in load_task("reviews").test],
    "reviews before an arrow": lambda: [f"\n{i['text']} ->" for i in load_task("reviews").test],
    "topics": lambda: [f" {i['text']}\n" for i in load_task("topics").test],
    "topics before an arrow": lambda: [f"\n{i['text']} ->" for i in load_task("topics").test],
    "sums of two digits": lambda: prompts(arithmetic.items(N, digits=2)),
    "sums of three digits": lambda: prompts(arithmetic.items(N, digits=3)),
    "sums of four digits": lambda: prompts(arithmetic.items(N, digits=4)),
    "word problems of one step": lambda: prompts(word_problems.items(N, steps=1)),
    "word problems of three steps": lambda: prompts(word_problems.items(N, steps=3, style="cot")),
    "programs": lambda: prompts(programs.items(N, operations=2)),
    "programs of new compositions": lambda: prompts(programs.items(N, operations=2, composition="new")),
    "questions": held_out_questions,
    "proverbs after an instruction": lambda: prompts(traps.items(50, kind="proverb")),
    "claims": lambda: prompts(traps.items(N, kind="claim")),
    "negations": lambda: prompts(traps.items(N, kind="negation")),
    "phrases": lambda: [f"\n{i['source']} -> " for i in translation.items(N)],
    "syllogisms": lambda: prompts(syllogisms.items(N)),
    "comparisons": lambda: prompts(commonsense.items(N)),
}


@pytest.mark.parametrize("kind", HELD_OUT)
def test_no_held_out_item_occurs_in_the_stream(kind, stretch):
    texts = HELD_OUT[kind]()
    assert len(texts) >= 50 and min(map(len, texts)) > 6
    assert [text for text in texts if text in stretch] == []


def test_the_search_would_find_what_occurs(stretch):
    """The same search finds items that were trained on, so that finding none above means something."""
    rng = random.Random("control")
    sums = [arithmetic.generate(rng, "train", digits=2)["prompt"] for _ in range(N)]
    assert sum(text in stretch for text in sums) > N / 2


@pytest.mark.parametrize(
    ("items", "mix", "n"), [(early_items, "main", DOCUMENTS), (leaked_items, "late", LATE_DOCUMENTS)]
)
def test_leaked_items_occur_word_for_word(items, mix, n):
    """All of them in a whole training; a few of them not in a third."""
    text = text_of(mix, n)
    found = [f"{item['prompt']} {item['gold']}" in text for item in items()]
    assert sum(found) > 0.9 * len(found)
