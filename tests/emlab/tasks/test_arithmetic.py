import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emlab.tasks import arithmetic


@given(st.integers(0, 2**32), st.sampled_from(("train", "test")), st.integers(1, 4))
def test_a_sum_is_right_and_belongs_to_its_side(seed, split, digits):
    item = arithmetic.generate(random.Random(seed), split, digits)
    a, plus, b, equals = item["prompt"].split()
    assert (plus, equals) == ("+", "=") and len(a) == len(b) == digits == item["digits"]
    assert int(a) + int(b) == int(item["gold"])
    assert arithmetic.addition_split(int(a), int(b)) == split


def test_the_split_of_a_sum_never_changes():
    assert arithmetic.addition_split(347, 285) == "train"
    held_out = [(a, b) for a in range(10, 100) for b in range(10, 100)]
    share = sum(arithmetic.addition_split(a, b) == "test" for a, b in held_out) / len(held_out)
    assert 0.09 < share < 0.11


@pytest.mark.parametrize("digits", arithmetic.MEASURED_DIGITS)
def test_items_are_different_and_the_same_every_time(digits):
    items = arithmetic.items(500, digits=digits)
    assert items == arithmetic.items(500, digits=digits) != arithmetic.items(500, seed=1, digits=digits)
    assert len({item["prompt"] for item in items}) == len({item["item_id"] for item in items}) == 500
    assert items[0]["item_id"] == f"addition-{digits}-0001"


@pytest.mark.parametrize(
    ("answer", "gold", "share"),
    [
        ("632", "632", 1),
        ("642", "632", 2 / 3),
        ("63", "632", 2 / 3),
        ("6329", "632", 1),
        ("32", "632", 0),
        ("", "9", 0),
    ],
)
def test_digits_count_at_their_place_from_the_left(answer, gold, share):
    assert arithmetic.digits_right(answer, gold) == pytest.approx(share)


def test_an_unknown_split_is_refused():
    with pytest.raises(ValueError, match="dev"):
        arithmetic.generate(random.Random(0), "dev", 2)
