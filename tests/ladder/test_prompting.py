import random
from collections import Counter

import pytest

from emlab.tasks import load_task
from ladder.prompting import blocked, draw_examples, few_shot_prompt

TASK = load_task("reviews")


def test_a_prompt_is_examples_and_a_query_and_ends_without_a_space():
    examples = [{"text": "the soup was cold", "label": "dax"}, {"text": "a good pie", "label": "wug"}]
    query = {"text": "it was a bad film"}
    arrow = "the soup was cold -> dax\na good pie -> wug\nit was a bad film ->"
    assert few_shot_prompt("arrow", examples, query) == arrow
    assert few_shot_prompt("review", [], query) == "Review: it was a bad film\nSentiment:"


@pytest.mark.parametrize("k", [0, 1, 4, 5, 10])
def test_examples_are_distinct_and_as_balanced_as_can_be(k):
    examples = draw_examples(TASK, k, random.Random(k))
    assert len({example["item_id"] for example in examples}) == k
    counts = Counter(example["label"] for example in examples)
    assert not counts or max(counts.values()) - min(counts[label] for label in TASK.labels) <= 1


def test_blocked_examples_end_with_the_label_that_was_asked_for():
    examples = draw_examples(TASK, 8, random.Random(0))
    labels = [example["label"] for example in blocked(examples, "positive")]
    assert labels == ["negative"] * 4 + ["positive"] * 4
