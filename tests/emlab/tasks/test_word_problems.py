import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emlab.tasks import plots, word_problems
from emlab.tasks.world import PEOPLE

seeds = st.integers(0, 2**32)
steps = st.integers(1, word_problems.MOST_STEPS)

# What the words say, read from the text alone.
MORE = re.compile(r"\b(more|buys|finds|get on|come in|has \d+|There are|bakes|picks|brings|puts in)\b")
LESS = re.compile(r"\b(sells|loses|gives \d+ to|eats|takes|get off|leave)\b")


def solve(text):
    """The answer to a problem, found from its sentences."""
    value = 0
    for sentence in text.split(". ")[:-1]:
        if "twice" in sentence:
            value *= 2
            continue
        number = int(re.search(r"\d+", sentence)[0])
        assert bool(LESS.search(sentence)) != bool(MORE.search(sentence)), sentence
        value += -number if LESS.search(sentence) else number
    return value


@given(seeds, steps, st.sampled_from(word_problems.STYLES), st.sampled_from(("train", "test")))
def test_the_gold_answer_is_what_the_sentences_say(seed, n, style, split):
    item = word_problems.generate(random.Random(seed), split, steps=n, style=style)
    text = item["prompt"].removeprefix("Question: ").split("\n")[0]
    assert solve(text) == int(item["answer"])
    assert word_problems.final_answer(f" {item['gold']}\n\nQuestion", style) == item["answer"]
    assert item["steps"] == n == len(text.split(". ")) - 2


@given(seeds, steps)
def test_steps_follow_from_one_another_and_stay_small(seed, n):
    problem = word_problems.draw(random.Random(seed), n)
    value = problem.start
    for line in problem.steps:
        a, sign, b, _, result = line.split()
        assert int(a) == value
        value = int(a) + int(b) if sign == "+" else int(a) - int(b)
        assert value == int(result) and 0 <= value <= word_problems.LARGEST


@given(seeds, steps)
def test_both_styles_of_a_problem_are_on_its_side(seed, n):
    direct = word_problems.generate(random.Random(seed), "test", steps=n, style="direct")
    cot = word_problems.generate(random.Random(seed), "test", steps=n, style="cot")
    assert direct["content"] == cot["content"] and direct["answer"] == cot["answer"]
    assert direct["prompt"].removesuffix("Answer:") == cot["prompt"].removesuffix("Steps:")


@pytest.mark.parametrize("n", range(1, word_problems.MOST_STEPS + 1))
def test_held_out_problems_are_never_drawn_for_training(n):
    held_out = {item["content"] for item in word_problems.items(500, steps=n)}
    assert len(held_out) == 500
    rng = random.Random(0)
    training = {word_problems.generate(rng, "train", steps=n)["content"] for _ in range(3000)}
    assert len(training) > 500 and not training & held_out


def test_items_have_the_same_ids_and_problems_in_both_styles():
    direct = word_problems.items(500, steps=2, style="direct")
    cot = word_problems.items(500, steps=2, style="cot")
    assert direct == word_problems.items(500, steps=2)
    assert [item["item_id"] for item in direct] == [f"word-problem-2-{i:04d}" for i in range(1, 501)]
    assert [(i["item_id"], i["content"]) for i in direct] == [(i["item_id"], i["content"]) for i in cot]


def test_a_chain_is_right_only_if_every_step_is():
    item = word_problems.items(1, steps=3, style="cot")[0]
    assert word_problems.steps_correct(item, f" {item['gold']}\n\n")
    first, rest = item["gold"].split(". ", 1)
    assert not word_problems.steps_correct(item, f" {rest}")
    assert not word_problems.steps_correct(item, f" {first}9. {rest}")
    assert not word_problems.steps_correct(item, f"\nAnswer: {item['answer']}")


@pytest.mark.parametrize(
    ("completion", "style", "answer"),
    [
        (" 12\n\nQuestion: 3", "direct", "12"),
        (" 12 eggs", "direct", "12 eggs"),
        ("", "direct", ""),
        (" 3 + 4 = 7.\nAnswer: 7\n\n", "cot", "7"),
        (" 3 + 4 = 7.", "cot", None),
        (" 3 + 4 = 7.\nAnswer:", "cot", ""),
    ],
)
def test_the_answer_is_read_strictly(completion, style, answer):
    assert word_problems.final_answer(completion, style) == answer


def test_she_and_he_are_always_clear():
    assert set(plots.WOMEN) | set(plots.MEN) == set(PEOPLE)
    rng = random.Random(0)
    for plot in plots.PLOTS.values():
        for _ in range(50):
            words = plots.cast(plot, rng)
            assert (words["name"] in plots.WOMEN) == (words["she"] == "she") == (words["friend"] in plots.MEN)


@pytest.mark.parametrize("name", plots.PLOTS)
def test_a_text_belongs_to_one_problem_alone(name):
    plot = plots.PLOTS[name]
    read = {}
    rng = random.Random(0)
    for _ in range(2000):
        words = plots.cast(plot, rng)
        for sentence in (*plot.gains, *plot.losses, plots.TWICE):
            assert read.setdefault(sentence.format(n=2, **words), sentence) == sentence
    assert len({plot.start.split("{n}")[0] + plot.question for plot in plots.PLOTS.values()}) == 6


def test_unknown_splits_and_styles_are_refused():
    with pytest.raises(ValueError, match="dev"):
        word_problems.generate(random.Random(0), "dev", steps=1)
    with pytest.raises(ValueError, match="aloud"):
        word_problems.generate(random.Random(0), "test", steps=1, style="aloud")
