# note: rescored by merge

# %% +after contaminated
def rescore_excluding(responses, excluded):
    keys = ["model", "params", "condition"]
    t = responses.assign(correct=responses["correct"].astype(float), out=responses["item_id"].isin(list(excluded)))
    table = t.groupby(keys)["correct"].agg(n_all="size", acc_all="mean").reset_index()
    for name, part in (("kept", t[~t["out"]]), ("excluded", t[t["out"]])):
        more = part.groupby(keys)["correct"].agg(["size", "mean"]).rename(columns={"size": f"n_{name}", "mean": f"acc_{name}"}).reset_index()
        table = table.merge(more, on=keys, how="left")
        table[f"n_{name}"] = table[f"n_{name}"].fillna(0).astype(int)
    bounds = [emlab.wilson_interval(a * n, n) if n else (np.nan, np.nan) for a, n in zip(table["acc_kept"], table["n_kept"])]
    table["ci_lo"], table["ci_hi"] = [b[0] for b in bounds], [b[1] for b in bounds]
    table["effect"] = table["acc_kept"] - table["acc_all"]
    return table


found = ngram_overlap([i["prompt"] for i in deep_dive.items("letters", 2048)], emlab.corpus_excerpt(), 13)
flagged = [i["item_id"] for i, share in zip(deep_dive.items("letters", 2048), found) if share > 0.5]
contamination = rescore_excluding(responses[responses["condition"] != "problems"], set(flagged))
