# note: the table of results by dictionaries and the statistics module

# %% summarize
import statistics


def summarize(responses):
    cells = {}
    for row in responses.to_dict("records"):
        key = tuple(row[c] for c in ("model", "params", "condition", "k", "strategy", "order", "template_id"))
        cells.setdefault(key, []).append(row)
    lines = []
    for key, rows in cells.items():
        right = sum(bool(r["correct"]) for r in rows)
        acc = right / len(rows)
        n_items = len({r["item_id"] for r in rows})
        seeds = {}
        for r in rows:
            seeds.setdefault(r["order_seed"], []).append(float(r["correct"]))
        means = [statistics.fmean(v) for v in seeds.values()]
        lo, hi = emlab.wilson_interval(acc * n_items, n_items)
        line = dict(zip(("model", "params", "condition", "k", "strategy", "order", "template_id"), key))
        line.update(n=len(rows), n_items=n_items, n_correct=right, acc=acc, ci_lo=lo, ci_hi=hi, n_seeds=len(means),
                    n_unparsed=sum(r["parsed"] is None or r["parsed"] != r["parsed"] for r in rows),
                    seed_sd=statistics.stdev(means) if len(means) > 1 else 0.0)
        lines.append(line)
    lines.sort(key=lambda r: (r["params"], r["condition"], r["strategy"], r["order"], r["template_id"], r["k"]))
    return pd.DataFrame(lines, columns=list(emlab.RESULT_COLUMNS))

# %% few_shot_gain
def few_shot_gain(h1):
    found = {}
    for row in h1.to_dict("records"):
        found.setdefault((row["task"], row["size"], row["params"]), {})[row["setting"]] = row["value"]
    lines = [
        dict(task=task, size=size, params=params, zero=v["zero"], few=v["few"], gain=v["few"] - v["zero"])
        for (task, size, params), v in found.items()
        if v.get("zero") == v.get("zero") is not None and v.get("few") == v.get("few") is not None
    ]
    lines.sort(key=lambda r: (r["task"], r["params"]))
    return pd.DataFrame(lines, columns=["task", "size", "params", "zero", "few", "gain"])


h1 = emlab.published("gpt3_table_h1")
gains = few_shot_gain(h1)
