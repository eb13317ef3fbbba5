# student: student06
# from: student01
# note: draws from the global generator, and two formulas are the wrong way round

# %% select_examples
def select_examples(pool, k, strategy, seed, query=None):
    usable = [e for e in pool if query is None or (e["item_id"] != query["item_id"] and e["text"] != query["text"])]
    if k < 0 or k > len(usable):
        raise ValueError("k")
    if strategy == "random":
        return random.sample(usable, k)
    if strategy == "balanced":
        chosen = []
        for i, label in enumerate(sorted({e["label"] for e in usable})):
            mine = [e for e in usable if e["label"] == label]
            chosen += random.sample(mine, (k + 1 - i) // 2)
        return chosen
    if strategy == "similar" and query is not None:
        q = set(query["text"].split())
        return sorted(usable, key=lambda e: (-len(q & set(e["text"].split())), e["item_id"]))[:k]
    raise ValueError("strategy")

# %% bayes_functions
def posterior(prior, likelihoods):
    table = np.vstack([np.ones(len(prior)), np.cumprod(np.asarray(likelihoods).reshape(-1, len(prior)), axis=0)])
    table = table * prior
    return table / table.sum(axis=1, keepdims=True)


def closed_form(pi, eps, m, k):
    return 1 / (1 + (1 - pi) / pi * ((1 - eps) / eps) ** (2 * m - k))


def predictive(weights, label_probs):
    return np.asarray(weights) @ np.asarray(label_probs)

# %% attention_functions
def attention_to(weights, positions):
    return weights[:, :, -1, list(positions)].sum(axis=-1)


def induction_score(weights, period):
    t = np.arange(period, 2 * period)
    return weights[:, :, t, t - period].mean(axis=-1)
