import hashlib
from collections import Counter

import pytest

from emlab.tasks import ARBITRARY_LABELS, CONDITIONS, load_task, topics
from emlab.tasks.labels import FIRST_HALF
from emlab.tasks.reviews import sentiment, split_of


@pytest.mark.parametrize("condition", CONDITIONS)
def test_pool_and_test_are_balanced_distinct_and_on_their_side(condition):
    task = load_task("reviews", labels=condition, seed=3)
    assert task.condition == condition and task.name == "reviews"
    for part, split, items in (("pool", "train", task.pool), ("test", "test", task.test)):
        assert Counter(item["label"] for item in items) == dict.fromkeys(task.labels, 100)
        assert {split_of(item["text"]) for item in items} == {split}
        assert len({item["text"] for item in items}) == 200
        assert [item["item_id"] for item in items] == [f"reviews-{part}-{i:04d}" for i in range(1, 201)]


def test_only_the_labels_differ_between_conditions_and_seeds():
    natural, flipped = load_task("reviews"), load_task("reviews", labels="flipped")
    arbitrary = load_task("reviews", labels="arbitrary", seed=1)
    for a, b, c in zip(natural.test, flipped.test, arbitrary.test, strict=True):
        assert a["text"] == b["text"] == c["text"] and a["item_id"] == b["item_id"] == c["item_id"]
        assert a["label"] == sentiment(a["text"]) != b["label"]
    shown = {(a["label"], c["label"]) for a, c in zip(natural.test, arbitrary.test, strict=True)}
    assert len(shown) == 2 and set(arbitrary.labels) <= set(ARBITRARY_LABELS)


def test_the_seed_draws_the_arbitrary_labels_and_nothing_else():
    pairs = [load_task("reviews", labels="arbitrary", seed=seed).labels for seed in range(20)]
    assert len(set(pairs)) > 10
    assert all(len({label in FIRST_HALF for label in pair}) == 2 for pair in pairs)
    assert all(list(pair) == sorted(pair) for pair in pairs)
    again = [load_task("reviews", labels="arbitrary", seed=5) for _ in range(2)]
    assert again[0] == again[1]


def test_the_items_that_exercise_1_was_written_with_stay():
    task = load_task("reviews")
    text = "\n".join(item["item_id"] + item["text"] for item in task.pool + task.test)
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == "b93366cc9d07441e"


def test_more_test_items_begin_with_the_same_ones_and_stay_distinct():
    few, many = load_task("reviews", "arbitrary"), load_task("reviews", "arbitrary", n_test=500)
    assert many.test[:200] == few.test and many.pool == few.pool
    assert len({item["text"] for item in many.test}) == len({item["item_id"] for item in many.test}) == 600
    assert Counter(item["label"] for item in many.test) == dict.fromkeys(many.labels, 300)
    assert {split_of(item["text"]) for item in many.test} == {"test"}


@pytest.mark.parametrize("condition", CONDITIONS)
def test_topics_are_a_three_way_task(condition):
    task = load_task("topics", labels=condition, seed=2, n_test=500)
    assert len(task.labels) == 3
    assert Counter(item["label"] for item in task.test) == dict.fromkeys(task.labels, 201)
    assert {topics.split_of(item["text"]) for item in task.test} == {"test"}
    assert {topics.split_of(item["text"]) for item in task.pool} == {"train"}
    shown = {(topics.topic(item["text"]), item["label"]) for item in task.test}
    assert len(shown) == 3
    assert all((natural == label) == (condition == "natural") for natural, label in shown)


def test_an_unknown_task_or_condition_is_named():
    with pytest.raises(ValueError, match="'poems'.*reviews"):
        load_task("poems")
    with pytest.raises(ValueError, match="natural, arbitrary, flipped, not 'random'"):
        load_task("reviews", labels="random")
