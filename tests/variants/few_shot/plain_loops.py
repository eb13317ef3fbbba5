# note: nothing but loops and lists

# %% build_prompt
def build_prompt(template, examples, query, k):
    if k < 0:
        raise ValueError("k must not be negative")
    if k > len(examples):
        raise ValueError("not enough examples")
    prompt = ""
    if template["instruction"] != "":
        prompt = template["instruction"] + template["delimiter"]
    for i in range(k):
        prompt += template["example"].format(text=examples[i]["text"], label=examples[i]["label"])
        prompt += template["delimiter"]
    return prompt + template["query"].format(text=query["text"])

# %% order_examples
def order_examples(examples, how, seed):
    order = examples[:]
    rng = random.Random(seed)
    for i in range(len(order) - 1, 0, -1):
        j = rng.randint(0, i)
        order[i], order[j] = order[j], order[i]
    if how == "shuffled":
        return order
    if not how.startswith("last:"):
        raise ValueError("no such order: " + how)
    first, last = [], []
    for example in order:
        if example["label"] == how[5:]:
            last.append(example)
        else:
            first.append(example)
    return first + last

# %% run_grid
def run_grid(models, pool, items, labels, template, ks, strategies, orders=("shuffled",), seeds=(0,),
             condition="natural"):
    result = []
    for name in models:
        lm = emlab.load(name)
        for k in ks:
            for strategy in strategies:
                for order in orders:
                    for seed in seeds:
                        for number in range(len(items)):
                            item = items[number]
                            shown = select_examples(pool, k, strategy, number, item)
                            shown = order_examples(shown, order, seed)
                            text = build_prompt(template, shown, item, k)
                            ids = []
                            for example in shown:
                                ids.append(example["item_id"])
                            answer = emlab.multiple_choice(lm, [text], labels)[0]
                            result.append(emlab.make_record(
                                run_id="few_shot", model=name, params=lm.params, item_id=item["item_id"],
                                condition=condition, k=k, strategy=strategy, order=order,
                                template_id=template["template_id"], example_ids=ids, order_seed=seed,
                                prompt=text, response=answer["response"], choices=labels, gold=item["label"]))
    return result
