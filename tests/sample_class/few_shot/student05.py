# student: student05
# from: student01
# note: the query can be among its own examples; three answers to one item count as three items

# %% select_examples
def select_examples(pool, k, strategy, seed, query=None):
    if strategy not in ("random", "balanced", "similar") or k > len(pool) or k < 0:
        raise ValueError("strategy or k")
    rng = random.Random(seed)
    if strategy == "random":
        return rng.sample(pool, k)
    if strategy == "similar":
        if query is None:
            raise ValueError("query")
        return sorted(pool, key=lambda e: (-jaccard(e["text"], query["text"]), e["item_id"]))[:k]
    stacks = {}
    for e in pool:
        stacks.setdefault(e["label"], []).append(e)
    names = sorted(stacks)
    rng.shuffle(names)
    for name in names:
        rng.shuffle(stacks[name])
    return [stacks[names[i % len(names)]].pop() for i in range(k)]


def jaccard(a, b):
    a, b = set(a.split()), set(b.split())
    return len(a & b) / len(a | b)

# %% summarize
def summarize(responses):
    keys = ["model", "params", "condition", "k", "strategy", "order", "template_id"]
    rows = []
    for cell, g in responses.groupby(keys):
        lo, hi = emlab.wilson_interval(g["correct"].sum(), len(g))
        sds = g.groupby("order_seed")["correct"].mean()
        rows.append([*cell, len(g), g["item_id"].nunique(), int(g["correct"].sum()), g["correct"].mean(), lo, hi,
                     int(g["parsed"].isna().sum()), len(sds), float(sds.std()) if len(sds) > 1 else 0.0])
    return pd.DataFrame(rows, columns=emlab.RESULT_COLUMNS)
