import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emlab.tasks import lexicon, reviews

seeds = st.integers(0, 2**32)


@given(seeds, st.sampled_from(reviews.LABELS))
def test_a_review_says_what_it_was_asked_to_say(seed, label):
    text = reviews.generate(random.Random(seed), label)
    assert reviews.sentiment(text) == label
    assert 1 <= len(text.split()) <= reviews.MAX_WORDS
    assert text == text.lower().strip()


@given(seeds, st.sampled_from(("train", "test")))
def test_a_review_of_a_split_belongs_to_it(seed, split):
    assert reviews.split_of(reviews.generate_from(random.Random(seed), split)) == split


def test_the_split_of_a_text_never_changes():
    assert reviews.split_of("the soup was cold and bland") == "train"
    assert reviews.split_of("the soup was cold") == "test"


def test_there_are_thousands_of_reviews_and_about_a_fifth_is_held_out():
    rng = random.Random(0)
    texts = {reviews.generate(rng) for _ in range(20_000)}
    assert len(texts) > 10_000
    assert 0.18 < sum(reviews.split_of(t) == "test" for t in texts) / len(texts) < 0.22


def test_no_word_is_both_praise_and_blame_and_every_word_is_listed():
    assert not lexicon.POSITIVE_WORDS & lexicon.NEGATIVE_WORDS
    rng = random.Random(0)
    used = {word for _ in range(20_000) for word in reviews.generate(rng).split()}
    assert used == set(lexicon.words())


def test_a_review_without_a_clear_sentiment_is_refused():
    with pytest.raises(ValueError, match="the soup was a soup"):
        reviews.sentiment("the soup was a soup")


def test_an_unknown_split_is_refused():
    with pytest.raises(ValueError, match="dev"):
        reviews.generate_from(random.Random(0), "dev")
