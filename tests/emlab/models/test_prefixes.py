import random
from itertools import combinations

import pytest

from emlab.models.prefixes import SHORT, group_by_prefix

LONG = tuple(range(100, 100 + 2 * SHORT))


def groups(rows, worth, limits=None):
    rows = sorted(rows)
    return group_by_prefix(rows, limits or [len(row) for row in rows], worth)


def test_rows_with_one_beginning_are_a_group():
    rows = [(*LONG, i, i) for i in range(5)]
    assert groups([*rows, (1, 2), (2, 2)], worth=10) == [(rows, len(LONG)), ([(1, 2), (2, 2)], 0)]


def test_a_group_has_to_save_what_it_is_worth():
    rows = [(*LONG, i) for i in range(3)]  # saves reading it twice
    assert groups(rows, worth=2 * len(LONG) - 1) == [(rows, len(LONG))]
    assert groups(rows, worth=2 * len(LONG)) == [(rows, 0)]


def test_a_longer_beginning_parts_a_group_when_that_saves_more():
    """As with k = 0, 5 and 10 of the same examples: each k is a group of its own."""
    five, ten = LONG, LONG + LONG
    rows = [(*five, 1, i) for i in range(20)] + [(*ten, 1, i) for i in range(20)]
    assert groups(rows, worth=10) == [(rows[:20], len(five) + 1), (rows[20:], len(ten) + 1)]


def test_a_limit_keeps_tokens_from_being_shared():
    rows = [(*LONG, i) for i in range(3)]
    assert groups(rows, worth=1, limits=[99, len(LONG) - 3, 99])[0].shared == len(LONG) - 3


def test_a_short_beginning_is_not_shared():
    rows = [(*LONG[: SHORT - 1], i) for i in range(50)]
    assert groups(rows, worth=1) == [(rows, 0)]


def test_a_row_may_be_the_beginning_of_another():
    assert groups([LONG, (*LONG, 1)], worth=1) == [([LONG, (*LONG, 1)], len(LONG))]


@pytest.mark.parametrize("rows", [[], [(1, 2, 3)]])
def test_few_rows_need_no_group(rows):
    assert groups(rows, worth=1) == ([(rows, 0)] if rows else [])


@pytest.mark.parametrize("seed", range(20))
def test_no_other_grouping_saves_more(seed):
    """All ways to cut up to 8 random rows in sorted order are tried."""
    rng = random.Random(seed)
    rows = sorted(
        {(*LONG[: rng.choice((0, 16, 20, 24))], rng.randrange(9), rng.randrange(9)) for _ in range(8)}
    )
    worth = rng.choice((1, 10, 30))

    def saved(run):
        first, last = run[0], run[-1]
        shared = next((i for i in range(99) if first[: i + 1] != last[: i + 1]), 0)
        return max(0, shared * (len(run) - 1) - worth) if shared >= SHORT else 0

    cuts = (cut for n in range(len(rows)) for cut in combinations(range(1, len(rows)), n))
    best = max(
        sum(saved(rows[a:b]) for a, b in zip((0, *cut), (*cut, len(rows)), strict=True)) for cut in cuts
    )
    got = groups(rows, worth)
    assert sorted(row for group in got for row in group.rows) == rows
    for group in got:
        assert len({row[: group.shared] for row in group.rows}) == 1
    assert sum(group.shared * (len(group.rows) - 1) - worth for group in got if group.shared) == best
