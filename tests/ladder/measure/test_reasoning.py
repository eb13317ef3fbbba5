import re

from emlab.tasks.commonsense import THINGS
from ladder.measure import reasoning
from tests.ladder.measure.answering import rung_that


def test_who_always_says_yes_is_right_on_valid_arguments_alone():
    rows = reasoning.logic(rung_that(lambda context: "yes"))
    found = {(row["condition"], row["metric"]): row["value"] for row in rows}
    assert found["valid", "acc"] == found["barbara", "acc"] == 1.0
    assert found["invalid", "acc"] == found["illicit minor", "acc"] == 0.0
    assert found["all", "acc"] == 0.5
    assert found["invalid, believable", "says_yes"] == 1.0
    assert all(row["n"] >= 500 for row in rows)


def test_who_answers_by_belief_shows_it():
    def believer(context):
        claim = re.search(r"follow that (every|no|some) (\w+) is an? (\w+)\?", context)
        if claim is None or claim[3] not in reasoning.syllogisms.REAL:
            return "no"
        is_one = claim[2] in reasoning.syllogisms.REAL[claim[3]]
        return "yes" if is_one == (claim[1] != "no") else "no"

    rows = reasoning.logic(rung_that(believer))
    found = {row["condition"]: row["value"] for row in rows if row["metric"] == "says_yes"}
    assert found == {
        "valid, believable": 1.0,
        "valid, unbelievable": 0.0,
        "invalid, believable": 1.0,
        "invalid, unbelievable": 0.0,
    }


def test_who_says_that_nothing_ever_follows_is_right_on_fallacies_alone():
    rows = reasoning.what_follows(rung_that(lambda context: "nothing follows."))
    found = {row["condition"]: row["value"] for row in rows}
    assert found == {
        "barbara": 0.0,
        "darii": 0.0,
        "undistributed middle": 1.0,
        "undistributed some": 1.0,
        "all": 0.5,
    }


def test_who_knows_the_sizes_alone_is_right_on_size():
    def by_size(context):
        verb, *things = re.fullmatch(r"Which (.*), an? (\w+) or an? (\w+)\?\nAnswer:", context).groups()
        more = verb in ("is larger", "is heavier", "costs more")
        return (max if more else min)(things, key=lambda thing: THINGS[thing].size)

    rows = reasoning.everyday(rung_that(by_size))
    found = {row["condition"]: row["value"] for row in rows}
    assert found["size"] == 1.0
    assert 0.5 < found["price"] < 1.0
    assert [row["n"] for row in rows] == [500, 500, 500, 1500]
