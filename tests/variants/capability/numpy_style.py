# note: arrays wherever possible

# %% edits
def digit_accuracy(response, gold):
    said = np.array(list(response.strip().ljust(len(gold), "?"))[: len(gold)])
    return float(np.mean(said == np.array(list(gold))))


def token_edit_distance(a, b):
    table = np.zeros((len(a) + 1, len(b) + 1), dtype=int)
    table[:, 0], table[0, :] = np.arange(len(a) + 1), np.arange(len(b) + 1)
    for i, j in itertools.product(range(1, len(a) + 1), range(1, len(b) + 1)):
        table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (a[i - 1] != b[j - 1]))
    return int(table[-1, -1])


def predicted_exact_match(p, lengths):
    return float(np.power(p, np.asarray(lengths)).mean())

# %% thresholds_and_shapes
def threshold_estimate(params, ci_lo, least):
    order = np.argsort(params)
    sizes, above = np.asarray(params)[order], np.asarray(ci_lo)[order] > least
    stays = np.logical_and.accumulate(above[::-1])[::-1]
    if not stays.any():
        return None
    first = int(np.argmax(stays))
    return [None if first == 0 else int(sizes[first - 1]), int(sizes[first])]


def classify_curve(params, value, ci_lo, ci_hi):
    table = np.array(sorted(zip(params, value, ci_lo, ci_hi)))
    _, v, lo, hi = table.T
    if (hi[1:-1] + 0.05 < min(lo[0], lo[-1])).any():
        return "U-shaped"
    if hi[-1] + 0.05 < lo[0]:
        return "inverse"
    if hi[0] + 0.05 >= lo[-1]:
        return "flat"
    return "sharp" if max(v[1:] - v[:-1]) >= (v[-1] - v[0]) * 2 / 3 else "smooth"

# %% forecast
T90 = {1: 6.314, 2: 2.920, 3: 2.353, 4: 2.132, 5: 2.015, 6: 1.943}


def forecast(params, values, target, t):
    if len(set(params)) < 2 or len(params) < 3:
        raise ValueError("too few points")
    x = np.log10(np.array(params, dtype=float))
    p = np.clip(values, 0.01, 0.99)
    slope, intercept = np.polyfit(x, np.log(p / (1 - p)), 1)
    rest = np.log(p / (1 - p)) - slope * x - intercept
    at = np.log10(target)
    half = t * np.sqrt(rest @ rest / (len(x) - 2)) * np.sqrt(1 + 1 / len(x) + (at - x.mean()) ** 2 / (len(x) * x.var()))
    middle = slope * at + intercept
    return {name: 1 / (1 + np.exp(-y)) for name, y in (("predicted", middle), ("lo", middle - half), ("hi", middle + half))}


def score_forecast(lo, hi, actual, level):
    inside = lo <= actual <= hi
    return {"inside": inside, "score": hi - lo + (0 if inside else 2 / (1 - level) * min(abs(actual - lo), abs(actual - hi)))}

# %% pass_at_k
def pass_at_k(n, c, k):
    if k < 1 or k > n or c < 0 or c > n:
        raise ValueError((n, c, k))
    if n - c < k:
        return 1.0
    return float(1.0 - np.prod(1.0 - k / np.arange(n - c + 1, n + 1)))

# %% description_length
def description_length(n, errors, answers, rule_bits):
    if errors < 0 or errors > n or answers < 1 or (errors > 0 and answers == 1):
        raise ValueError("impossible")
    numbers = np.arange(1, errors + 1)
    places = np.log2((n - errors + numbers) / numbers).sum()
    return float(rule_bits + np.log2(n + 1) + places + errors * np.log2(max(answers - 1, 1)))
