# student: student03
# from: student01
# note: everything solved, another style for the last parts

# %% attention_functions
def attention_to(weights, positions):
    last = np.asarray(weights)[..., -1, :]
    return sum((last[..., p] for p in positions), np.zeros(last.shape[:-1]))


def induction_score(weights, positions, period):
    weights = np.asarray(weights)
    chosen = [weights[..., t, t - period + 1] for t in positions]
    return np.mean(chosen, axis=0)

# %% bayes_functions
def posterior(prior, likelihoods):
    rows = [np.asarray(prior, dtype=float)]
    for step in likelihoods:
        new = rows[-1] * step
        rows.append(new / new.sum())
    return np.array(rows)


def closed_form(pi, eps, m, k):
    log_ratio = math.log((1 - pi) / pi) + (2 * m - k) * math.log(eps / (1 - eps))
    return 0.0 if log_ratio > 700 else 1 / (1 + math.exp(log_ratio))


def predictive(weights, label_probs):
    return np.einsum("t,tl->l", np.asarray(weights), np.asarray(label_probs))

# %% few_shot_gain
def few_shot_gain(h1):
    table = {}
    for row in h1.itertuples():
        table.setdefault((row.task, row.params, row.size), {})[row.setting] = row.value
    rows = [(task, size, params, v["zero"], v["few"], v["few"] - v["zero"])
            for (task, params, size), v in sorted(table.items()) if "zero" in v and "few" in v]
    return pd.DataFrame(rows, columns=["task", "size", "params", "zero", "few", "gain"])


h1 = emlab.published("gpt3_table_h1")
gains = few_shot_gain(h1)
gains.groupby(["params", "size"])["gain"].median()
