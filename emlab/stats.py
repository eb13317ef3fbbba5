"""The two statistics that every table of results needs: an interval for a share, an error for a mean."""

import math
from collections.abc import Iterable
from statistics import NormalDist, mean, stdev

from emlab.messages import say


def wilson_interval(successes: float, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval (lo, hi) for a share of `successes` in `n` trials, both within [0, 1].

    `successes` may be fractional, for a mean of several answers to the same item. Unlike the usual
    p +- 1.96 se, the interval is never empty and never leaves [0, 1]. Source: Wilson 1927, "Probable
    inference, the law of succession, and statistical inference".
    Raises ValueError when n < 1, successes is not in [0, n] or confidence is not in (0, 1).
    """
    if not n >= 1:
        raise ValueError(say("wilson_n", n=n))
    if not 0 <= successes <= n:
        raise ValueError(say("wilson_successes", successes=successes, n=n))
    if not 0 < confidence < 1:
        raise ValueError(say("wilson_confidence", confidence=confidence))
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = successes / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    # The ends are exact at 0 and at n; rounding would leave 1e-17 there.
    lo = 0.0 if successes == 0 else max(0.0, centre - half)
    hi = 1.0 if successes == n else min(1.0, centre + half)
    return float(lo), float(hi)


def mean_stderr(values: Iterable[float]) -> tuple[float, float]:
    """The mean of `values` and its standard error, the sample sd (ddof=1) over sqrt(n).

    Raises ValueError for fewer than two values: one value says nothing about the spread.
    """
    numbers = [float(v) for v in values]
    if len(numbers) < 2:
        raise ValueError(say("stderr_n", n=len(numbers)))
    return mean(numbers), stdev(numbers) / math.sqrt(len(numbers))
