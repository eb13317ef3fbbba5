# note: the standard library instead of numpy

# %% forecast
import statistics

T90 = {1: 6.314, 2: 2.920, 3: 2.353, 4: 2.132, 5: 2.015, 6: 1.943}


def forecast(params, values, target, t):
    if len(params) < 3:
        raise ValueError("three points")
    x = [math.log10(p) for p in params]
    y = []
    for v in values:
        v = min(0.99, max(0.01, v))
        y.append(math.log(v) - math.log(1 - v))
    try:
        line = statistics.linear_regression(x, y)
    except statistics.StatisticsError as error:
        raise ValueError("one size only") from error
    n, at, mean = len(x), math.log10(target), statistics.fmean(x)
    squares = sum((b - line.intercept - line.slope * a) ** 2 for a, b in zip(x, y))
    width = t * math.sqrt(squares / (n - 2)) * math.sqrt(1 + 1 / n + (at - mean) ** 2 / sum((a - mean) ** 2 for a in x))
    y0 = line.intercept + line.slope * at
    back = lambda z: 1 / (1 + math.exp(-z)) if z > 0 else math.exp(z) / (1 + math.exp(z))
    return dict(predicted=back(y0), lo=back(y0 - width), hi=back(y0 + width))


def score_forecast(lo, hi, actual, level):
    score = hi - lo
    if actual < lo:
        score += 2 / (1 - level) * (lo - actual)
    if actual > hi:
        score += 2 / (1 - level) * (actual - hi)
    return {"score": score, "inside": not (actual < lo or actual > hi)}
