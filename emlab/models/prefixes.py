"""Which texts begin alike for long enough that reading their common beginning once saves time."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

Row = tuple[int, ...]

SHORT = 16  # fewer shared tokens than this are not worth parting a row from the others of its length


class Group(NamedTuple):
    """Rows that all begin with the same `shared` tokens."""

    rows: list[Row]
    shared: int


def group_by_prefix(rows: Sequence[Row], limits: Sequence[int], worth: float) -> list[Group]:
    """Cut `rows`, which are sorted, into the groups that save the most reading; each row is in one group.

    limits: of each row the most tokens that may count as shared. worth: the tokens that a group has to save,
    or its rows are better read with all the others. What belongs to no group comes last, with shared = 0.
    """
    # common[i]: how many tokens the rows i - 1 and i share
    common = [0]
    for (a, b), most in zip(pairwise(rows), pairwise(limits), strict=True):
        shared = min(_count_common(a, b), *most)
        common.append(shared if shared >= SHORT else 0)
    _, cuts = _cut(common, 0, len(rows), worth) if rows else (0, [])
    groups = [Group(list(rows[start:end]), shared) for start, end, shared in cuts if shared]
    alone = [row for start, end, shared in cuts if not shared for row in rows[start:end]]
    return [*groups, Group(alone, 0)] if alone else groups


def _cut(common: list[int], start: int, end: int, worth: float) -> tuple[float, list[tuple[int, int, int]]]:
    """The tokens saved by the best groups among the rows start to end - 1, and these as (start, end, shared).

    Rows in sorted order begin alike as far as the least of their neighbours does; it is there that they may
    be parted. So they are either one group, or the best groups of the parts.
    """
    if end - start == 1:
        return 0, [(start, end, 0)]
    least = min(common[start + 1 : end])
    places = [start, *(i for i in range(start + 1, end) if common[i] == least), end]
    parts = [_cut(common, a, b, worth) for a, b in pairwise(places)]
    saved = sum(part for part, _ in parts)
    together = least * (end - start - 1) - worth
    if together > saved:
        return together, [(start, end, least)]
    return saved, [cut for _, cuts in parts for cut in cuts]


def _count_common(a: Row, b: Row) -> int:
    """The number of tokens with which both begin."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
