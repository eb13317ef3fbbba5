import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emlab.tasks import commonsense
from emlab.tasks.commonsense import SCALES, THINGS, Comparison, generate

seeds = st.integers(0, 2**32)


@pytest.mark.parametrize(
    ("comparison", "prompt", "answer"),
    [
        (Comparison("weight", "key", "car", True), "Which is heavier, a key or a car?\nAnswer:", "car"),
        (Comparison("size", "apple", "car", False), "Which is smaller, an apple or a car?\nAnswer:", "apple"),
        (Comparison("price", "piano", "pen", True), "Which costs more, a piano or a pen?\nAnswer:", "piano"),
        (Comparison("weight", "cow", "pen", False), "Which is lighter, a cow or a pen?\nAnswer:", "pen"),
    ],
)
def test_a_question_and_its_answer(comparison, prompt, answer):
    assert (comparison.prompt(), comparison.answer) == (prompt, answer)


def test_the_statement_says_what_the_answer_says():
    assert Comparison("weight", "key", "car", True).statement() == "A car is heavier than a key."
    assert Comparison("size", "egg", "island", True).statement() == "An island is larger than an egg."


@given(seeds, st.sampled_from(("train", "test")))
def test_a_comparison_of_a_split_belongs_to_it_in_either_order(seed, split):
    scale, first, second, more = generate(random.Random(seed), split)
    assert commonsense.split_of(Comparison(scale, second, first, not more)) == split


@pytest.mark.parametrize("scale", SCALES)
def test_items_are_held_out_pairs_that_clearly_differ(scale):
    items = commonsense.items(500, scale=scale)
    assert items == commonsense.items(500, scale=scale)
    asked = set()
    for item in items:
        first, second = re.findall(r"an? (\w+)", item["prompt"])
        assert item["choices"] == [first, second]
        assert commonsense.split_of(Comparison(scale, first, second, True)) == "test"
        values = {thing: getattr(THINGS[thing], scale) for thing in (first, second)}
        assert max(values.values()) > 2 * min(values.values())
        assert item["gold"] == (max if item["more"] else min)(values, key=values.get)
        asked.add(frozenset((first, second)))
    assert len(asked) == len({item["item_id"] for item in items}) == 500
    assert 0.4 < sum(item["gold"] == item["choices"][0] for item in items) / 500 < 0.6


def test_everything_is_compared_in_training():
    rng = random.Random(0)
    seen = {thing for _ in range(5_000) for thing in generate(rng, "train")[1:3]}
    assert seen == set(THINGS)


def test_more_items_than_pairs_are_refused():
    with pytest.raises(ValueError, match="held-out pairs, not 5000"):
        commonsense.items(5000, scale="size")
