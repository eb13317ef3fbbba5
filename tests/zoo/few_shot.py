"""The zoo of exercise 1: its wrong solutions (see tests/zoo/entry.py)."""

from tests.zoo.entry import Zoo

ZOO = Zoo()
wrong = ZOO.wrong


wrong(
    "k_off_by_one",
    "shows one example more than asked for",
    "build_prompt_shape",
    build_prompt=[("examples[:k]", "examples[: k + 1]")],
)
wrong(
    "k_ignored",
    "shows all the examples it gets, whatever k is",
    "build_prompt_shape",
    build_prompt=[("examples[:k]", "examples")],
)
wrong(
    "no_limit_on_k",
    "a k that is too large passes silently",
    "build_prompt_limits",
    build_prompt=[
        (
            """    if not 0 <= k <= len(examples):
        raise ValueError(f"k is {k}, but there are {len(examples)} examples")
""",
            "",
        )
    ],
)
wrong(
    "fills_twice",
    "fills the label first and the text afterwards, so braces in a review are filled too",
    "build_prompt_limits",
    build_prompt=[
        (
            'template["example"].format(text=e["text"], label=e["label"])',
            'template["example"].replace("{text}", e["text"]).replace("{label}", e["label"])',
        )
    ],
)
wrong(
    "label_leak",
    "the label of the query stands in the prompt",
    "build_prompt_shape build_prompt_limits run_grid_records run_grid_models results_true analysis_form",
    build_prompt=[
        (
            'template["query"].format(text=query["text"])',
            'template["query"].format(text=query["text"]) + " " + query["label"]',
        )
    ],
)
wrong(
    "instruction_forgotten",
    "leaves the instruction out",
    "build_prompt_shape",
    build_prompt=[
        (
            '    pieces = [template["instruction"]] if template["instruction"] else []\n    pieces +=',
            "    pieces =",
        )
    ],
)
wrong(
    "unseeded_choice",
    "draws from the global generator",
    "select_random select_balanced run_grid_records",
    select_examples=[("    rng = random.Random(seed)\n", "    rng = random\n")],
)
wrong(
    "query_among_examples",
    "the query can be one of its own examples",
    "select_random select_balanced select_similar run_grid_records",
    select_examples=[
        (
            """    candidates = [
        e for e in pool
        if query is None or (e["item_id"] != query["item_id"] and e["text"] != query["text"])
    ]
""",
            "    candidates = list(pool)\n",
        )
    ],
)
wrong(
    "twin_among_examples",
    "leaves the query out by its id, but not its text under another id",
    "select_random",
    select_examples=[(' and e["text"] != query["text"]', "")],
)
wrong(
    "with_replacement",
    "an example can be drawn twice",
    "select_random",
    select_examples=[("return rng.sample(candidates, k)", "return rng.choices(candidates, k=k)")],
)
wrong(
    "random_is_balanced",
    "random selection looks at the labels",
    "select_random",
    select_examples=[
        (
            '    if strategy == "random":\n        return rng.sample(candidates, k)\n',
            '    if strategy == "random":\n        try:\n            return select_examples(pool, k, "balanced", seed, query)\n        except ValueError:\n            return rng.sample(candidates, k)\n',
        )
    ],
)
wrong(
    "balanced_extra_to_the_first",
    "the label that comes first in the alphabet always gets the extra example",
    "select_balanced",
    select_examples=[("        rng.shuffle(labels)\n", "")],
)
wrong(
    "balanced_two_labels_only",
    "shares k between two labels only",
    "select_balanced",
    select_examples=[
        ("        rng.shuffle(labels)\n", "        rng.shuffle(labels)\n        labels = labels[:2]\n")
    ],
)
wrong(
    "balanced_short_label",
    "silently returns an uneven list when a label has too few items",
    "select_balanced",
    select_examples=[
        (
            """            if share > len(stack):
                raise ValueError(f"the pool has only {len(stack)} examples with the label {label!r}")
            chosen += rng.sample(stack, share)
""",
            """            chosen += rng.sample(stack, min(share, len(stack)))
""",
        )
    ],
)
wrong(
    "similar_by_shared_words",
    "counts shared words without dividing, so long texts win",
    "select_similar",
    select_examples=[("return len(words & other) / len(words | other)", "return len(words & other)")],
)
wrong(
    "similar_least_first",
    "returns the right items, most similar last",
    "select_similar",
    select_examples=[('(-overlap(e), e["item_id"]))[:k]', '(-overlap(e), e["item_id"]))[:k][::-1]')],
)
wrong(
    "order_seed_ignored",
    "every seed gives the same order",
    "order_of_examples run_grid_records",
    order_examples=[("random.Random(seed).shuffle(mixed)", "random.Random(0).shuffle(mixed)")],
)
wrong(
    "order_label_first",
    "puts the label's block first instead of last",
    "order_of_examples run_grid_records run_grid_models analysis_form",
    order_examples=[
        (
            '[e for e in mixed if e["label"] != label] + [e for e in mixed if e["label"] == label]',
            '[e for e in mixed if e["label"] == label] + [e for e in mixed if e["label"] != label]',
        )
    ],
)
wrong(
    "order_loses_one",
    "loses the last example of the others",
    "order_of_examples run_grid_records run_grid_models effects_true analysis_form",
    order_examples=[
        ('[e for e in mixed if e["label"] != label] +', '[e for e in mixed if e["label"] != label][:-1] +')
    ],
)
wrong(
    "order_unknown_is_shuffled",
    "takes any unknown order for a shuffle",
    "order_of_examples",
    order_examples=[('    raise ValueError(f"unknown order {how!r}")', "    return mixed")],
)
wrong(
    "grid_new_examples_each_seed",
    "the order seed also changes the chosen examples",
    "run_grid_records",
    run_grid=[
        (
            "            chosen = [select_examples(pool, k, strategy, i, item) for i, item in enumerate(items)]\n",
            "",
        ),
        (
            "                ordered =",
            "                chosen = [select_examples(pool, k, strategy, seed, item) for item in items]\n                ordered =",
        ),
    ],
)
wrong(
    "grid_query_not_passed",
    "does not tell the selection which item is asked",
    "run_grid_records",
    run_grid=[
        (
            "for k, strategy in itertools.product(ks, strategies):\n            chosen = [select_examples(pool, k, strategy, i, item)",
            'for k, strategy in itertools.product(ks, strategies):\n            chosen = [select_examples(pool, k, strategy, i, None if strategy != "similar" else item)',
        )
    ],
)
wrong(
    "grid_asks_one_model",
    "loads the first model for every name",
    "run_grid_models results_complete results_true effects_true analysis_form",
    run_grid=[("model = emlab.load(name)", "model = emlab.load(models[0])")],
)
wrong(
    "grid_first_seed_only",
    "runs the first order seed only",
    "run_grid_records results_complete",
    run_grid=[("itertools.product(orders, seeds)", "itertools.product(orders, seeds[:1])")],
)
wrong(
    "grid_gold_is_response",
    "writes the model's answer into gold, so every answer is right",
    "run_grid_records run_grid_models results_true effects_true analysis_form",
    run_grid=[('gold=item["label"]', 'gold=answer["response"]')],
)
wrong(
    "accuracy_of_parsed_only",
    "leaves answers that are no label out of the accuracy",
    "summarize_counts",
    summarize=[
        (
            "    for cell, group in responses.groupby(keys, sort=True):\n",
            '    for cell, everything in responses.groupby(keys, sort=True):\n        group = everything[everything["parsed"].notna()]\n',
        ),
        ('int(group["parsed"].isna().sum())', "len(everything) - len(group)"),
    ],
)
wrong(
    "interval_over_responses",
    "takes every response for an item of its own, so the interval is too narrow",
    "summarize_intervals results_true",
    summarize=[
        ("emlab.wilson_interval(n_correct / n * n_items, n_items)", "emlab.wilson_interval(n_correct, n)")
    ],
)
wrong(
    "interval_wald",
    "uses the normal interval instead of Wilson's",
    "summarize_intervals results_true",
    summarize=[
        (
            "        lo, hi = emlab.wilson_interval(n_correct / n * n_items, n_items)\n",
            "        half = 1.96 * (n_correct / n * (1 - n_correct / n) / n_items) ** 0.5\n        lo, hi = max(0.0, n_correct / n - half), min(1.0, n_correct / n + half)\n",
        )
    ],
)
wrong(
    "spread_with_n",
    "divides by n instead of n - 1 in the spread over order seeds",
    "summarize_intervals",
    summarize=[("by_seed.std(ddof=1)", "by_seed.std(ddof=0)")],
)
wrong(
    "spread_of_answers",
    "takes the spread over single answers",
    "summarize_intervals",
    summarize=[("float(by_seed.std(ddof=1))", 'float(group["correct"].std(ddof=1))')],
)
wrong(
    "pools_conditions",
    "forgets the condition and the template when it groups",
    "summarize_counts effects_true",
    summarize=[
        (
            "    for cell, group in responses.groupby(keys, sort=True):\n",
            '    for cell, group in responses.groupby(["model", "params", "k", "strategy", "order"], sort=True):\n        cell = (cell[0], cell[1], group["condition"].iloc[0], *cell[2:], group["template_id"].iloc[0])\n',
        )
    ],
)
wrong(
    "fifty_items",
    "asks fifty items in each cell",
    "results_complete",
    experiment=[("task.test[:100]", "task.test[:50]")],
)
wrong(
    "two_order_seeds",
    "runs two order seeds",
    "results_complete",
    experiment=[("seeds=[0, 1, 2]", "seeds=[0, 1]")],
)
wrong(
    "test_items_as_examples",
    "shows test items as examples",
    "results_true",
    experiment=[("rungs, task.pool, task.test[:100]", "rungs, task.test, task.test[:100]")],
)
wrong(
    "results_touched_up",
    "a number in results was changed by hand",
    "results_true",
    experiment=[
        (
            "results = summarize(responses)",
            'results = summarize(responses)\nresults.loc[3, "n_correct"] = results.loc[3, "n"]\nresults.loc[3, "acc"] = 1.0',
        )
    ],
)
wrong(
    "responses_invented",
    "some responses were replaced by the right answer",
    "results_complete results_true analysis_form",
    experiment=[
        (
            "emlab.save_responses(",
            'responses.loc[::10, ["response", "parsed"]] = responses.loc[::10, ["gold", "gold"]].to_numpy()\nresponses["correct"] = responses["response"] == responses["gold"]\nemlab.save_responses(',
        )
    ],
)
wrong(
    "recency_against_gold",
    "compares with the right label instead of the last one",
    "effects_true analysis_form",
    effects=[
        (
            '(group["response"] == group["order"].str.removeprefix("last:")).mean()',
            '(group["response"] == group["gold"]).mean()',
        )
    ],
)
wrong(
    "flipped_not_measured",
    "measures natural labels twice and calls one of them flipped",
    "effects_true",
    effects=[
        (
            't = emlab.load_task("reviews", labels=kind, seed=4)',
            't = emlab.load_task("reviews", labels=kind if kind != "flipped" else "natural", seed=4)',
        )
    ],
)
wrong(
    "attention_swapped_axes",
    "takes 'from' for 'to'",
    "attention_scores",
    attention_functions=[("weights[:, :, t, t - period + 1]", "weights[:, :, t - period + 1, t]")],
)
wrong(
    "attention_off_by_one",
    "looks at the first occurrence instead of the token after it",
    "attention_scores",
    attention_functions=[("t - period + 1", "t - period")],
)
wrong(
    "attention_positions_ignored",
    "takes all later positions instead of the given ones",
    "attention_scores",
    attention_functions=[("t = np.asarray(positions)", "t = np.arange(period, weights.shape[-1])")],
)
wrong(
    "attention_first_position",
    "takes the first position's attention instead of the last one's",
    "attention_scores",
    attention_functions=[("weights[:, :, -1, list(positions)]", "weights[:, :, list(positions), -1]")],
)
wrong(
    "bayes_no_logarithms",
    "multiplies probabilities, which get too small",
    "bayes",
    bayes_functions=[
        (
            """    with np.errstate(divide="ignore"):
        steps = np.cumsum(np.log(likelihoods).reshape(-1, len(prior)), axis=0)
        log_joint = np.log(prior) + np.vstack([np.zeros(len(prior)), steps])
    weights = np.exp(log_joint - log_joint.max(axis=1, keepdims=True))
""",
            """    steps = np.cumprod(likelihoods.reshape(-1, len(prior)), axis=0)
    weights = prior * np.vstack([np.ones(len(prior)), steps])
""",
        )
    ],
)
wrong(
    "bayes_wrong_exponent",
    "turns the sign of the surplus around",
    "bayes",
    bayes_functions=[("(2 * m - k)", "(k - 2 * m)")],
)
wrong(
    "bayes_no_prior",
    "forgets the prior in the posterior",
    "bayes",
    bayes_functions=[("np.log(prior) + np.vstack", "0 * np.log(prior) + np.vstack")],
)
wrong(
    "gain_sizes_as_text",
    "sorts the sizes as text",
    "gpt3_gain",
    few_shot_gain=[('sort_values(["task", "params"]', 'sort_values(["task", "size"]')],
)
wrong(
    "gain_over_one_shot",
    "subtracts the one-shot value",
    "gpt3_gain",
    few_shot_gain=[('wide["few"] - wide["zero"]', 'wide["few"] - wide["one"]')],
)
wrong(
    "gain_keeps_gaps",
    "keeps tasks for which a value is missing",
    "gpt3_gain",
    few_shot_gain=[('    wide = wide.dropna(subset=["zero", "few"])\n', "")],
)
wrong(
    "claim_does_not_hold",
    "a claim that its own table contradicts",
    "analysis_form",
    claims=[('column="acc", between=(0.35, 0.65)', 'column="acc", greater_than=0.99')],
)
wrong(
    "claim_on_a_touched_table",
    "rests a claim on numbers that were changed by hand",
    "results_true analysis_form",
    experiment=[
        (
            "results = summarize(responses)",
            'results = summarize(responses)\nresults.loc[results["model"] == rungs[0], "acc"] = 0.99',
        )
    ],
    claims=[('column="acc", between=(0.35, 0.65)', 'column="acc", greater_than=0.9')],
)
wrong(
    "analysis_without_quotes",
    "cites no failing item",
    "analysis_form",
    analysis=[("> reviews-test-0001: ", "One said: "), ("> reviews-test-0004: ", "Another said: ")],
)
