"""Validity is checked against every possible world, not against the table of forms."""

import random
from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emlab.tasks import syllogisms
from emlab.tasks.syllogisms import FORMS, generate

seeds = st.integers(0, 2**32)


def holds(statement, world):
    """Whether a statement is true where exactly these kinds of things exist (dicts from letter to bool)."""
    quantifier, subject, predicate = statement
    values = [thing[predicate] for thing in world if thing[subject]]
    return {"every": all(values), "no": not any(values), "some": any(values), "some not": not all(values)}[
        quantifier
    ]


def worlds():
    """Every combination of the eight kinds of things, if nothing is an empty word in it."""
    kinds = [dict(zip("SMP", bits, strict=True)) for bits in product((False, True), repeat=3)]
    for present in product((False, True), repeat=8):
        world = [kind for kind, there in zip(kinds, present, strict=True) if there]
        if all(any(thing[letter] for thing in world) for letter in "SMP"):
            yield world


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_form_is_valid_if_no_world_has_true_premises_and_a_false_conclusion(form):
    possible = [world for world in worlds() if all(holds(premise, world) for premise in form.premises)]
    assert possible
    assert form.valid == all(holds(form.conclusion, world) for world in possible)


def test_quantifiers_do_not_tell_valid_forms_from_fallacies():
    moods = Counter()
    for form in FORMS.values():
        mood = (*(premise[0] for premise in form.premises), form.conclusion[0])
        moods[mood] += 1 if form.valid else -1
    assert len(moods) == 4 and not any(moods.values())


@given(seeds, st.sampled_from(("train", "test")), st.booleans())
def test_an_argument_of_a_split_belongs_to_it(seed, split, real):
    argument = generate(random.Random(seed), split, real=real)
    assert syllogisms.split_of(argument) == split
    assert len(set(argument.words.values())) == 3


def test_an_argument_reads_like_english():
    argument = syllogisms.Argument("celarent", {"S": "wug", "M": "ondle", "P": "fep"}, swapped=True)
    assert argument.prompt() == (
        "Every wug is an ondle. No ondle is a fep. Does it follow that no wug is a fep?\nAnswer:"
    )
    argument = syllogisms.Argument("ferio", {"S": "wug", "M": "dax", "P": "fep"}, swapped=False)
    assert argument.conclusion() == "some wug is not a fep"


@pytest.mark.parametrize(
    ("form", "thing", "category", "believable"),
    [
        ("barbara", "cat", "animal", True),
        ("barbara", "cat", "tool", False),
        ("celarent", "cat", "tool", True),
        ("illicit minor", "cat", "animal", False),
        ("undistributed some", "cat", "animal", True),
    ],
)
def test_a_conclusion_is_believable_if_it_is_true_in_the_world(form, thing, category, believable):
    argument = syllogisms.Argument(form, {"S": thing, "M": "wug", "P": category}, swapped=False)
    assert syllogisms.believable(argument) == believable


@pytest.mark.parametrize("form", FORMS)
def test_items_are_distinct_held_out_and_the_same_again(form):
    items = syllogisms.items(500, form=form)
    assert len({item["prompt"] for item in items}) == len({item["item_id"] for item in items}) == 500
    assert items == syllogisms.items(500, form=form)
    assert {item["gold"] for item in items} == {"yes" if FORMS[form].valid else "no"}
    swapped = sum(item["prompt"].startswith(FORMS[form].premises[1][0].capitalize()) for item in items)
    assert 0 < swapped <= 500


@pytest.mark.parametrize("belief", [True, False])
def test_real_items_are_as_believable_as_asked_for(belief):
    for form in syllogisms.REAL_FORMS:
        assert {
            item["believable"] for item in syllogisms.items(170, form=form, real=True, belief=belief)
        } == {belief}
