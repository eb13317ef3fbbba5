import random

import pytest

from emlab.tasks import traps
from emlab.tasks.knowledge import fact


def test_the_proverbs_can_be_told_apart_before_their_last_word():
    starts = {proverb.rsplit(" ", 1)[0] for proverb in traps.proverbs()}
    assert len(starts) == len(traps.proverbs()) == traps.PROVERBS
    assert not set(traps._BEGINNINGS) & set(traps._ENDINGS)


def test_plain_sentences_are_no_proverbs():
    rng = random.Random(0)
    sentences = {traps.sentence(rng) for _ in range(2000)}
    assert len(sentences) > 1000 and not sentences & set(traps.proverbs())
    assert traps.last_word("We saw a bird near the fence.") == "fence"


def test_a_proverb_item_asks_for_another_word_than_the_remembered_one():
    found = traps.items(500)
    for item in found:
        assert f"{item['plain_prompt']} {item['remembered']}." in traps.proverbs()
        assert item["prompt"] == f"Finish with the word {item['gold']}: {item['plain_prompt']}"
        assert item["choices"] == [item["gold"], item["remembered"]] and len(set(item["choices"])) == 2
    assert len({item["prompt"] for item in found}) == 500


def test_a_wrong_claim_is_wrong_and_held_out():
    for item in traps.items(500, kind="claim"):
        known = fact(item["fact_id"])
        assert known.status == "asked" and item["gold"] == known.value != item["claimed"]
        assert traps.claim_split(known, item["claimed"]) == "test"
        assert item["claimed"] in item["prompt"].split("\n")[0]
        assert known.value in item["right_prompt"].split("\n")[0]
        assert item["prompt"].endswith(item["plain_prompt"])
        assert {item["gold"], item["claimed"]} <= set(item["choices"]) and len(set(item["choices"])) == 4


def test_a_negated_question_has_the_wrong_value_as_its_answer():
    for item in traps.items(500, kind="negation"):
        known = fact(item["fact_id"])
        assert traps.negation_split(known) == "test" and item["value"] == known.value != item["gold"]
        assert " is not " in item["prompt"] and item["positive_prompt"] == item["prompt"].replace(" not", "")
        assert set(item["choices"]) == {item["gold"], item["value"]}


@pytest.mark.parametrize("kind", traps.KINDS)
def test_items_are_seeded_and_of_the_band_asked_for(kind):
    assert traps.items(20, kind=kind) == traps.items(20, kind=kind) != traps.items(20, seed=1, kind=kind)
    assert {item["band"] for item in traps.items(20, kind=kind, band="tail")} == {"tail"}
    with pytest.raises(ValueError, match="100000"):
        traps.items(100000, kind=kind)


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="riddle"):
        traps.items(1, kind="riddle")
