"""A learner that reads the examples' labels off by their sentiment or topic, and nothing else."""

import re

import pytest

import emlab
from emlab.tasks.reviews import sentiment
from emlab.tasks.topics import topic
from ladder.measure import few_shot, order, selection
from tests.ladder.measure.answering import rung_that


def shown(context, meaning):
    """The (meaning, label) of each example, and the query's meaning."""
    lines = re.findall(r"(?:Review|Input): (.*)\n\w+:(?: (\w+))?", context)
    *examples, (query, _) = lines
    return [(meaning(text), label) for text, label in examples], meaning(query)


def learner(meaning):
    def answer(context):
        examples, query = shown(context, meaning)
        return dict(examples).get(query, "")

    return rung_that(answer)


LAST_LABEL = rung_that(lambda context: re.findall(r"Sentiment: (\w+)", context)[-1])


def test_a_learner_is_right_as_soon_as_there_is_an_example_of_each_class():
    rows = few_shot.by_condition(learner(sentiment))
    assert {tuple(row)[5:18] for row in rows} == {tuple(rows[0])[5:18]}
    assert set(emlab.RESULT_COLUMNS) <= set(rows[0])
    assert len(rows) == 18
    for row in rows:
        assert row["n"] == row["n_items"] == 500 and row["n_seeds"] == 25
        if row["k"] >= 2:
            assert (row["acc"], row["n_correct"], row["seed_sd"]) == (1.0, 500, 0.0)
        if row["k"] == 0:
            assert 0.4 < row["acc"] < 0.6  # the first of two equally likely labels


def test_labels_within_a_half_are_learnt_alike_and_come_from_one_half():
    rows = few_shot.within_a_half(learner(sentiment))
    assert [row["acc"] for row in rows if row["k"] >= 2] == [1.0] * 4
    for seed in range(1, 9):
        pair = few_shot._reviews_within_a_half("arbitrary", seed).labels
        assert len({label in few_shot.FIRST_HALF for label in pair}) == 1


def test_the_formats_and_the_instruction_are_in_the_prompt():
    seen = []
    few_shot.by_template(rung_that(lambda context: seen.append(context) or ""))
    assert {"\nSentiment:", "\nOutput:", " ->", "\nA:", " |"} == {
        re.search(r"(\n\w+:| ->| \|)$", context)[0] for context in seen
    }
    seen.clear()
    rows = few_shot.by_instruction(rung_that(lambda context: seen.append(context) or ""))
    told = {context for context in seen if context.startswith("Classify each text.\n\n")}
    assert len(told) == len(set(seen)) / 2
    assert {row["instruction"] for row in rows} == {"none", "classify"}


def test_three_topics_are_learnt_from_three_examples():
    rows = few_shot.three_way(learner(topic))
    assert {(row["task"], row["n"], row["chance"]) for row in rows} == {("topics", 501, 1 / 3)}
    for row in rows:
        if row["k"] >= 3:
            assert row["value"] == 1.0
        elif row["k"] == 2:
            assert 0.6 < row["value"] < 0.85


def test_who_says_the_last_label_is_pulled_and_a_learner_is_not():
    for row in order.recency(LAST_LABEL):
        assert (row["share_last"], row["acc"], row["n_items"]) == (1.0, 0.5, 500)
    for row in order.recency(learner(sentiment)):
        assert (row["share_last"], row["acc"]) == (0.5, 1.0)


def test_the_order_matters_to_who_says_the_last_label_alone():
    (row,) = order.all_orders(LAST_LABEL)
    assert (row["acc_mean"], row["changed"]) == (0.5, 1.0)
    assert (row["n_sets"], row["n_orders"], row["n_items"]) == (5, 24, 500)
    (row,) = order.all_orders(learner(sentiment))
    assert (row["acc_min"], row["acc_max"], row["changed"]) == (1.0, 1.0, 0.0)


def test_one_sided_examples_pull_who_says_the_commonest_label():
    def commonest(context):
        labels = re.findall(r"Sentiment: (\w+)", context)
        return max(labels, key=labels.count)

    rows = selection.selection(rung_that(commonest))
    found = {(row["condition"], row["strategy"], row["metric"]): row["value"] for row in rows}
    for condition in ("natural", "arbitrary"):
        for strategy in ("four of one class", "all of one class"):
            assert found[condition, strategy, "share_most"] == 1.0
            assert found[condition, strategy, "acc"] == 0.5
        assert found[condition, "similar", "acc"] > 0.65  # what shares words shares the sentiment
    assert {row["n"] for row in rows} == {500}


@pytest.mark.parametrize("name", selection.STRATEGIES)
def test_every_strategy_shows_five_different_examples(name):
    task = selection.reviews("natural", 0)
    rng = selection.rng_for(name)
    for query in task.test[:20]:
        examples = selection.STRATEGIES[name](task, query, "positive", rng)
        assert len({example["item_id"] for example in examples}) == 5
        if name == "similar":
            overlaps = [len(set(e["text"].split()) & set(query["text"].split())) for e in examples]
            assert overlaps == sorted(overlaps)
