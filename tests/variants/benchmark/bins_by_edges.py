# note: bins by edges

# %% +after item_statistics
def reliability(responses, bins=10):
    table = []
    for (model, params), g in responses.groupby(["model", "params"]):
        c = g["confidence"].to_numpy(float)
        number = np.clip((c * bins).astype(int), 0, bins - 1)
        for i in range(bins):
            inside = g[number == i]
            if len(inside) == 0:
                continue
            lo, hi = emlab.wilson_interval(float(inside["correct"].sum()), len(inside))
            table.append(dict(model=model, params=params, bin=i, n=len(inside), confidence=float(inside["confidence"].mean()),
                              value=float(inside["correct"].mean()), ci_lo=lo, ci_hi=hi))
    return pd.DataFrame(table)


def ece(table):
    t = table.assign(gap=(table["value"] - table["confidence"]).abs() * table["n"])
    t = t.groupby(["model", "params"], as_index=False)[["n", "gap"]].sum()
    return t.assign(ece=t["gap"] / t["n"])[["model", "params", "n", "ece"]]


reliability_table = reliability(cloze)
calibration = ece(reliability_table)
