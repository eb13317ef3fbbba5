import math
import random

import pytest

from emlab import deep_dive
from emlab.log import LOG_COLUMNS


def test_the_benchmarks_ask_the_same_facts():
    letters, cloze = deep_dive.items("letters", 20), deep_dive.items("cloze", 20)
    assert [i["item_id"] for i in letters] == [i["item_id"] for i in cloze]
    for by_letter, by_text in zip(letters, cloze, strict=True):
        assert by_text["gold"] == by_text["choices"]["ABCD".index(by_letter["gold"])]
        assert by_text["prompt"].split("\n")[0] in by_letter["prompt"]


def test_fewer_problems_are_the_first_of_more():
    few = {i["item_id"]: i["prompt"] for i in deep_dive.items("problems", 9)}
    many = {i["item_id"]: i["prompt"] for i in deep_dive.items("problems", 30)}
    assert len(few) == 9 and few.items() <= many.items()


def test_an_unknown_benchmark_is_refused():
    with pytest.raises(ValueError, match="letters, cloze, problems"):
        deep_dive.items("mmlu", 3)


@pytest.mark.parametrize("benchmark", deep_dive.BENCHMARKS)
def test_the_log_is_whole_and_true(benchmark):
    import emlab

    log = deep_dive.ask(emlab.rungs()[:1], benchmark, 6)
    assert list(log.columns) == [*LOG_COLUMNS, "choices", "logprobs"] and len(log) == 6
    assert deep_dive.not_said(log, 6, random.Random(0)) == []
    forged = log.assign(response="nothing of the kind")
    assert deep_dive.not_said(forged, 6, random.Random(0)) == list(range(6))


def test_confidence_is_the_share_of_the_likeliest():
    assert deep_dive.confidence([math.log(0.06), math.log(0.03), math.log(0.01)]) == pytest.approx(0.6)
    assert deep_dive.confidence([-800.0, -800.0]) == pytest.approx(0.5)
