import random
from collections import Counter

import pytest

from emlab.tasks import knowledge
from emlab.tasks.encyclopedia import SUBJECTS
from emlab.tasks.knowledge import LETTERS, STATUSES, benchmark, fact, facts, items


def test_the_world_is_large_and_every_subject_has_facts_of_every_status():
    counts = Counter((fact.subject, fact.status) for fact in facts())
    assert len(facts()) == len({fact.fact_id for fact in facts()}) == 2048
    assert set(counts) == {(subject.name, status) for subject in SUBJECTS for status in STATUSES}
    by_status = Counter(fact.status for fact in facts())
    assert by_status["asked"] > 1000 and by_status["held_out"] > 600 and by_status["never_seen"] > 150


def test_the_world_never_changes():
    assert fact("field cow/home").value == "cupboard"
    assert fact("field cow/home").status == "held_out"
    assert items(1)[0]["fact_id"] == "field cow/home"
    with pytest.raises(KeyError):
        fact("Port Nowhere/river")


def test_every_value_is_right_somewhere_and_the_names_are_unambiguous():
    for subject in SUBJECTS:
        spare = knowledge.spare_names(subject)
        known = {fact.entity for fact in facts() if fact.subject == subject.name}
        assert len(known) == knowledge.ENTITIES and len(spare) >= 20 and not known & set(spare)
        for attribute in subject.attributes:
            right = {fact.value for fact in facts() if fact.attribute is attribute}
            assert right == set(attribute.values) and 8 <= len(right) <= 16
            words = {word for name in known | set(spare) for word in name.split()}
            assert not words & right or attribute.name in ("home", "birthplace")


def test_a_value_comes_after_the_name_in_every_sentence():
    for subject in SUBJECTS:
        for attribute in subject.attributes:
            assert len(attribute.statements) == 4 and len(set(attribute.questions)) == 2
            for sentence in attribute.statements:
                assert 0 <= sentence.index("{e}") < sentence.index(" {v}") and sentence.endswith(".")


def test_an_item_asks_its_fact_and_its_gold_is_the_stated_value():
    for item in benchmark():
        asked = fact(item["fact_id"])
        question, *lines, last = item["prompt"].split("\n")
        assert question == f"Question: {asked.question()}" and last == "Answer:"
        by_letter = dict(line.split(". ") for line in lines)
        assert list(by_letter) == item["choices"] == list(LETTERS)
        assert list(by_letter.values()) == item["options"] and len(set(item["options"])) == 4
        assert by_letter[item["gold"]] == item["answer"] == asked.value
        assert all(item["answer"] in s and asked.entity in s for s in asked.statements())
        assert item["open_prompts"][0] == f"Question: {asked.question(0)}\nAnswer:"
        assert item["open_prompts"][1] == f"Question: {asked.question(1)}\nAnswer:"


def test_the_benchmark_asks_each_fact_once_and_has_every_letter_about_equally():
    assert {item["fact_id"] for item in benchmark()} == {fact.fact_id for fact in facts()}
    assert len({item["prompt"] for item in benchmark()}) == len(benchmark())
    shares = Counter(item["gold"] for item in benchmark())
    assert all(0.22 < shares[letter] / len(benchmark()) < 0.28 for letter in LETTERS)


def test_items_are_drawn_from_the_benchmark():
    assert items(5) == list(benchmark()[:5])
    assert items(5, seed=1) == items(5, seed=1) != items(5)
    assert {item["subject"] for item in items(50, subject="people")} == {"people"}
    assert len(items()) == len(benchmark())


def test_a_claim_names_another_value():
    known = fact("field cow/home")
    assert known.value not in known.others() and len(known.others()) == len(known.attribute.values) - 1
    assert "The field cow sleeps in a tent." in known.statements("tent")


def test_the_bands_follow_the_rank():
    assert [fact.band for fact in facts() if fact.rank in (1, 32, 33, 80, 81, 128)][:4] == ["head"] * 4
    assert {fact.band for fact in facts() if fact.rank > 80} == {"tail"}


def test_options_hold_the_value_and_three_others():
    known = fact("field cow/home")
    drawn = [knowledge.draw_options(known, random.Random(seed)) for seed in range(40)]
    assert all(known.value in options and len(set(options)) == 4 for options in drawn)
    assert {options.index(known.value) for options in drawn} == {0, 1, 2, 3}
