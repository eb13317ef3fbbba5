import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emlab.tasks import programs
from emlab.tasks.operations import OPERATIONS, chains
from emlab.tasks.programs import Call

CELLS = [(1, "seen"), (2, "seen"), (2, "new"), (3, "seen"), (3, "new")]


@given(st.integers(0, 2**32), st.sampled_from(CELLS))
def test_gold_is_python_that_gets_every_test_right(seed, cell):
    program = programs.draw(random.Random(seed), *cell)
    names = {}
    exec(programs.prompt(program) + programs.gold(program), names)  # made here, not by a model
    tests = programs.tests_of(program)
    assert len(tests) >= 6
    for given_input, wanted in tests:
        assert names["f"](given_input) == wanted


@pytest.mark.parametrize(("operations", "composition"), CELLS)
def test_items_are_held_out_different_and_pass_with_their_gold_only(operations, composition):
    items = programs.items(500, operations=operations, composition=composition)
    assert len({item["prompt"] for item in items}) == 500
    assert items[0]["item_id"] == f"program-{operations}-{composition}-0001"
    for item, other in zip(items[:100], items[1:], strict=False):
        assert programs.passes(item, item["gold"])
        assert programs.passes(item, item["gold"] + "\n\n# drop the first number\ndef f(x):\n    return")
        assert not programs.passes(item, "\n    return x")
        assert not programs.passes(item, "")
        if item["gold"] != other["gold"]:
            assert not programs.passes(item, item["gold"].replace("return x", "return -99"))
    rng = random.Random(0)
    training = {programs.prompt(programs.draw_from(rng, "train", operations)) for _ in range(3000)}
    assert not training & {item["prompt"] for item in items}


def test_the_tests_tell_the_order_of_operations():
    swapped = programs.tests_of((Call("add", 3, 0), Call("multiply", 2, 0)))
    assert any(wanted != x * 2 + 3 for x, wanted in swapped)
    assert all(wanted == (x + 3) * 2 for x, wanted in swapped)


def test_a_wrong_order_never_passes_where_any_input_shows_it():
    rng = random.Random(1)
    checked = 0
    for _ in range(200):
        first, second = programs.draw(rng, 2)
        if OPERATIONS[first.name].takes != OPERATIONS[second.name].gives:
            continue
        x = [3, 40, 7, 8, 95] if OPERATIONS[first.name].takes == "list" else 7
        if first.apply(second.apply(x)) == second.apply(first.apply(x)):
            continue
        checked += 1
        item = {
            "prompt": programs.prompt((first, second)),
            "tests": programs.tests_of((first, second)),
        }
        assert programs.passes(item, programs.gold((first, second)))
        assert not programs.passes(item, programs.gold((second, first)))
    assert checked > 30


def test_new_pairs_never_occur_in_training_and_every_operation_does_in_each_place():
    rng = random.Random(0)
    seen = set()
    for _ in range(5000):
        program = programs.draw_from(rng, "train", rng.choice((2, 3)))
        seen |= {(a.name, b.name) for a, b in pairwise(program)}
    assert not any(programs.is_new_pair(*pair) for pair in seen)
    pairs = list(chains(2))
    assert seen == {pair for pair in pairs if not programs.is_new_pair(*pair)}
    assert 0.2 < 1 - len(seen) / len(pairs) < 0.3
    assert {a for a, _ in seen} == {b for _, b in seen} == set(OPERATIONS)


def test_every_item_of_a_new_composition_has_a_new_pair_and_no_training_split():
    for item in programs.items(50, operations=3, composition="new"):
        assert item["composition"] == "new"
    with pytest.raises(ValueError, match="new"):
        programs.draw_from(random.Random(0), "train", 2, "new")
    with pytest.raises(ValueError, match="dev"):
        programs.draw_from(random.Random(0), "dev", 2)


def test_true_is_no_number():
    item = {"prompt": "def f(x):", "tests": [(0, 1), (5, 1)]}
    assert programs.passes(item, "\n    return 1")
    assert not programs.passes(item, "\n    return x == x")


def test_pass_at_k_is_the_mean_over_all_choices_of_samples():
    from itertools import combinations

    for n, right, k in [(5, 0, 1), (5, 2, 1), (5, 2, 3), (6, 1, 5), (5, 5, 2), (4, 2, 4)]:
        samples = [i < right for i in range(n)]
        every = [any(chosen) for chosen in combinations(samples, k)]
        assert programs.pass_at_k(n, right, k) == pytest.approx(sum(every) / len(every))
    with pytest.raises(ValueError):
        programs.pass_at_k(3, 4, 1)
    with pytest.raises(ValueError):
        programs.pass_at_k(3, 1, 4)
