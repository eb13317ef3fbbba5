# note: discrimination by loops

# %% +after item_statistics
def item_discrimination(responses):
    right = {}
    for r in responses.to_dict("records"):
        right.setdefault(r["model"], {})[r["item_id"]] = int(r["correct"])
    rows = []
    for item in sorted(set(responses["item_id"])):
        own = np.array([right[m][item] for m in right], float)
        rest = np.array([sum(right[m].values()) - right[m][item] for m in right], float)
        with np.errstate(all="ignore"):
            r = ((own - own.mean()) * (rest - rest.mean())).mean() / (own.std() * rest.std()) if own.std() > 0 and rest.std() > 0 else float("nan")
        rows.append((item, len(own), own.mean(), r))
    return pd.DataFrame(rows, columns=["item_id", "n_models", "difficulty", "discrimination"])


discrimination = item_discrimination(cloze)
