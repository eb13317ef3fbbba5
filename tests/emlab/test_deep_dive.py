import math
import random

import pytest

import emlab
from emlab import benchmarks, deep_dive

SMALLEST = emlab.rungs()[:1]


def test_both_forms_ask_the_same_facts():
    letters, cloze = deep_dive.items("letters", 20), deep_dive.items("cloze", 20)
    assert [i["item_id"] for i in letters] == [i["item_id"] for i in cloze]
    for by_letter, by_text in zip(letters, cloze, strict=True):
        assert by_text["gold"] == by_text["choices"]["ABCD".index(by_letter["gold"])]
        assert by_text["prompt"].split("\n")[0] in by_letter["prompt"]


def test_fewer_problems_are_the_first_of_more():
    few = {i["item_id"]: i for i in deep_dive.items("problems", 9)}
    many = {i["item_id"]: i for i in deep_dive.items("problems", 30)}
    assert len(few) == 9 and few.items() <= many.items()
    assert all(i["solution"].endswith(f"Answer: {i['gold']}") for i in few.values())


def test_an_unknown_condition_is_refused():
    with pytest.raises(ValueError, match="letters, cloze, problems"):
        deep_dive.items("mmlu", 3)


@pytest.mark.parametrize("condition", deep_dive.TASKS)
def test_the_log_is_what_the_command_measures(condition):
    log = deep_dive.ask(SMALLEST, condition, 6)
    assert tuple(log.columns) == deep_dive.COLUMNS
    known = {i["item_id"]: i for i in deep_dive.items(condition, 6)}
    assert sorted(log["item_id"]) == sorted(known)
    assert all(known[row["item_id"]]["gold"] == row["gold"] for row in log.to_dict("records"))
    each = 6 // len(deep_dive.TASKS[condition])
    results = benchmarks.run(emlab.load(SMALLEST[0]), deep_dive.TASKS[condition], limit=each)
    assert log["correct"].mean() == pytest.approx(sum(r.values[0].value for r in results) / len(results))


@pytest.mark.parametrize("condition", deep_dive.TASKS)
def test_a_response_that_no_model_gave_is_found(condition):
    log = deep_dive.ask(SMALLEST, condition, 6)
    assert deep_dive.not_said(log, 6, random.Random(0)) == []
    forged = log.copy()
    forged.loc[2, "response"] = "nothing of the kind"
    forged.loc[4, "item_id"] = "another-0001"
    assert deep_dive.not_said(forged, 6, random.Random(0)) == [2, 4]


def test_a_choice_that_is_not_the_likeliest_and_a_confidence_that_is_not_the_model_s_are_found():
    log = deep_dive.ask(SMALLEST, "letters", 6)
    log.loc[0, "response"] = next(letter for letter in "ABCD" if letter != log.loc[0, "response"])
    log.loc[3, "confidence"] = 0.99
    assert deep_dive.not_said(log, 6, random.Random(0)) == [0, 3]


def test_confidence_is_the_share_of_the_likeliest():
    model = emlab.load(SMALLEST[0])
    log = deep_dive.ask(SMALLEST, "cloze", 3)
    for item, row in zip(deep_dive.items("cloze", 3), log.to_dict("records"), strict=True):
        scored = model.loglikelihood([(item["prompt"], f" {choice}") for choice in item["choices"]])
        chances = [math.exp(logprob) for logprob, _ in scored]
        assert row["confidence"] == pytest.approx(max(chances) / sum(chances), abs=1e-5)
    assert deep_dive.ask(SMALLEST, "problems", 3)["confidence"].isna().all()
