# note: Bootstrap by multinomial counts.

# %% paired_test
def paired_test(before, after, n_boot=2000, seed=0):
    x, y = np.array(before, float), np.array(after, float)
    n = x.size
    if n == 0 or n != y.size:
        raise ValueError
    b, c = int(((x == 1) & (y == 0)).sum()), int(((x == 0) & (y == 1)).sum())
    draws = np.random.RandomState(seed).multinomial(n, [b / n, c / n, 1 - (b + c) / n], size=n_boot)
    lo, hi = np.percentile((draws[:, 1] - draws[:, 0]) / n, [2.5, 97.5])
    tail, term = 0, 1
    for i in range(min(b, c) + 1):
        tail += term
        term = term * (b + c - i) // (i + 1)
    return dict(n=n, diff=(c - b) / n, b=b, c=c, p_value=min(1, 2 * tail / 2 ** (b + c)), lo=lo, hi=hi)

# %% prompt_spread
def prompt_spread(correct, n_boot=2000, seed=0):
    if len(correct) < 2:
        raise ValueError
    x = np.array(correct, dtype=float).T
    n = x.shape[0]
    weights = np.random.RandomState(seed).multinomial(n, np.full(n, 1 / n), size=n_boot)
    values = (weights @ x / n).var(axis=1, ddof=1)
    return dict(mean=x.mean(), variance=x.mean(axis=0).var(ddof=1), lo=np.percentile(values, 2.5), hi=np.percentile(values, 97.5),
                noise=np.mean(x.var(axis=1, ddof=1)) / n)
