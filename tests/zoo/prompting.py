"""The zoo of exercise 3: its wrong solutions (see tests/zoo/entry.py)."""

from tests.zoo.entry import Zoo

ZOO = Zoo()
wrong = ZOO.wrong


# render

wrong(
    "str_format",
    "fills with str.format, which stumbles over any other brace",
    "render_text",
    render=[('re.sub(r"\\{(question|answer|steps)\\}", lambda hole: source[hole[1]], text)', "text.format(**source)")],
)
wrong(
    "fills_twice",
    "fills one hole after the other, so braces in an item are filled too",
    "render_text",
    render=[
        (
            'return re.sub(r"\\{(question|answer|steps)\\}", lambda hole: source[hole[1]], text)',
            'for key in ("question", "answer", "steps"):\n            text = text.replace("{" + key + "}", source.get(key, ""))\n        return text',
        )
    ],
)
wrong(
    "instruction_forgotten",
    "leaves the instruction out",
    "render_text evaluate_records trajectory_true sensitivity_true",
    render=[('pieces = [prompt["instruction"]] if prompt["instruction"] else []', "pieces = []")],
)
wrong(
    "examples_sorted",
    "shows the examples in the order of the pool, not of the prompt",
    "render_text evaluate_records",
    render=[
        (
            'shown = [known[i] for i in prompt["examples"]]',
            'shown = [e for e in pool if e["item_id"] in prompt["examples"]]',
        )
    ],
)
wrong(
    "item_among_examples",
    "an item can be shown with its own answer",
    "render_text",
    render=[('if any(e["item_id"] == item["item_id"] or e["question"] == item["question"] for e in shown):', "if False:")],
)
wrong(
    "twin_among_examples",
    "finds the item among the examples by its id only",
    "render_text",
    render=[(' or e["question"] == item["question"]', "")],
)
wrong(
    "answer_in_query",
    "lets the query show the steps",
    "render_text",
    render=[(' or "{steps}" in prompt["query"]', "")],
)
wrong(
    "unknown_example_skipped",
    "silently leaves out an example that is not in the pool",
    "render_text",
    render=[
        ('    if missing := [i for i in prompt["examples"] if i not in known]:\n        raise ValueError(f"not in the pool: {missing}")\n', ""),
        ('[known[i] for i in prompt["examples"]]', '[known[i] for i in prompt["examples"] if i in known]'),
    ],
)

# parse

wrong(
    "last_mark",
    "reads the last mark, which belongs to a question that the model made up",
    "parse_rules evaluate_answers rescore",
    parse=[('text.partition("Answer:")[2]', 'text.rpartition("Answer:")[2]')],
)
wrong(
    "first_number",
    "reads the first number of the steps as the answer",
    "parse_rules evaluate_answers rescore trajectory_true analysis_form",
    parse=[('re.findall(r"\\d+", text)[-1:]', 're.findall(r"\\d+", text)[:1]')],
)
wrong(
    "empty_for_none",
    "gives an empty text where there is no answer",
    "parse_rules evaluate_answers rescore",
    parse=[(" or None", "")],
)
wrong(
    "all_full_stops",
    "takes every full stop off",
    "parse_rules",
    parse=[('.removesuffix(".")', '.rstrip(".")')],
)
wrong(
    "blank_line_first",
    "takes the first line even if it is blank",
    "parse_rules",
    parse=[('text.strip().split("\\n")[0]', 'text.split("\\n")[0]')],
)

# evaluate

wrong(
    "own_stops",
    "lets the model write to the end of a line, whatever the prompt says",
    "evaluate_answers trajectory_true test_once sensitivity_true",
    evaluate=[('"until": prompt["until"]', '"until": ["\\n"]')],
)
wrong(
    "default_length",
    "leaves the number of tokens to the default, which cuts the steps short",
    "trajectory_true analysis_form",
    evaluate=[('how = {"until": prompt["until"], "max_gen_toks": prompt["max_gen_toks"]}', 'how = {"until": prompt["until"]}')],
)
wrong(
    "response_stripped",
    "keeps the response without its spaces",
    "evaluate_answers trajectory_true test_once sensitivity_true",
    evaluate=[("said = lm.generate_until([(text, how) for text in texts])", "said = [s.strip() for s in lm.generate_until([(text, how) for text in texts])]")],
)
wrong(
    "one_parser_for_all",
    "reads every answer by the first line",
    "evaluate_answers trajectory_true analysis_form",
    evaluate=[('parse(response, prompt["parser"])', 'parse(response, "first_line")')],
)
wrong(
    "part_ignored",
    "writes dev into every record",
    "evaluate_records test_once sensitivity_true",
    evaluate=[("part=part", 'part="dev"')],
)

# luck

wrong(
    "best_of_one",
    "the expected best of k is p, as if nothing were chosen",
    "best_of_k test_once",
    best_of_k_noise=[("** k) / n", "** 1) / n")],
)
wrong(
    "best_sum_off_by_one",
    "sums up to n instead of n - 1, and from the wrong end",
    "best_of_k test_once",
    best_of_k_noise=[("below[:-1]", "below[1:]")],
)
wrong(
    "best_of_k_unlogged",
    "factorials as floating-point numbers, which end at 170",
    "best_of_k",
    best_of_k_noise=[
        (
            "below = np.cumsum(np.exp(log_choose + x * math.log(p) + (n - x) * math.log(1 - p)))",
            "f = [float(math.factorial(i)) for i in range(n + 1)]\n    below = np.cumsum([f[n] / (f[i] * f[n - i]) * p**i * (1 - p) ** (n - i) for i in range(n + 1)])",
        )
    ],
)
wrong(
    "edges_of_p",
    "breaks for p = 0 and p = 1",
    "best_of_k",
    best_of_k_noise=[("    if p in (0, 1):\n        return float(p)\n", "")],
)
wrong(
    "best_of_k_rounded",
    "gives three decimals back, as if the number were only to be read",
    "best_of_k",
    best_of_k_noise=[("return float(np.sum(1 - np.clip(below[:-1], 0, 1) ** k) / n)", "return round(float(np.sum(1 - np.clip(below[:-1], 0, 1) ** k) / n), 3)")],
)
wrong(
    "best_of_k_unchecked",
    "does not ask whether p, n and k can be what they are",
    "best_of_k",
    best_of_k_noise=[
        (
            "    if k < 1 or n < 1 or not 0 <= p <= 1:\n"
            '        raise ValueError("k and n must be at least 1, and p between 0 and 1")\n',
            "",
        )
    ],
)
wrong(
    "one_sided",
    "halves the p-value",
    "paired_exact test_once",
    paired_test=[("min(1.0, 2 * tail)", "min(1.0, tail)")],
)
wrong(
    "p_above_one",
    "a p-value above 1 where b = c",
    "paired_exact",
    paired_test=[("min(1.0, 2 * tail)", "2 * tail")],
)
wrong(
    "b_and_c_swapped",
    "counts what got better as what got worse",
    "paired_exact",
    paired_test=[("int((d == -1).sum()), int((d == 1).sum())", "int((d == 1).sum()), int((d == -1).sum())")],
)
wrong(
    "chi_square",
    "McNemar by chi-square instead of the exact test",
    "paired_exact test_once",
    paired_test=[
        (
            "tail = sum(math.comb(b + c, i) for i in range(min(b, c) + 1)) / 2 ** (b + c)",
            "tail = 0.5 * math.erfc(math.sqrt((b - c) ** 2 / max(1, b + c) / 2))",
        )
    ],
)
wrong(
    "unpaired_bootstrap",
    "draws before and after apart, so the interval is too wide",
    "paired_bootstrap",
    paired_test=[
        (
            "means = np.random.default_rng(seed).choice(d, size=(n_boot, len(d))).mean(axis=1)",
            "rng = np.random.default_rng(seed)\n    means = rng.choice(after, size=(n_boot, len(d))).mean(axis=1) - rng.choice(before, size=(n_boot, len(d))).mean(axis=1)",
        )
    ],
)
wrong(
    "unseeded_bootstrap",
    "draws from an unseeded generator",
    "paired_bootstrap",
    paired_test=[("default_rng(seed)", "default_rng()")],
)
wrong(
    "interval_of_80_percent",
    "takes the 10 and 90 % points",
    "paired_bootstrap",
    paired_test=[("[0.025, 0.975]", "[0.1, 0.9]")],
)
wrong(
    "rescore_in_place",
    "changes the log that it was given",
    "rescore",
    rescore_with_parser=[("return responses.assign(", "responses['parsed'] = parsed\n    return responses.assign(")],
)
wrong(
    "rescore_forgets_correct",
    "reads the answers anew but keeps the old marks",
    "rescore",
    rescore_with_parser=[("correct=pd.Series(correct, index=responses.index, dtype=bool)", 'correct=responses["correct"]')],
)
wrong(
    "rescore_loses_unparsed",
    "drops the answers that the parser can't read",
    "rescore",
    rescore_with_parser=[("dtype=bool))", 'dtype=bool)).dropna(subset="parsed")')],
)

# the trajectory

wrong(
    "format_not_tried",
    "one of the four kinds of change was never tried",
    "trajectory_complete",
    trajectory=[('"change_type": "format"', '"change_type": "chain of thought"')],
)
wrong(
    "parser_with_the_steps",
    "changes the parser together with the prompt",
    "trajectory_complete",
    trajectory=[('"v5": {"parent": "v1"', '"v5": {"parent": "v0"')],
)
wrong(
    "parent_comes_later",
    "a version's parent does not exist yet",
    "trajectory_complete",
    trajectory=[('"v2": {"parent": "v1"', '"v2": {"parent": "v5"')],
)
wrong(
    "half_of_dev",
    "asks half of the dev items",
    "trajectory_true",
    trajectory=[("problem.dev, problem.pool)", "problem.dev[:50], problem.pool)")],
)
wrong(
    "both_rungs_pooled",
    "the accuracy of a version is taken over both rungs",
    "trajectory_true",
    trajectory=[(' & (dev_responses["model"] == large)]', "]")],
)
wrong(
    "interval_wald",
    "the usual p +- 1.96 se in place of Wilson's interval",
    "trajectory_true",
    trajectory=[
        (
            'lo, hi = emlab.wilson_interval(int(group["correct"].sum()), len(group))',
            'p = group["correct"].mean()\n    lo, hi = p - 1.96 * (p * (1 - p) / len(group)) ** 0.5, p + 1.96 * (p * (1 - p) / len(group)) ** 0.5',
        )
    ],
)
wrong(
    "log_improved",
    "marks some wrong answers as right before the table is made",
    "trajectory_true",
    trajectory=[("dev_responses = pd.DataFrame(records)", 'dev_responses = pd.DataFrame(records)\ndev_responses.loc[dev_responses.index[1000:1100:7], "correct"] = True')],
)
wrong(
    "start_changed",
    "does not begin with the given start",
    "trajectory_complete",
    trajectory=[('"change_type": "start", "prompt": start', '"change_type": "start", "prompt": {**start, "delimiter": "\\n"}')],
)
wrong(
    "test_of_another_version",
    "asks the test set with a version besides the first and the final one",
    "test_once",
    test_set=[('for version in ("v0", final):', 'for version in ("v0", "v1", final):')],
)
wrong(
    "chosen_by_hand",
    "reports the accuracy of the final version on dev as that on test",
    "test_once",
    test_set=[("test_table = pd.DataFrame(rows)", 'test_table = pd.DataFrame(rows)\ntest_table.loc[test_table["version"] == final, "acc"] = trajectory["dev_acc"].max() + 0.002')],
)
wrong(
    "claim_made_up",
    "reports an accuracy that the final version does not have",
    "test_once unseen",
    test_set=[("test_table = pd.DataFrame(rows)", 'test_table = pd.DataFrame(rows)\ntest_table.loc[test_table["version"] == final, "acc"] = 0.5')],
)
wrong(
    "gain_unread",
    "calls the whole gain one of ability",
    "test_once",
    gains=[('"ability_gain": lenient["diff"]', '"ability_gain": lenient["diff"] + 0.01')],
)
wrong(
    "answers_learned_by_heart",
    "a final prompt that names what the test answers are has other accuracy on new items",
    "test_once unseen analysis_form",
    test_set=[("test_responses = pd.DataFrame(records)", 'test_responses = pd.DataFrame(records)\ntest_responses.loc[test_responses["template_id"] == final, "response"] = "0"\ntest_responses["parsed"] = [parse(r, problem.lenient) for r in test_responses["response"]]\ntest_responses["correct"] = test_responses["parsed"] == test_responses["gold"]')],
)

# wording and control

wrong(
    "variance_over_items",
    "the variance of single answers, not of the prompts' accuracies",
    "sensitivity_true",
    prompt_spread=[('"variance": float(x.mean(axis=1).var(ddof=1))', '"variance": float(x.var(ddof=1))')],
)
wrong(
    "variance_by_m",
    "divides by m instead of m - 1",
    "sensitivity_true",
    prompt_spread=[("x.mean(axis=1).var(ddof=1)", "x.mean(axis=1).var()")],
)
wrong(
    "spread_not_paired",
    "draws other items for each prompt",
    "sensitivity_true",
    prompt_spread=[
        (
            "drawn = x[:, columns].mean(axis=2).var(axis=0, ddof=1)",
            "rng = np.random.default_rng(seed)\n    drawn = np.array([rng.choice(row, size=(n_boot, n)).mean(axis=1) for row in x]).var(axis=0, ddof=1)",
        )
    ],
)
wrong(
    "two_paraphrases",
    "only two wordings",
    "sensitivity_true",
    paraphrases=[("sensitivity = pd.DataFrame(rows)", 'paraphrases = dict(list(paraphrases.items())[:2])\nsensitivity = pd.DataFrame(rows[:2])\nparaphrase_responses = paraphrase_responses[paraphrase_responses["template_id"].isin(paraphrases)]')],
)
wrong(
    "paraphrase_with_more_examples",
    "a paraphrase that also shows an example",
    "sensitivity_true",
    paraphrases=[('"polite": {**original,', '"polite": {**original, "examples": [problem.pool[0]["item_id"]],')],
)
wrong(
    "gains_swapped",
    "the small rung's gain minus the large one's",
    "control_true",
    difference_in_differences=[("d = on_large - on_small", "d = on_small - on_large")],
)
wrong(
    "rungs_drawn_apart",
    "draws other items for each rung, as if they had been asked different questions",
    "control_true",
    difference_in_differences=[
        (
            "means = np.random.default_rng(seed).choice(d, size=(n_boot, len(d))).mean(axis=1)",
            "rng = np.random.default_rng(seed)\n    means = sum(s * rng.choice(x, size=(n_boot, len(d))).mean(axis=1) for s, x in zip((-1, 1, 1, -1), lists))",
        )
    ],
)
wrong(
    "control_without_the_small_rung",
    "the control holds one rung only",
    "control_true analysis_form",
    control=[("control = pd.DataFrame(rows)", 'control = pd.DataFrame(rows)\nspare = control\ncontrol = control[control["model"] == large]')],
)

# the analysis

wrong(
    "claim_does_not_hold",
    "a claim that its own table contradicts",
    "analysis_form",
    claims=[('column="dev_acc", less_than=problem.target / 2 + 0.01', 'column="dev_acc", greater_than=0.99')],
)
wrong(
    "table_improved",
    "a claim that holds for a table which was changed by hand, and not for the responses",
    "trajectory_true analysis_form",
    trajectory=[("trajectory = pd.DataFrame(rows)", 'trajectory = pd.DataFrame(rows)\ntrajectory.loc[0, "dev_acc"] = 0.01')],
    claims=[("less_than=problem.target / 2 + 0.01", "less_than=0.05")],
)
wrong(
    "quote_changed",
    "a quoted item is not the item's text",
    "analysis_form",
    analysis=[("> dev-0003: Tomas has 5 books.", "> dev-0003: Tomas had five books.")],
)
wrong(
    "section_missing",
    "leaves a section empty",
    "analysis_form",
    analysis=[
        (
            "I tried few prompts, and chose them knowing the text that the models were trained on. Each rung was trained once, so I can't tell size from luck in training. The stories come from one grammar. I would ask next whether the step that is wrong first is the one with the largest numbers, and whether a made-up step in the prompt is copied.",
            "",
        )
    ],
)
