"""Intervals for requests that share something: several about one fact, one word or one proverb.

Two questions about the same fact are less than two independent items, and more than one. The interval is
Wilson's at the effective number of requests

    n_eff = p (1 - p) / v,    v = G / (G - 1) * sum over clusters of (right - p * asked)^2 / n^2

where v is the variance of the share p over G clusters (facts, words, proverbs) of `asked` requests each, n
in all. If all requests of a cluster went alike, n_eff would be about G; if they went independently, about n.
It is never more than n, and it is G where all or none are right, because there v is 0 and says nothing. A
cluster bootstrap gives about the same width in between, but no width at all at 0 and at 1. Source: Franco,
Little, Louis and Slud 2019, "Comparative Study of Confidence Intervals for Proportions in Complex Sample
Surveys".
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import TypeVar

from emlab.stats import wilson_interval
from ladder.measure.common import Loaded, interval_row

Value = TypeVar("Value")


def clustered_row(
    rung: Loaded,
    task: str,
    condition: str,
    metric: str,
    right: Sequence[bool],
    owners: Sequence[Hashable],
    chance: float | None = None,
    **extra,
) -> dict:
    """A row of a table of abilities: the share of requests that went right, with its 95 % interval.

    owners: what each request is about. n counts the requests, n_items what they are about.
    """
    clusters = by_owner(right, owners)
    share = sum(right) / len(right)
    n = effective_n(clusters)
    lo, hi = wilson_interval(share * n, n)
    where = (rung, task, condition, metric, len(right), share, lo, hi, chance)
    return interval_row(*where, n_items=len(clusters), **extra)


def by_owner(values: Sequence[Value], owners: Sequence[Hashable]) -> list[list[Value]]:
    """The values of each owner, in the order in which owners come first."""
    found = defaultdict(list)
    for value, owner in zip(values, owners, strict=True):
        found[owner].append(value)
    return list(found.values())


def effective_n(clusters: Sequence[Sequence[bool]]) -> float:
    """How many independent requests those of the clusters are worth, at least 1."""
    n, many = sum(map(len, clusters)), len(clusters)
    share = sum(map(sum, clusters)) / n
    if share in (0, 1) or many in (1, n):
        return many
    squares = sum((sum(cluster) - share * len(cluster)) ** 2 for cluster in clusters)
    variance = many / (many - 1) * squares / n**2
    return n if variance == 0 else max(1, min(n, share * (1 - share) / variance))
