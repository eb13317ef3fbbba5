# note: whole numbers and fractions as long as possible

# %% pass_at_k
from fractions import Fraction


def pass_at_k(n, c, k):
    if k not in range(1, n + 1) or c not in range(n + 1):
        raise ValueError("out of range")
    return float(1 - Fraction(math.comb(n - c, k), math.comb(n, k)))

# %% thresholds_and_shapes
def threshold_estimate(params, ci_lo, least):
    tested = sorted(zip(params, ci_lo))
    bad = [size for size, low in tested if low <= least]
    good = [size for size, low in tested if not bad or size > bad[-1]]
    return ((bad[-1] if bad else None), good[0]) if good else None


def classify_curve(params, value, ci_lo, ci_hi):
    points = [p[1:] for p in sorted(zip(params, value, ci_lo, ci_hi), key=lambda p: p[0])]
    lower = lambda p, q: p[2] + 0.05 < q[1]
    first, *middle, last = points
    rise = last[0] - first[0]
    steps = [b[0] - a[0] for a, b in zip(points, points[1:])]
    return next(name for name, holds in [
        ("U-shaped", any(lower(m, first) and lower(m, last) for m in middle)), ("inverse", lower(last, first)),
        ("flat", not lower(first, last)), ("sharp", max(steps) >= 2 / 3 * rise), ("smooth", True)] if holds)

# %% description_length
def description_length(n, errors, answers, rule_bits):
    if errors > n or errors < 0:
        raise ValueError("errors")
    if answers < (2 if errors else 1):
        raise ValueError("answers")
    log2_factorial = lambda m: math.lgamma(m + 1) / math.log(2)
    bits = rule_bits + math.log(n + 1, 2)
    bits += log2_factorial(n) - log2_factorial(errors) - log2_factorial(n - errors)
    if answers > 2:
        bits += errors * math.log2(answers - 1)
    return bits
