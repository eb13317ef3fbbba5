# note: Other answers reviewed, other types, another search for what leaked, other proposals, as few rows as are asked for.

# %% review
from collections import Counter

drawn = responses[~responses["correct"].astype(bool) & (responses["condition"] != "problems")].sample(32, random_state=5)
right = responses[responses["correct"].astype(bool)].sample(5, random_state=5)


def kind_of(row):
    if row["condition"] == "letters":
        return "says its favourite" if row["response"] == favourite[row["model"]] else "another letter"
    return "sure of it" if row["confidence"] > 0.5 else "unsure"


favourite = {model: Counter(group["response"]).most_common(1)[0][0] for model, group in letters.groupby("model")}
reviewed = []
for row in pd.concat([drawn, right]).to_dict("records"):
    kept = {key: row[key] for key in ("item_id", "model", "condition", "gold", "parsed", "correct")}
    kept["error_type"] = "none" if row["correct"] else kind_of(row)
    kept["quote"] = row["prompt"].split("\n")[0]
    kept["why"] = "the fact is not known to this rung"
    reviewed.append(kept)
items = pd.DataFrame(reviewed)
wrong = items[items["error_type"] != "none"]
counts = wrong["error_type"].value_counts()
ends = [emlab.wilson_interval(int(n), len(wrong)) for n in counts]
taxonomy = pd.DataFrame({
    "error_type": counts.index, "definition": "what the name says, by the rule in kind_of", "n": counts.to_numpy(),
    "share": counts.to_numpy() / len(wrong), "lo": [e[0] for e in ends], "hi": [e[1] for e in ends],
    "example_ids": [wrong.loc[wrong["error_type"] == t, "item_id"].drop_duplicates().tolist() for t in counts.index],
})
second_pass = wrong.sample(10, random_state=2)[["item_id", "model", "condition", "error_type"]]
kappa = cohen_kappa(second_pass["error_type"].tolist(), second_pass["error_type"].tolist())

# %% contaminated
def rescore_excluding(responses, excluded):
    excluded, rows = set(excluded), []
    for key, group in responses.groupby(["model", "params", "condition"]):
        parts = {"all": [], "kept": [], "excluded": []}
        for item, right in zip(group["item_id"], group["correct"]):
            parts["all"].append(right)
            parts["excluded" if item in excluded else "kept"].append(right)
        acc = {name: sum(part) / len(part) if part else float("nan") for name, part in parts.items()}
        lo, hi = emlab.wilson_interval(sum(parts["kept"]), len(parts["kept"])) if parts["kept"] else (float("nan"),) * 2
        rows.append([*key, len(parts["all"]), acc["all"], len(parts["kept"]), acc["kept"], lo, hi,
                     len(parts["excluded"]), acc["excluded"], acc["kept"] - acc["all"]])
    return pd.DataFrame(rows, columns=["model", "params", "condition", "n_all", "acc_all", "n_kept", "acc_kept", "ci_lo", "ci_hi",
                                       "n_excluded", "acc_excluded", "effect"])


every = {item["item_id"]: item["prompt"] for item in deep_dive.items("letters", 2048)}
found = dict(zip(every, ngram_overlap(list(every.values()), emlab.corpus_excerpt(), 12)))
flagged = {item for item, share in found.items() if share > 0.6}
contamination = rescore_excluding(responses[responses["condition"] != "problems"], flagged)

# %% people_and_models
people = emlab.published("human").rename(columns={"benchmark": "subject", "setting": "people", "value": "human"})
known = emlab.published("results").dropna(subset=["params"])
mmlu = known[(known["benchmark"] == "MMLU") & (known["model"] != "human")].drop_duplicates("model").head(3)
human_vs_model = people[people["subject"] == "MMLU"][["subject", "people", "human", "source"]].merge(
    mmlu[["model", "value"]].rename(columns={"value": "acc"}), how="cross")
bounds = [emlab.wilson_interval(acc * 140.79, 14079) for acc in human_vs_model["acc"]]
human_vs_model["lo"], human_vs_model["hi"] = [100 * low for low, _ in bounds], [100 * high for _, high in bounds]
rows = []
for row in scores[scores["filter"] != "flexible-extract"].itertuples():
    rows.append((row.condition, row.model, float(row.params), emlab.train_flops(row.model), 100 * row.acc,
                 0 if row.condition == "problems" else 25, "measured here"))
for name, chance in (("MMLU", 25), ("GSM8K", 0)):
    for row in known[known["benchmark"] == name].query("model != 'human'").head(4).itertuples():
        rows.append((name, row.model, row.params, row.train_flops, row.value, chance, row.source))
comparison = pd.DataFrame(rows, columns=["benchmark", "model", "params", "train_flops", "acc", "chance", "source"])

# %% proposals_table
def proposal(kind, **what):
    row = dict(problem="The score does not say what it seems to say.", evidence_ids=["word-problem-2-0001", "word-problem-2-0002"],
               change="Count in another way.", kind=kind, model="", condition="", filter="", drop=[], to="",
               before=math.nan, after=math.nan, measured_effect=math.nan, cost="Old scores can not be compared.")
    row.update(what)
    row["measured_effect"] = row["after"] - row["before"]
    return row


second = scores[(scores["model"] == rungs[1]) & (scores["filter"] == "strict-match")].iloc[0]
easy = set(discrimination.loc[discrimination["difficulty"] > 0.8, "item_id"])
of_largest = cloze[cloze["model"] == largest]
harder = of_largest[~of_largest["item_id"].isin(easy)]
proposals = pd.DataFrame([
    proposal("valid_only", model=second["model"], condition="problems", filter="strict-match", before=second["acc"],
             after=second["n_correct"] / (second["n"] - second["n_invalid"])),
    proposal("drop_items", model=largest, condition="cloze", filter="none", drop=sorted(easy), before=of_largest["correct"].mean(),
             after=harder["correct"].mean()),
    proposal("idea"),
])

# %% claims
from emlab import claim

claim("C1", table=scores, where={"model": smallest, "condition": "letters", "filter": "none"}, column="acc", between=(0.1, 0.4))
claim("C2", table=bias_table, where={"model": smallest, "letter": "A"}, column="said_share", less_than=0.2)
claim("C3", table=calibration, where={"model": largest}, column="ece", less_than={"where": {"model": smallest}, "by": 0.05})
claim("C4", table=contamination, where={"model": largest, "condition": "letters"}, column="acc_excluded", greater_than=0.5)
claim("C5", table=comparison, where={"benchmark": "cloze", "model": largest}, column="acc", greater_than=80)
claim("C6", table=contamination, where={"model": largest, "condition": "letters"}, column="n_excluded", greater_than=50)
claim("C7", table=contamination, where={"model": largest, "condition": "letters"}, column="acc_kept", less_than=0.35)
