import random

import pytest

from emlab.tasks.knowledge import benchmark
from ladder.measure import calibration
from ladder.measure.common import ENOUGH


def test_ece_is_the_gap_between_confidence_and_accuracy():
    assert calibration.ece([(0.9, True), (0.9, False)]) == pytest.approx(0.4)
    assert calibration.ece([(1.0, True)] * 5) == 0
    # Two bins: 3 of 4 right at 0.7 (gap 0.05), none of one right at 0.3 (gap 0.3).
    answers = [(0.7, True)] * 3 + [(0.7, False), (0.3, False)]
    assert calibration.ece(answers) == pytest.approx(4 / 5 * 0.05 + 1 / 5 * 0.3)


def test_ece_agrees_with_a_plain_computation():
    np = pytest.importorskip("numpy")
    rng = random.Random(0)
    answers = [(rng.uniform(0.25, 1), rng.random() < 0.6) for _ in range(3000)]
    confidence, right = np.array(answers, dtype=float).T
    edges = np.linspace(0, 1, 16)
    expected = 0.0
    for lo, hi in zip(edges[:-1], edges[1:], strict=True):
        inside = (confidence > lo) & (confidence <= hi)
        if inside.any():
            expected += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    assert calibration.ece(answers) == pytest.approx(expected)


def test_the_error_shrinks_with_the_root_of_the_number():
    rng = random.Random(0)
    answers = [(0.5, rng.random() < 0.8) for _ in range(1600)]
    # One bin: the error is that of a share of 0.8.
    single = [[answer] for answer in answers]
    assert calibration.bootstrap_error(single, rng) == pytest.approx(0.4 / 40, rel=0.2)
    assert calibration.bootstrap_error(single[:100], rng) == pytest.approx(0.4 / 10, rel=0.3)
    # Four answers about each fact that go alike are no more than one.
    assert calibration.bootstrap_error([of_fact * 4 for of_fact in single[:100]], rng) == pytest.approx(
        0.4 / 10, rel=0.3
    )


def test_a_bin_holds_its_upper_end_and_the_first_one_zero():
    found = calibration.bins([(0.0, True), (1 / 15, True), (0.0667, False), (1.0, True)])
    assert [len(members) for members in found] == [2, 1, *[0] * 12, 1]


def test_brier_runs_from_nought_to_two():
    assert calibration.brier([1, 0, 0, 0], 0) == 0
    assert calibration.brier([1, 0, 0, 0], 2) == 2
    assert calibration.brier([0.25] * 4, 3) == calibration.EVEN_BRIER
    assert calibration.normalised([-1000.0, -1000.0]) == [0.5, 0.5]


def test_a_sure_and_right_rung_is_calibrated_and_a_sure_and_wrong_one_is_not(rung_that, value_of):
    right = {item["open_prompts"][0]: item["answer"] for item in benchmark()}
    wrong = {
        item["open_prompts"][0]: next(o for o in item["options"] if o != item["answer"])
        for item in benchmark()
    }
    for known, worst in ((right, 0.01), (wrong, 2)):
        rows = calibration.calibration(rung_that(known.__getitem__))
        assert value_of(rows, "asked", "ece") == pytest.approx(worst / 2, abs=0.01)
        assert value_of(rows, "asked", "brier") == pytest.approx(worst, abs=0.02)


def test_the_bins_of_the_picture_have_equal_numbers_of_answers(rung_that):
    right = {item["open_prompts"][0]: item["answer"] for item in benchmark()}
    rows = calibration.reliability(rung_that(right.__getitem__))
    assert [row["bin"] for row in rows] == [1, 2, 3, 4, 5, 6] * 3
    assert {row["value"] for row in rows} == {1} and min(row["n"] for row in rows) >= ENOUGH
    assert max(row["n"] for row in rows[:6]) - min(row["n"] for row in rows[:6]) <= 1
    assert [row["confidence"] for row in rows[:6]] == sorted(row["confidence"] for row in rows[:6])
