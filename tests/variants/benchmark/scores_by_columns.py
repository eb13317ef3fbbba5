# note: scores by columns

# %% +after recompute_scores
def recompute_scores(responses, filters):
    parts = []
    for name, (pattern, which) in filters.items():
        t = responses[["model", "params", "condition", "gold", "response"]].copy()
        t["answer"] = t["response"].map(lambda text: extract_answer(text, pattern, which))
        t["right"] = [same_answer(a, g) for a, g in zip(t["answer"], t["gold"])]
        t["bad"] = t["answer"].eq("[invalid]")
        g = t.groupby(["model", "params", "condition"], as_index=False).agg(n=("right", "size"), n_correct=("right", "sum"), n_invalid=("bad", "sum"))
        parts.append(g.assign(filter=name))
    table = pd.concat(parts, ignore_index=True)
    table["acc"] = table["n_correct"] / table["n"]
    table["ci_lo"] = [emlab.wilson_interval(int(c), int(n))[0] for c, n in zip(table["n_correct"], table["n"])]
    table["ci_hi"] = [emlab.wilson_interval(int(c), int(n))[1] for c, n in zip(table["n_correct"], table["n"])]
    return table[["model", "params", "condition", "filter", "n", "n_correct", "acc", "ci_lo", "ci_hi", "n_invalid"]]


scores = pd.concat([recompute_scores(problems, {**STRICT, **FLEXIBLE}), recompute_scores(letters, WHOLE), recompute_scores(cloze, WHOLE)])
