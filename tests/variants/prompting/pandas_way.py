# note: pandas where it can be: rescoring with map, tables with agg.

# %% rescore_with_parser
def rescore_with_parser(responses, parser):
    table = responses.copy()
    table["parsed"] = [parse(r, parser) for r in table["response"].tolist()]
    table["correct"] = table["parsed"].eq(table["gold"])
    return table

# %% control
wide = test_responses.pivot(index="item_id", columns=["model", "template_id"], values="correct")
did = difference_in_differences(wide[large, "v0"].tolist(), wide[large, final].tolist(), wide[small, "v0"].tolist(), wide[small, final].tolist())
control = dev_responses.groupby(["model", "params", "template_id"], as_index=False).agg(n=("correct", "size"), acc=("correct", "mean"))
ends = [emlab.wilson_interval(a * n, n) for a, n in zip(control["acc"], control["n"])]
control = control.rename(columns={"template_id": "version"}).assign(lo=[e[0] for e in ends], hi=[e[1] for e in ends])
