"""Sums, word problems and programs in the training documents: held-out items are not among them."""

import random
import re

import pytest

from emlab.tasks import arithmetic as arithmetic_items
from emlab.tasks import programs as program_items
from emlab.tasks import word_problems as problem_items
from ladder.corpus import arithmetic, programs, word_problems
from ladder.corpus.episodes import ANSWER, CONTEXT
from ladder.corpus.filling import DOCUMENT_TOKENS, fill, n_pieces

FAMILIES = [
    arithmetic.addition,
    word_problems.direct_word_problems,
    word_problems.stepwise_word_problems,
    programs.python_functions,
]


def texts(make, n=1000):
    rng = random.Random("test")
    return ["".join(text for text, _ in make(rng)) for _ in range(n)]


@pytest.mark.parametrize("make", FAMILIES)
def test_a_document_is_a_row_of_items_that_fits(make):
    rng = random.Random(0)
    documents = [make(rng) for _ in range(300)]
    lengths = [n_pieces(document) for document in documents]
    assert max(lengths) <= DOCUMENT_TOKENS
    assert sum(lengths) / len(lengths) > 0.8 * DOCUMENT_TOKENS
    for document in documents:
        assert [weight for _, weight in document] == [CONTEXT, ANSWER, CONTEXT] * (len(document) // 3)


def test_an_item_that_does_not_fit_is_left_out():
    assert fill(lambda: [("one two three", ANSWER)], most=8) == [("one two three", ANSWER)] * 2
    assert fill(lambda: [("one two three", ANSWER)], most=2) == [("one two three", ANSWER)]


def test_sums_are_right_and_of_every_length_and_none_is_held_out():
    sums = re.findall(r"^(\d+) \+ (\d+) = (\d+)$", "".join(texts(arithmetic.addition)), re.MULTILINE)
    assert {len(a) for a, _, _ in sums} == {1, 2, 3, 4}
    for a, b, total in sums:
        assert int(a) + int(b) == int(total)
        assert arithmetic_items.addition_split(int(a), int(b)) == "train"


@pytest.mark.parametrize(
    ("make", "style"),
    [(word_problems.direct_word_problems, "direct"), (word_problems.stepwise_word_problems, "cot")],
)
def test_held_out_word_problems_do_not_occur_in_either_style(make, style):
    stretch = "".join(texts(make))
    for n in range(1, problem_items.MOST_STEPS + 1):
        for item in problem_items.items(500, steps=n, style=style):
            assert item["prompt"] + " " + item["gold"] not in stretch
    assert ("Steps:" in stretch) == (style == "cot")


def test_held_out_programs_do_not_occur():
    stretch = "".join(texts(programs.python_functions))
    for operations, composition in [(1, "seen"), (2, "seen"), (2, "new"), (3, "seen"), (3, "new")]:
        for item in program_items.items(500, operations=operations, composition=composition):
            assert item["prompt"] + item["gold"] not in stretch
