import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emlab.prompts import TEMPLATES
from emlab.tasks import topics
from emlab.tasks.reviews import sentiment
from ladder.corpus import episodes
from ladder.corpus.copying import list_copy
from ladder.corpus.stream import encode
from ladder.tokenizer import MAX_LENGTH

rngs = st.integers(0, 2**32).map(random.Random)


@given(rngs)
def test_a_review_episode_keeps_its_labels_apart(rng):
    document = episodes.review_episode(rng)
    labels = [text.strip() for text, weight in document if weight == episodes.ANSWER]
    questions = [text for text, _ in document if text.endswith((":", "->"))]
    assert 1 <= len(labels) == len(questions) <= episodes.MAX_REVIEWS
    natural = [sentiment(question.replace("\n", " ")) for question in questions]
    shown = set(zip(natural, labels, strict=True))
    assert len({natural for natural, _ in shown}) == len({label for _, label in shown}) == len(shown)


@given(rngs)
def test_a_topic_episode_keeps_its_labels_apart_and_to_the_training_side(rng):
    document = episodes.topic_episode(rng)
    labels = [text.strip() for text, weight in document if weight == episodes.ANSWER]
    questions = [text for text, _ in document if text.endswith((":", "->"))]
    texts = [re.sub(r"^(Review|Input): |\n\w+:$| ->$", "", question) for question in questions]
    assert {topics.split_of(text) for text in texts} == {"train"}
    shown = set(zip(map(topics.topic, texts), labels, strict=True))
    assert len({topic for topic, _ in shown}) == len({label for _, label in shown}) == len(shown)


@given(rngs)
def test_an_association_has_one_answer_and_asks_first_without_weight(rng):
    document = episodes.association_episode(rng)
    answers = {}
    for (question, _), (answer, weight) in zip(document[::3], document[1::3], strict=True):
        assert weight == (episodes.ANSWER if question in answers else episodes.CONTEXT)
        assert answers.setdefault(question, answer) == answer


@given(rngs)
def test_a_copy_is_the_list_and_every_item_is_an_answer(rng):
    copied: list[str] = []
    asked: list[str] = []
    for text, weight in list_copy(rng):
        if weight == episodes.ANSWER:
            copied.append(text.strip())
        elif text.endswith((":", "->")):
            asked += re.sub(r"Review: |Input: |\n\w+:| ->| ,", " ", text).split()
    assert copied == asked


@pytest.mark.parametrize("make", [episodes.review_episode, episodes.category_episode])
def test_episodes_use_the_trained_templates_and_mostly_fit(make):
    rng = random.Random(0)
    documents = [make(rng) for _ in range(500)]
    for document in documents:
        text = "".join(text for text, _ in document)
        assert any(TEMPLATES[name]["query"].split("{text}")[1] in text for name in episodes.TRAINED_TEMPLATES)
    fitting = sum(len(encode(document)[0]) <= MAX_LENGTH + 1 for document in documents)
    assert fitting > 0.95 * len(documents)
