# note: tables all the way

# %% run_and_summarize
def run_evalset(models, items, condition):
    def of(name):
        model = emlab.load(name)
        answers = emlab.ask(model, items)
        return [emlab.make_item_record(run_id="run-1", model=model.name, params=model.params, item=i, condition=condition, response=a, **score_item(i, a)) for i, a in zip(items, answers)]
    return sum((of(name) for name in models), [])


def summarize_capability(responses):
    r = responses.copy()
    r["task"] = r["capability"]
    r["metric"] = np.select([r["checker"] == "choice", r["checker"] == "code"], ["acc", "pass@1"], "exact_match")
    r["right"], r["unread"], r["guess"] = r["correct"].astype(int), r["parsed"].isna().astype(int), 1 / r["n_choices"].replace(0, np.nan)
    keys = ["model", "params", "task", "condition", "metric"]
    table = r.groupby(keys, as_index=False).agg(n=("right", "size"), n_correct=("right", "sum"), n_unparsed=("unread", "sum"), value=("right", "mean"),
                                                guess=("guess", "mean"), common=("gold", lambda g: g.value_counts(normalize=True).iloc[0]))
    bounds = [emlab.wilson_interval(c, n) for c, n in zip(table["n_correct"], table["n"])]
    table["ci_lo"], table["ci_hi"] = zip(*bounds)
    table["chance"] = table["metric"].map({"acc": 1, "exact_match": 2, "pass@1": 3})
    table["chance"] = np.where(table["chance"] == 1, table["guess"], np.where(table["chance"] == 2, table["common"], 0.0))
    return table[list(emlab.CAPABILITY_COLUMNS)]

# %% forecasts
h1 = emlab.published("gpt3_table_h1")
few = h1[h1["setting"] == "few"].assign(value=lambda table: table["value"] / 100, condition="few")
largest_size = emlab.load(rungs[-1]).params
def _one(source, target):
    def of(curve):
        return pd.Series({"source": source, "target": target, "n_sizes": len(curve), **forecast(list(curve["params"]), list(curve["value"]), target, T90[len(curve) - 2])})
    return of
parts = []
for source, target, table in [("gpt3", few["params"].max(), few[few["size"] != "175B"]), ("ladder", largest_size, capability[capability["condition"] != "own"])]:
    for key, curve in table.groupby(["task", "condition"]):
        row = _one(source, target)(curve)
        row["task"], row["condition"] = key
        parts.append(row)
forecasts = pd.DataFrame(parts).reset_index(drop=True)[["source", "task", "condition", "target", "n_sizes", "predicted", "lo", "hi"]]

# %% thresholds
def _row(key, curve):
    bracket = threshold_estimate(curve["params"].tolist(), curve["ci_lo"].tolist(), max(0.05, curve["chance"].max()))
    low, high = (float("nan"), float("nan")) if bracket is None else bracket
    return [*key, "lower bounds above the bar from here on", 0 if low is None else low, high,
            classify_curve(*(curve[c].tolist() for c in ("params", "value", "ci_lo", "ci_hi")))]
thresholds = pd.DataFrame([_row(key, curve) for key, curve in capability.groupby(["task", "condition", "metric"])],
                          columns=["task", "condition", "metric", "rule", "lo_size", "hi_size", "shape"])
