# note: evaluate asks item by item, rescoring builds new records.

# %% evaluate
def evaluate(model, version, prompt, items, pool, part="dev"):
    lm, records = emlab.load(model), []
    for item in items:
        text = render(prompt, item, pool)
        (said,) = lm.generate_until([(text, dict(until=list(prompt["until"]), max_gen_toks=prompt["max_gen_toks"]))])
        records.append(emlab.make_answer(model=lm.name, params=lm.params, version=version, part=part, item=item,
                                         examples=list(prompt["examples"]), prompt=text, response=said, parsed=parse(said, prompt["parser"])))
    return records

# %% rescore_with_parser
def rescore_with_parser(responses, parser):
    rows = []
    for row in responses.to_dict("records"):
        parsed = parse(row["response"], parser)
        rows.append({**row, "parsed": parsed, "correct": parsed == row["gold"]})
    return pd.DataFrame(rows, columns=responses.columns, index=responses.index)
