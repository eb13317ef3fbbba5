import random

import pytest

from emlab.tasks.syllogisms import FORMS, items
from ladder.corpus.episodes import ANSWER
from ladder.corpus.syllogisms import STATED, syllogisms
from tests.emlab.tasks.test_syllogisms import holds, worlds


def arguments(n):
    rng = random.Random("test")
    for _ in range(n):
        yield from "".join(text for text, _ in syllogisms(rng)).strip().split("\n\n")


def test_no_test_item_occurs_in_a_long_stretch():
    asked = {argument.removesuffix(" yes").removesuffix(" no") for argument in arguments(5_000)}
    assert len(asked) > 10_000
    for form in FORMS:
        for item in items(500, form=form):
            assert item["prompt"] not in asked


def test_answers_carry_the_weight_and_favour_neither_side():
    rng = random.Random(0)
    answers = [text for _ in range(4_000) for text, weight in syllogisms(rng) if weight == ANSWER]
    yes, no = answers.count(" yes"), answers.count(" no")
    nothing = answers.count(" nothing follows.")
    follows = len(answers) - yes - no - nothing
    assert yes / (yes + no) == pytest.approx(0.5, abs=0.02)
    assert nothing / (nothing + follows) == pytest.approx(0.5, abs=0.03)


@pytest.mark.parametrize("name", [name for name in STATED if not FORMS[name].valid])
def test_nothing_follows_where_it_says_so(name):
    """The conclusion of no kind, in either direction, is true in all worlds of true premises."""
    possible = [world for world in worlds() if all(holds(premise, world) for premise in FORMS[name].premises)]
    for quantifier in ("every", "no", "some", "some not"):
        for subject, predicate in ("SP", "PS"):
            assert not all(holds((quantifier, subject, predicate), world) for world in possible)
