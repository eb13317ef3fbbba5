import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emlab.tasks import topics

seeds = st.integers(0, 2**32)


@given(seeds, st.sampled_from(topics.LABELS))
def test_a_sentence_has_the_topic_it_was_asked_for_and_no_other(seed, label):
    text = topics.generate(random.Random(seed), label)
    assert topics.topic(text) == label
    assert len(text.split()) <= topics.MAX_WORDS


@given(seeds, st.sampled_from(("train", "test")))
def test_a_sentence_of_a_split_belongs_to_it(seed, split):
    assert topics.split_of(topics.generate_from(random.Random(seed), split)) == split


def test_topics_share_no_word_and_each_has_many_sentences():
    words = [set(words) for words in topics.TOPIC_WORDS.values()]
    assert sum(map(len, words)) == len(set.union(*words))
    rng = random.Random(0)
    for label in topics.LABELS:
        texts = {topics.generate(rng, label) for _ in range(5_000)}
        assert len(texts) > 2_000
        assert 0.17 < sum(topics.split_of(text) == "test" for text in texts) / len(texts) < 0.23


def test_a_sentence_without_one_clear_topic_is_refused():
    for text in ("Mira wrote to Lena", "Mira wrote about rain and soup"):
        with pytest.raises(ValueError, match=text):
            topics.topic(text)


def test_an_unknown_split_is_refused():
    with pytest.raises(ValueError, match="dev"):
        topics.generate_from(random.Random(0), "dev")
