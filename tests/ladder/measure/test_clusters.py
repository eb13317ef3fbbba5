import random
from statistics import stdev

import pytest

from emlab.stats import wilson_interval
from ladder.measure.clusters import by_owner, clustered_row, effective_n
from tests.ladder.measure.answering import rung_that

RUNG = rung_that(lambda context: "")


def drawn(rng, facts=60, each=9, spread=2.0):
    """Right or not, for `each` request about each fact; the smaller `spread`, the more alike."""
    chances = [rng.betavariate(spread, spread) for _ in range(facts)]
    return [[rng.random() < chance for _ in range(each)] for chance in chances]


def test_one_request_a_fact_gives_wilsons_interval():
    row = clustered_row(RUNG, "t", "c", "acc", [True] * 30 + [False] * 70, range(100), 0.25, k=3)
    assert (row["ci_lo"], row["ci_hi"]) == wilson_interval(30, 100)
    assert (row["n"], row["n_items"], row["value"], row["chance"], row["k"]) == (100, 100, 0.3, 0.25, 3)


def test_requests_that_go_alike_count_once_and_independent_ones_each():
    alike = [[True] * 5] * 40 + [[False] * 5] * 60
    assert effective_n(alike) == pytest.approx(100, rel=0.02)
    rng = random.Random(0)
    independent = [[rng.random() < 0.4 for _ in range(5)] for _ in range(1000)]
    assert effective_n(independent) == pytest.approx(5000, rel=0.1)
    assert effective_n(drawn(rng)) == pytest.approx(60 * 9 / (1 + 8 * 0.2), rel=0.4)


def test_there_are_never_more_than_were_asked_and_the_facts_count_at_the_ends():
    assert effective_n([[True, False]] * 50) == 100
    assert effective_n([[True] * 10] * 50) == effective_n([[False] * 10] * 50) == 50


def test_the_interval_holds_the_truth_as_often_as_it_says_and_the_plain_one_does_not():
    rng = random.Random(1)
    held, plain = 0, 0
    for _ in range(1000):
        clusters = drawn(rng)
        hits = [hit for cluster in clusters for hit in cluster]
        row = clustered_row(RUNG, "t", "c", "acc", hits, [i // 9 for i in range(len(hits))])
        held += row["ci_lo"] <= 0.5 <= row["ci_hi"]
        lo, hi = wilson_interval(sum(hits), len(hits))
        plain += lo <= 0.5 <= hi
    assert 0.93 <= held / 1000 <= 0.97
    assert plain / 1000 < 0.85


def test_the_width_is_that_of_a_bootstrap_over_facts():
    rng = random.Random(2)
    clusters = drawn(rng, spread=0.7)
    share = sum(map(sum, clusters)) / 540
    shares = [sum(map(sum, rng.choices(clusters, k=60))) / 540 for _ in range(2000)]
    assert (share * (1 - share) / effective_n(clusters)) ** 0.5 == pytest.approx(stdev(shares), rel=0.05)


def test_owners_are_told_apart_in_the_order_in_which_they_come():
    assert by_owner([1, 2, 3, 4], "baab") == [[1, 4], [2, 3]]
