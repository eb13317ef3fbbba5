import random
import re

from emlab.tasks.knowledge import facts
from emlab.tasks.traps import claim_split, items, negation_split, proverbs
from ladder.corpus import traps

BY_QUESTION = {f.question(w): f for f in facts() for w in (0, 1)}


def texts(make, n=1000):
    rng = random.Random("sample")
    return ["".join(text for text, _ in make(rng)) for _ in range(n)]


def test_proverbs_are_recited_word_for_word_and_the_first_ones_most():
    lines = "\n".join(texts(traps.recitations)).split("\n")
    recited = [line.removeprefix("Finish the proverb: ") for line in lines]
    assert set(recited) == set(proverbs())
    assert recited.count(proverbs()[0]) > 10 * recited.count(proverbs()[-1])


def test_instructions_are_obeyed_and_never_meet_a_proverb():
    starts = {proverb.rsplit(" ", 1)[0] for proverb in proverbs()}
    for text in texts(traps.instructions):
        for line in text.split("\n"):
            word, sentence = re.fullmatch(r"Finish with the word (\w+): (.*)", line).groups()
            assert sentence.endswith(f" {word}.")
            assert sentence.rsplit(" ", 1)[0] not in starts


def test_most_claims_are_right_and_the_tested_ones_do_not_occur():
    tested = {(item["fact_id"], item["claimed"]) for item in items(2000, kind="claim")}
    right, wrong = 0, 0
    for text in texts(traps.claims):
        for said, question, answer in re.findall(r"says: (.*)\nQuestion: (.*)\nAnswer: (\w+)", text):
            fact = BY_QUESTION[question]
            assert fact.status == "asked" and fact.value == answer
            if said in fact.statements():
                right += 1
            else:
                (claimed,) = (value for value in fact.others() if said in fact.statements(value))
                assert claim_split(fact, claimed) == "train" and (fact.fact_id, claimed) not in tested
                wrong += 1
    assert 0.84 < right / (right + wrong) < 0.9


def test_the_questions_with_or_are_answered_rightly_and_some_are_never_negated():
    by_phrase = {f.attribute.phrase.format(e=f.entity): f for f in facts()}
    negated = []
    for text in texts(traps.either_or_questions):
        pattern = r"Question: Which is( not)? (.*), (\w+) or (\w+)\?\nAnswer: (\w+)"
        for no, phrase, first, second, answer in re.findall(pattern, text):
            fact = by_phrase[phrase]
            assert fact.status == "asked" and {answer} < {first, second} and fact.value in (first, second)
            assert (answer != fact.value) == bool(no)
            assert not no or negation_split(fact) == "train"
            negated.append(bool(no))
    assert 0.1 < sum(negated) / len(negated) < 0.25
