# student: student02
# from: student01
# note: everything solved, with numpy, and similar instead of balanced examples

# %% build_prompt
def fill(pattern, **values):
    return pattern.format(**values)


def build_prompt(template, examples, query, k):
    if k not in range(len(examples) + 1):
        raise ValueError(f"k = {k} does not fit {len(examples)} examples")
    shots = (fill(template["example"], text=e["text"], label=e["label"]) for e in examples[:k])
    pieces = [template["instruction"], *shots, fill(template["query"], text=query["text"])]
    return template["delimiter"].join(pieces[0 if template["instruction"] else 1:])

# %% select_examples
def select_examples(pool, k, strategy, seed, query=None):
    if strategy not in ("random", "balanced", "similar"):
        raise ValueError(f"strategy: {strategy}")
    others = [e for e in pool if not query or (e["text"] != query["text"] and e["item_id"] != query["item_id"])]
    if not 0 <= k <= len(others):
        raise ValueError("k")
    generator = np.random.default_rng(seed)
    if strategy == "similar":
        if not query:
            raise ValueError("query")
        q = set(query["text"].split())
        keys = [(-len(q & set(e["text"].split())) / len(q | set(e["text"].split())), e["item_id"]) for e in others]
        return [others[i] for i in sorted(range(len(others)), key=keys.__getitem__)[:k]]
    mixed = [others[i] for i in generator.permutation(len(others))]
    if strategy == "random":
        return mixed[:k]
    names = sorted(set(e["label"] for e in others))
    names = [names[i] for i in generator.permutation(len(names))]
    quota = {name: k // len(names) + (i < k % len(names)) for i, name in enumerate(names)}
    chosen = []
    for e in mixed:
        if quota[e["label"]] > 0:
            quota[e["label"]] -= 1
            chosen.append(e)
    if len(chosen) < k:
        raise ValueError("a label has too few items")
    return chosen

# %% order_examples
def order_examples(examples, how, seed):
    kind, _, label = how.partition(":")
    if how != "shuffled" and (kind != "last" or not label):
        raise ValueError(how)
    index = np.random.default_rng(seed).permutation(len(examples))
    mixed = [examples[i] for i in index]
    if how == "shuffled":
        return mixed
    front, back = [], []
    for e in mixed:
        (back if e["label"] == label else front).append(e)
    return front + back

# %% summarize
def one_row(group):
    by_seed = group.groupby("order_seed")["correct"].mean()
    acc, items = group["correct"].mean(), group["item_id"].nunique()
    lo, hi = emlab.wilson_interval(acc * items, items)
    return {"n": len(group), "n_items": items, "n_correct": int(group["correct"].sum()), "acc": acc, "ci_lo": lo,
            "ci_hi": hi, "n_unparsed": int(group["parsed"].isnull().sum()), "n_seeds": len(by_seed),
            "seed_sd": float(np.std(by_seed, ddof=1)) if len(by_seed) > 1 else 0.0}


def summarize(responses):
    keys = [c for c in emlab.RESULT_COLUMNS if c in responses.columns and c != "n"]
    return pd.DataFrame(
        [{**dict(zip(keys, cell)), **one_row(group)} for cell, group in responses.groupby(keys)],
    ).reindex(columns=emlab.RESULT_COLUMNS)

# %% experiment
responses = pd.DataFrame(run_grid(
    rungs, task.pool, task.test[:100], task.labels, emlab.TEMPLATES["review"],
    ks=[0, 1, 3, 5, 10], strategies=["random", "similar"], seeds=[3, 4, 5], condition="arbitrary"))
emlab.save_responses(responses, "responses.jsonl.gz")
results = summarize(responses)
results

# %% claims
from emlab import claim

claim("C1", table=results, where={"model": rungs[0], "k": 10, "strategy": "random"}, column="acc", between=(0.35, 0.65))
claim("C2", table=results, where={"model": rungs[-1], "k": 10, "strategy": "random"}, column="ci_lo", greater_than=0.6)
claim("C3", table=results, where={"model": rungs[-1], "k": 10, "strategy": "random"}, column="acc",
      greater_than={"where": {"model": rungs[-1], "k": 0, "strategy": "random"}, "by": 0.2})
claim("C4", table=label_results, where={"model": rungs[-1], "condition": "natural", "k": 0}, column="acc",
      greater_than={"where": {"model": rungs[-1], "condition": "arbitrary", "k": 0}, "by": 0.1})
