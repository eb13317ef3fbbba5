"""Problems for prompt engineering: three disjoint parts, the right side of the split, nothing given away."""

import re

import pytest

import emlab
from emlab.tasks import problems, reviews, translation

NAMES = problems.PROBLEMS


@pytest.fixture(params=NAMES)
def problem(request):
    return emlab.load_problem(request.param, 11)


def test_parts_have_their_sizes_and_no_question_in_common(problem):
    parts = [problem.pool, problem.dev, problem.test]
    assert [len(part) for part in parts] == [problems.N_POOL, problems.N_DEV, problems.N_TEST]
    questions = [item["question"] for part in parts for item in part]
    assert len(questions) == len(set(questions))


def test_the_same_number_gives_the_same_items_and_another_one_others(problem):
    assert emlab.load_problem(problem.name, 11) == problem
    assert emlab.load_problem(problem.name, 12).dev != problem.dev


def test_pool_and_asked_items_come_from_the_two_sides():
    labels, translated = emlab.load_problem("labels", 3), emlab.load_problem("translation", 3)
    assert {reviews.split_of(i["question"]) for i in labels.dev + labels.test} == {"test"}
    assert {reviews.split_of(i["question"]) for i in labels.pool} == {"train"}
    assert {translation.split_of(i["question"]) for i in translated.dev + translated.test} == {"test"}
    assert {translation.split_of(i["question"]) for i in translated.pool} == {"train"}


def test_the_start_has_every_key_and_shows_no_answer(problem):
    assert set(problem.start) == set(emlab.PROMPT_KEYS)
    assert "{question}" in problem.start["query"]
    assert not re.search(r"\{(answer|steps)\}", problem.start["query"])


def test_word_problems_are_asked_with_three_steps_that_end_in_the_answer():
    problem = emlab.load_problem("word problems", 4)
    for item in problem.dev + problem.test:
        assert item["steps"].count("=") <= problems.STEPS
        assert item["steps"].rstrip(".").split()[-1] == item["answer"]
    assert {item["steps"].count("=") for item in problem.pool} == {1, 2, 3}


def test_labels_are_consistent_and_depend_on_the_number():
    problem = emlab.load_problem("labels", 5)
    meaning = {(i["steps"].split()[-1], i["answer"]) for i in problem.pool + problem.dev + problem.test}
    assert len(meaning) == 2 and len({label for _, label in meaning}) == 2
    assert len({frozenset(i["answer"] for i in emlab.load_problem("labels", n).dev) for n in range(8)}) > 3


def test_new_items_are_new(problem):
    seen = {i["question"] for i in problem.pool + problem.dev + problem.test}
    found = emlab.new_items(problem.name, 11, 150, "a draw", seen)
    assert len({i["question"] for i in found}) == 150 and not seen & {i["question"] for i in found}
    assert found == emlab.new_items(problem.name, 11, 150, "a draw", seen)
    assert found != emlab.new_items(problem.name, 11, 150, "another draw", seen)


def test_new_items_keep_the_meaning_of_the_labels():
    def meanings(items):
        return {(i["steps"].split()[-1], i["answer"]) for i in items}

    assert meanings(emlab.new_items("labels", 5, 50, "x")) == meanings(emlab.load_problem("labels", 5).dev)


def test_more_items_than_there_are_is_an_error_and_no_endless_loop():
    with pytest.raises(ValueError, match="different questions"):
        emlab.new_items("translation", 1, 5000, "x")


def test_an_unknown_problem_is_named():
    with pytest.raises(ValueError, match="chess"):
        emlab.load_problem("chess", 1)


def test_chance_is_the_share_of_the_commonest_answer():
    problem = emlab.load_problem("labels", 2)
    answers = [i["answer"] for i in problem.dev]
    assert problem.chance == max(answers.count(a) for a in set(answers)) / len(answers)
