# note: numpy's generators instead of the module random

# %% select_examples
def select_examples(pool, k, strategy, seed, query=None):
    usable = list(pool)
    if query is not None:
        usable = [e for e in usable if query["item_id"] != e["item_id"]]
        usable = [e for e in usable if query["text"] != e["text"]]
    if k not in range(len(usable) + 1):
        raise ValueError(f"{k} examples can't be had")
    rng = np.random.default_rng(seed)
    if strategy == "similar":
        if query is None:
            raise ValueError("no query")
        words = set(query["text"].split())
        near = np.array([len(words & set(e["text"].split())) / len(words | set(e["text"].split())) for e in usable])
        ids = np.array([e["item_id"] for e in usable])
        return [usable[i] for i in np.lexsort((ids, -near))[:k]]
    if strategy == "random":
        return [usable[i] for i in rng.choice(len(usable), size=k, replace=False)]
    if strategy == "balanced":
        labels = np.array([e["label"] for e in usable])
        chosen = []
        for place, label in enumerate(rng.permutation(np.unique(labels))):
            there = np.flatnonzero(labels == label)
            share = k // len(np.unique(labels)) + int(place < k % len(np.unique(labels)))
            if share > len(there):
                raise ValueError("too few")
            chosen.extend(usable[i] for i in rng.choice(there, size=share, replace=False))
        return chosen
    raise ValueError("unknown strategy")

# %% order_examples
def order_examples(examples, how, seed):
    places = np.random.default_rng(seed).permutation(len(examples))
    mixed = [examples[i] for i in places]
    kind, _, label = how.partition(":")
    if kind == "last" and ":" in how:
        return sorted(mixed, key=lambda e: e["label"] == label)
    if how != "shuffled":
        raise ValueError(how)
    return mixed

# %% attention_functions
def attention_to(weights, positions):
    mask = np.zeros(weights.shape[-1])
    mask[list(positions)] = 1
    return np.einsum("lhk,k->lh", weights[:, :, -1, :], mask)


def induction_score(weights, positions, period):
    total = np.zeros(weights.shape[:2])
    for t in positions:
        total += weights[:, :, t, t - period + 1]
    return total / len(positions)
