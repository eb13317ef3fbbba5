# note: Binomial by the ratio of neighbours, from the mode; F by a loop.

# %% best_of_k_noise
def best_of_k_noise(p, n, k):
    if not (k >= 1 and n >= 1 and 0 <= p <= 1):
        raise ValueError("no such case")
    if p in (0.0, 1.0):
        return p
    mode = min(n, int((n + 1) * p))
    weights = [0.0] * (n + 1)
    weights[mode] = 1.0
    for x in range(mode, n):
        weights[x + 1] = weights[x] * (n - x) / (x + 1) * p / (1 - p)
    for x in range(mode, 0, -1):
        weights[x - 1] = weights[x] * x / (n - x + 1) * (1 - p) / p
    total = sum(weights)
    below, best = 0.0, 0.0
    for x, w in enumerate(weights):
        before, below = below, below + w / total
        best += x / n * (min(below, 1) ** k - min(before, 1) ** k)
    return best
