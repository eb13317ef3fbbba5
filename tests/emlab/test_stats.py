"""statsmodels and numpy are the oracles."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emlab import mean_stderr, wilson_interval

proportion = pytest.importorskip("statsmodels.stats.proportion")


@given(
    n=st.integers(1, 10_000),
    share=st.floats(0, 1),
    confidence=st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99]),
)
def test_wilson_is_statsmodels(n, share, confidence):
    expected = proportion.proportion_confint(share * n, n, alpha=1 - confidence, method="wilson")
    np.testing.assert_allclose(wilson_interval(share * n, n, confidence), expected, atol=1e-9)


@given(n=st.integers(1, 500), data=st.data())
def test_wilson_stays_within_0_and_1_and_holds_the_share(n, data):
    successes = data.draw(st.integers(0, n))
    lo, hi = wilson_interval(successes, n)
    assert 0 <= lo <= successes / n <= hi <= 1
    assert lo < hi


def test_wilson_is_exact_at_the_ends():
    assert wilson_interval(0, 20)[0] == 0.0
    assert wilson_interval(20, 20)[1] == 1.0


@pytest.mark.parametrize(
    "arguments, message",
    [
        ((0, 0), "n must be at least 1"),
        ((1, -1), "n must be at least 1"),
        ((-1, 5), "from 0 to n"),
        ((6, 5), "from 0 to n"),
        ((math.nan, 5), "from 0 to n"),
        ((1, 5, 0), "between 0 and 1"),
        ((1, 5, 1), "between 0 and 1"),
    ],
)
def test_wilson_names_what_is_wrong(arguments, message):
    with pytest.raises(ValueError, match=message):
        wilson_interval(*arguments)


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=50))
def test_mean_stderr_is_numpy(values):
    mean, stderr = mean_stderr(values)
    np.testing.assert_allclose(mean, np.mean(values), rtol=1e-9, atol=1e-6)
    np.testing.assert_allclose(stderr, np.std(values, ddof=1) / math.sqrt(len(values)), rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("values", [[], [1.0]])
def test_mean_stderr_needs_two_values(values):
    with pytest.raises(ValueError, match="at least two values"):
        mean_stderr(values)
