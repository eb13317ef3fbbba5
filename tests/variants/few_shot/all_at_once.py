# note: the grid is written down first; each model is asked everything in one call

# %% run_grid
def run_grid(models, pool, items, labels, template, ks, strategies, orders=("shuffled",), seeds=(0,),
             condition="natural"):
    plan = []
    for i, item in enumerate(items):
        for strategy in strategies:
            for k in ks:
                chosen = select_examples(pool, k, strategy, i, item)
                for order in orders:
                    for seed in seeds:
                        examples = order_examples(chosen, order, seed)
                        plan.append(dict(item=item, strategy=strategy, k=k, order=order, seed=seed, examples=examples,
                                         prompt=build_prompt(template, examples, item, k)))
    out = []
    for name in models:
        model = emlab.load(name)
        for step, answer in zip(plan, emlab.multiple_choice(model, [s["prompt"] for s in plan], labels)):
            out.append(emlab.make_record(
                run_id="few_shot", model=name, params=model.params, item_id=step["item"]["item_id"],
                condition=condition, k=step["k"], strategy=step["strategy"], order=step["order"],
                template_id=template["template_id"], example_ids=[e["item_id"] for e in step["examples"]],
                order_seed=step["seed"], prompt=step["prompt"], response=answer["response"], choices=labels,
                gold=step["item"]["label"]))
    return out
