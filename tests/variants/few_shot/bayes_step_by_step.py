# note: Bayes' rule once for each example, and the closed form by logaddexp

# %% bayes_functions
def posterior(prior, likelihoods):
    with np.errstate(divide="ignore"):
        now = np.log(np.asarray(prior, dtype=float))
        logs = np.log(np.asarray(likelihoods, dtype=float).reshape(-1, len(now)))
    now = now - np.logaddexp.reduce(now)
    rows = [now]
    for step in logs:
        now = now + step
        now = now - np.logaddexp.reduce(now)
        rows.append(now)
    return np.exp(np.array(rows))


def closed_form(pi, eps, m, k):
    a = math.log(pi) + m * math.log1p(-eps) + (k - m) * math.log(eps)
    b = math.log1p(-pi) + m * math.log(eps) + (k - m) * math.log1p(-eps)
    return float(np.exp(a - np.logaddexp(a, b)))


def predictive(weights, label_probs):
    return sum(w * np.asarray(row, dtype=float) for w, row in zip(weights, label_probs))
