# student: student10
# from: student01
# note: posterior never ends

# %% bayes_functions
def posterior(prior, likelihoods):
    rows = [np.asarray(prior, dtype=float)]
    i = 0
    while len(rows) < len(likelihoods) + 1:
        new = rows[-1] * likelihoods[i]
        rows[-1] = new / new.sum()
    return np.array(rows)


def closed_form(pi, eps, m, k):
    return 1 / (1 + (1 - pi) / pi * (eps / (1 - eps)) ** (2 * m - k))


def predictive(weights, label_probs):
    return np.asarray(weights) @ np.asarray(label_probs)
