# note: The bootstraps with random.Random and lists, no numpy.

# %% paired_test
def paired_test(before, after, n_boot=2000, seed=0):
    if len(before) != len(after) or not len(before):
        raise ValueError("lengths")
    n = len(before)
    d = [int(bool(y)) - int(bool(x)) for x, y in zip(before, after)]
    b, c = d.count(-1), d.count(1)
    rng = random.Random(seed)
    means = sorted(sum(rng.choices(d, k=n)) / n for _ in range(n_boot))
    p = 1.0
    if b != c:
        p = min(1.0, 2 * sum(math.comb(b + c, i) for i in range(min(b, c) + 1)) * 0.5 ** (b + c))
    return {"n": n, "diff": sum(d) / n, "b": b, "c": c, "p_value": p, "lo": means[int(0.025 * (n_boot - 1))], "hi": means[int(round(0.975 * (n_boot - 1)))]}

# %% difference_in_differences
def difference_in_differences(large_before, large_after, small_before, small_after, n_boot=2000, seed=0):
    rows = [[int(v) for v in x] for x in (large_before, large_after, small_before, small_after)]
    if not rows[0] or any(len(r) != len(rows[0]) for r in rows):
        raise ValueError("lengths")
    n = len(rows[0])
    d = [b - a - (q - p) for a, b, p, q in zip(*rows)]
    rng = random.Random(seed)
    means = sorted(sum(rng.choices(d, k=n)) / n for _ in range(n_boot))
    gain = lambda a, b: (sum(b) - sum(a)) / n
    return {"large_gain": gain(rows[0], rows[1]), "small_gain": gain(rows[2], rows[3]), "did": sum(d) / n,
            "lo": means[int(0.025 * n_boot)], "hi": means[int(0.975 * n_boot) - 1]}
