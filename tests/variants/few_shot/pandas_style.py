# note: pandas wherever it can be had

# %% select_examples
def select_examples(pool, k, strategy, seed, query=None):
    table = pd.DataFrame(pool)
    if query is not None:
        table = table[(table["item_id"] != query["item_id"]) & (table["text"] != query["text"])]
    if k < 0 or k > len(table):
        raise ValueError("k is out of range")
    if strategy == "random":
        chosen = table.sample(n=k, random_state=seed)
    elif strategy == "balanced":
        mixed = table.sample(frac=1, random_state=seed)
        labels = pd.Series(sorted(set(table["label"]))).sample(frac=1, random_state=seed).tolist()
        sizes = {label: k // len(labels) + (place < k % len(labels)) for place, label in enumerate(labels)}
        if any(size > (table["label"] == label).sum() for label, size in sizes.items()):
            raise ValueError("too few examples of one label")
        chosen = pd.concat([mixed[mixed["label"] == label].head(size) for label, size in sizes.items()])
    elif strategy == "similar":
        if query is None:
            raise ValueError("similar to what?")
        words = set(query["text"].split())
        jaccard = table["text"].map(lambda t: len(words & set(t.split())) / len(words | set(t.split())))
        chosen = table.assign(near=-jaccard).sort_values(["near", "item_id"]).drop(columns="near").head(k)
    else:
        raise ValueError(strategy)
    return chosen.to_dict("records")

# %% summarize
def summarize(responses):
    keys = ["model", "params", "condition", "k", "strategy", "order", "template_id"]
    cells = responses.groupby(keys)
    table = cells.agg(n=("correct", "size"), n_items=("item_id", "nunique"), n_correct=("correct", "sum"),
                      n_unparsed=("parsed", lambda s: int(s.isna().sum())), n_seeds=("order_seed", "nunique"))
    table["acc"] = table["n_correct"] / table["n"]
    by_seed = responses.groupby([*keys, "order_seed"])["correct"].mean()
    table["seed_sd"] = by_seed.groupby(level=list(range(len(keys)))).std().fillna(0.0)
    bounds = [emlab.wilson_interval(a * n, n) for a, n in zip(table["acc"], table["n_items"])]
    table["ci_lo"], table["ci_hi"] = [b[0] for b in bounds], [b[1] for b in bounds]
    table = table.reset_index()[list(emlab.RESULT_COLUMNS)]
    return table.sort_values(["params", "condition", "strategy", "order", "template_id", "k"]).reset_index(drop=True)

# %% few_shot_gain
def few_shot_gain(h1):
    zero = h1[h1["setting"] == "zero"].set_index(["task", "size", "params"])["value"]
    few = h1[h1["setting"] == "few"].set_index(["task", "size", "params"])["value"]
    both = pd.concat([zero.rename("zero"), few.rename("few")], axis=1, join="inner").dropna()
    both["gain"] = both["few"] - both["zero"]
    return both.reset_index().sort_values(["task", "params"]).reset_index(drop=True)


h1 = emlab.published("gpt3_table_h1")
gains = few_shot_gain(h1)
