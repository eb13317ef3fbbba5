import pytest

from emgrader.late import DAY, TenthPerDay


@pytest.mark.parametrize(
    ("days", "penalty"), [(0.001, 1.5), (1, 1.5), (1.001, 3), (2, 3), (9.5, 15), (10, 15), (40, 15)]
)
def test_a_tenth_of_the_score_for_each_day_begun(days, penalty):
    assert TenthPerDay().late_submission_penalty("student01", 15, days * DAY) == pytest.approx(penalty)
