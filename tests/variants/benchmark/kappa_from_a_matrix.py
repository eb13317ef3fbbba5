# note: kappa from a matrix

# %% +after cohen_kappa
def cohen_kappa(first, second):
    if len(first) == 0 or len(first) != len(second):
        raise ValueError("no pairs")
    labels = sorted(set(first) | set(second))
    counts = np.zeros((len(labels), len(labels)))
    for a, b in zip(first, second):
        counts[labels.index(a), labels.index(b)] += 1
    counts /= counts.sum()
    expected = float(counts.sum(axis=1) @ counts.sum(axis=0))
    if len(labels) == 1:
        return float("nan")
    return float((np.trace(counts) - expected) / (1 - expected))
