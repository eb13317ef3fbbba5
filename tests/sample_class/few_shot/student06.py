# student: student06
# from: student01
# note: draws with replacement, always gives the extra example to one label, and has three formulas wrong

# %% select_examples
def select_examples(pool, k, strategy, seed, query=None):
    usable = [e for e in pool if query is None or (e["item_id"] != query["item_id"] and e["text"] != query["text"])]
    if k < 0 or k > len(usable):
        raise ValueError("k")
    rng = random.Random(seed)
    if strategy == "random":
        return rng.choices(usable, k=k)
    if strategy == "balanced":
        chosen = []
        for i, label in enumerate(sorted({e["label"] for e in usable})):
            mine = [e for e in usable if e["label"] == label]
            chosen += rng.sample(mine, (k + 1 - i) // 2)
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


def induction_score(weights, positions, period):
    t = np.asarray(positions)
    return weights[:, :, t, t - period].mean(axis=-1)

# %% experiment
responses = pd.DataFrame(run_grid(
    rungs, task.pool, task.test[:60], task.labels, emlab.TEMPLATES["review"],
    ks=[0, 1, 3, 5, 10], strategies=["random", "balanced"], seeds=[0, 1, 2], condition="arbitrary"))
emlab.save_responses(responses, "responses.jsonl.gz")
results = summarize(responses)
results
