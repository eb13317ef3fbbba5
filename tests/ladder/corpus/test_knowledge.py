import random
import re
from collections import Counter
from functools import cache

import pytest

from emlab.tasks.encyclopedia import SUBJECTS
from emlab.tasks.knowledge import LETTERS, fact, facts, spare_names
from ladder.corpus import knowledge
from ladder.corpus.episodes import ANSWER
from ladder.corpus.filling import DOCUMENT_TOKENS, n_pieces

FAMILIES = (
    knowledge.statements,
    knowledge.questions,
    knowledge.letter_questions,
    knowledge.letter_exercises,
)


@cache
def sample(make, n=500):
    rng = random.Random("sample")
    return [make(rng) for _ in range(n)]


def texts(make):
    return ["".join(text for text, _ in document) for document in sample(make)]


@pytest.mark.parametrize("make", FAMILIES)
def test_a_document_fills_the_window_and_ends_in_no_space(make):
    sizes = [n_pieces(document) for document in sample(make)]
    assert max(sizes) <= DOCUMENT_TOKENS and sum(sizes) / len(sizes) > 140
    assert not any(text.endswith((" ", "\n")) for text in texts(make))
    assert sample(make)[0] == make(random.Random("sample"))


def test_statements_are_true_and_state_what_may_be_stated():
    sentences = {s: f for f in facts() for s in f.statements()}
    stated = Counter()
    for text in texts(knowledge.statements):
        found = re.findall(r"[^.\n]+\.", text)
        told = [sentences[sentence.strip()] for sentence in found]
        assert len({f.fact_id for f in told}) == len(told)
        stated.update(f.status for f in told)
    assert set(stated) == {"asked", "held_out"}


def test_only_the_value_is_an_answer():
    values = {value for subject in SUBJECTS for a in subject.attributes for value in a.values}
    for make in (knowledge.statements, knowledge.questions):
        for document in sample(make)[:200]:
            assert {text.strip() for text, weight in document if weight == ANSWER} <= values


def test_questions_ask_what_may_be_asked_and_are_answered_rightly():
    by_question = {f.question(w): f for f in facts() for w in (0, 1)}
    wordings = Counter()
    for text in texts(knowledge.questions):
        for question, answer in re.findall(r"Question: (.*)\nAnswer: (.*)", text):
            known = by_question[question]
            assert known.status == "asked" and known.value == answer
            wordings[known.question() == question] += 1
    assert 0.4 < wordings[True] / wordings.total() < 0.6


def test_letter_questions_bind_the_letter_to_the_value():
    by_question = {f.question(w): f for f in facts() for w in (0, 1)}
    pattern = r"Question: (.*)\nA\. (.*)\nB\. (.*)\nC\. (.*)\nD\. (.*)\nAnswer: (.)"
    for text in texts(knowledge.letter_questions):
        found = re.findall(pattern, text)
        assert len(found) == text.count("Question:")
        for question, *options, letter in found:
            known = by_question[question]
            assert known.status == "asked" and options[LETTERS.index(letter)] == known.value


def test_letter_exercises_can_be_solved_from_the_text_and_tell_nothing_of_the_world():
    spare = {name for subject in SUBJECTS for name in spare_names(subject)}
    entities = re.compile(rf"\b({'|'.join({f.entity for f in facts()})})\b")
    for text in texts(knowledge.letter_exercises):
        assert not entities.search(text)
        for part in text.split("\n\n"):
            options = dict(re.findall(r"^([A-D])\. (\w+)$", part, re.MULTILINE))
            found = re.findall(r"Question: (.*)\n(?:.*\n){0,4}?Answer: (.)", part)
            for question, letter in found:
                if "stands before" in question:
                    assert options[letter] in question
                else:
                    passage = part.split("\n")[0]
                    assert re.search(rf"\b{options[letter]}\.", passage) or options[letter] in passage
                    assert any(name in passage and name in question for name in spare)


def test_the_head_is_stated_far_more_often_than_the_tail():
    stated = Counter()
    rng = random.Random(0)
    for _ in range(20_000):
        stated[knowledge.draw_fact(rng).rank] += 1
    by_rank = [stated[rank] for rank in range(1, 129)]
    assert by_rank[0] > 30 * by_rank[-1] > 0
    assert fact("field cow/home").rank <= 128
