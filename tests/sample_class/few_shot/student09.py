# student: student09
# from: student01
# note: a syntax error in order_examples, so nothing after it runs

# %% order_examples
def order_examples(examples, how, seed):
    result = random.Random(seed).sample(examples, len(examples)
    if how == "shuffled":
        return result
    return sorted(result, key=lambda e: e["label"] == how[5:])
