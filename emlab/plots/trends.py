"""Whether a curve rises, falls or turns, by its intervals alone."""

RISES, FALLS, U_SHAPED, INVERTED_U, WAVERS, FLAT = (
    "rises",
    "falls",
    "U-shaped",
    "inverted U",
    "wavers",
    "flat",
)
LEAST = 0.05  # a smaller step is no trend, however narrow the intervals
TRENDS = (RISES, FALLS, U_SHAPED, INVERTED_U, WAVERS, FLAT)


def trend(low, high) -> str:
    """One of TRENDS, for the interval ends of a curve's points from the smallest model to the largest.

    A point lies above another where its whole interval does, by more than LEAST. U-shaped: some point lies
    below both ends of the curve; inverted U: above both; wavers: both happen. Otherwise the two ends decide;
    flat: neither is above.
    """
    low, high = list(low), list(high)
    last = len(low) - 1

    def below(one: int, other: int) -> bool:
        return high[one] + LEAST < low[other]

    dips = any(below(i, 0) and below(i, last) for i in range(1, last))
    humps = any(below(0, i) and below(last, i) for i in range(1, last))
    if dips or humps:
        return WAVERS if dips and humps else U_SHAPED if dips else INVERTED_U
    if below(0, last):
        return RISES
    return FALLS if below(last, 0) else FLAT


def trend_of(rows) -> str:
    """The trend of one line of a table: rows of one cell by model, with params, ci_lo and ci_hi."""
    rows = rows.sort_values("params")
    return trend(rows["ci_lo"].tolist(), rows["ci_hi"].tolist())
