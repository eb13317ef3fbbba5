import re
from collections import Counter

import pytest

from emlab.tasks import translation
from emlab.tasks.dictionary import ADJECTIVES, GENDERS, NOUNS


def test_the_dictionary_is_cyrillic_and_says_nothing_twice():
    words = [noun.word for noun in NOUNS.values()]
    forms = [form for adjective in ADJECTIVES.values() for form in adjective.values()]
    assert all(re.fullmatch("[а-я]+", word) for word in words + forms)
    assert len(set(words + forms)) == len(words) + len(forms)
    assert not NOUNS.keys() & ADJECTIVES.keys()


def test_genders_are_all_there_and_mostly_follow_from_the_ending():
    """In Bulgarian a noun that ends in a consonant is masculine, in -а or -я feminine, in -о or -е neuter."""
    by_ending = {"а": "f", "я": "f", "о": "n", "е": "n"}
    assert all(by_ending.get(noun.word[-1], "m") == noun.gender for noun in NOUNS.values())
    counts = Counter(noun.gender for noun in NOUNS.values())
    assert set(counts) == set(GENDERS) and min(counts.values()) >= 20
    for forms in ADJECTIVES.values():
        assert by_ending.get(forms["m"][-1], "m") == "m"
        assert forms["f"][-1] in "ая" and forms["n"][-1] in "о"


@pytest.mark.parametrize(
    ("english", "bulgarian"),
    [
        ("red apple", "червена ябълка"),
        ("red chair", "червен стол"),
        ("red dog", "червено куче"),
        ("blue lake", "синьо езеро"),
        ("good", "добър"),
        ("apple", "ябълка"),
    ],
)
def test_an_adjective_agrees_with_its_noun(english, bulgarian):
    assert translation.translate(english) == bulgarian


@pytest.mark.parametrize("form", translation.FORMS)
def test_items_are_held_out_and_their_examples_are_not(form):
    items = translation.items(500, form=form, k=3)
    assert len({item["source"] for item in items}) == len({item["item_id"] for item in items}) == 500
    assert items == translation.items(500, form=form, k=3)
    template = translation.FORMS[form]
    for item in items:
        assert translation.split_of(item["source"]) == "test"
        assert item["gold"] == (
            item["source"] if form == "labelled back" else translation.translate(item["source"])
        )
        *examples, query = item["prompt"].split(template["delimiter"])
        assert query == template["query"].format(**item) and len(examples) == 3
        for example in examples:
            english = re.search("[a-z]+ [a-z]+", example)[0]
            assert translation.split_of(english) == "train"
            assert not set(english.split()) & set(item["source"].split())


def test_every_word_is_in_a_phrase_of_the_training_side():
    phrases = [(a, n) for a in ADJECTIVES for n in NOUNS if translation.split_of(f"{a} {n}") == "train"]
    assert {a for a, _ in phrases} == set(ADJECTIVES) and {n for _, n in phrases} == set(NOUNS)


def test_more_items_than_phrases_are_refused():
    with pytest.raises(ValueError, match="held-out phrases, not 5000"):
        translation.items(5000)
