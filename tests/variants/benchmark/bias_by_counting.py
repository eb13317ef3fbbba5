# note: bias by counting

# %% +after position_bias
def position_bias(responses):
    table = []
    for model in responses["model"].unique():
        mine = responses[responses["model"] == model].to_dict("records")
        for letter in ("D", "C", "B", "A"):
            gold = [r for r in mine if r["gold"] == letter]
            hits = [r for r in gold if r["parsed"] == letter]
            said = [r for r in mine if r["parsed"] == letter]
            table.append([model, mine[0]["params"], letter, len(mine), len(gold) / len(mine), len(said) / len(mine), len(hits) / len(gold) if gold else np.nan])
    table = pd.DataFrame(table, columns=["model", "params", "letter", "n", "gold_share", "said_share", "recall"])
    return table.sort_values(["model", "letter"])


bias_table = position_bias(letters)
