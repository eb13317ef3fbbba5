"""The zoo of exercise 2: its wrong solutions (see tests/zoo/entry.py)."""

from tests.zoo.entry import Zoo

ZOO = Zoo()
wrong = ZOO.wrong


# the evaluation set
wrong(
    "both_twins_reported",
    "reports nothing for a prompt that differs from an earlier one in white space alone",
    "evalset_checked",
    validate_evalset=[('" ".join(item["prompt"].split()).casefold()', 'item["prompt"].strip()')],
)
wrong(
    "true_is_a_difficulty",
    "takes True for the difficulty 1",
    "evalset_checked",
    validate_evalset=[('type(item["difficulty"]) is not int', 'not isinstance(item["difficulty"], int)')],
)
wrong(
    "leak_anywhere",
    "calls it a leak wherever the gold answer stands in the prompt",
    "evalset_checked",
    validate_evalset=[('item["prompt"].split()[-len(words):] == words', 'item["gold"] in item["prompt"]')],
)
wrong(
    "blank_is_there",
    "takes a blank text for a filled field",
    "evalset_checked",
    validate_evalset=[("and not item[field].strip())", 'and item[field] == "")')],
)
wrong(
    "few_own_items",
    "hands in nine items",
    "own_items",
    my_items=[
        (
            "for number, (difficulty, a, b, kind) in enumerate(_sums, start=1)",
            "for number, (difficulty, a, b, kind) in enumerate(_sums[:9], start=1)",
        )
    ],
)
wrong(
    "ids_of_another_kind",
    "gives the own items ids that can't be told from others",
    "own_items",
    my_items=[('"own-math-{number:02d}"', '"mine-{number:02d}"')],
)
# scoring
wrong(
    "numbers_as_text",
    "compares numbers as text",
    "score_text",
    score_item=[('correct = float(parsed) == float(item["gold"])', 'correct = parsed == item["gold"]')],
)
wrong(
    "any_number",
    "is content when the gold number is any of those in the response",
    "score_text",
    score_item=[
        (
            'correct = float(parsed) == float(item["gold"])',
            'correct = float(item["gold"]) in map(float, numbers)',
        )
    ],
)
wrong(
    "first_number",
    "reads the first number instead of the last",
    "score_text",
    score_item=[("parsed = numbers[-1]", "parsed = numbers[0]")],
)
wrong(
    "commas_kept",
    "splits 1,000 into two numbers",
    "score_text",
    score_item=[
        ('re.sub(r"(?<=\\d),(?=\\d)", "", response.split("Answer:")[-1])', 'response.split("Answer:")[-1]')
    ],
)
wrong(
    "first_answer_counts",
    "reads what follows the first Answer:",
    "score_text",
    score_item=[
        (
            'response.split("Answer:")[-1]',
            '(response.split("Answer:", 1)[1] if "Answer:" in response else response)',
        )
    ],
)
wrong(
    "exact_ignores_case",
    "ignores capitals where every character counts",
    "score_text",
    score_item=[
        (
            '        correct = parsed == item["gold"]\n    elif item["checker"] == "numeric"',
            '        correct = (parsed or "").lower() == item["gold"].lower()\n    elif item["checker"] == "numeric"',
        )
    ],
)
wrong(
    "choice_contained",
    "takes a choice that stands somewhere in the response",
    "score_choice",
    score_item=[("choice.casefold() == said", "choice.casefold() in said")],
)
wrong(
    "letter_first",
    "reads a letter as a letter even where it is the text of a choice",
    "score_choice",
    score_item=[
        (
            "if parsed is None and choice.casefold() == said",
            "if parsed is None and len(said) > 1 and choice.casefold() == said",
        )
    ],
)
wrong(
    "letter_off_by_one",
    "counts letters from one",
    "score_choice",
    score_item=[('ord(letter[1]) - ord("a")', 'ord(letter[1]) - ord("a") + 1')],
)
wrong(
    "first_test_only",
    "looks at the first test of a program only",
    "score_code",
    score_item=[('zip(results, item["tests"])', 'zip(results[:1], item["tests"])')],
)
wrong(
    "any_test",
    "is content when one test passes",
    "score_code",
    score_item=[("            correct = all(", "            correct = any(")],
)
wrong(
    "no_stop",
    "runs what the model wrote after the function as well",
    "score_code",
    score_item=[("            response = response.split(stop)[0]", "            pass")],
)
wrong(
    "true_is_one",
    "takes True for 1",
    "score_code",
    score_item=[('type(result["value"]) is type(wanted) and ', "")],
)
wrong(
    "failing_calls_skipped",
    "skips the calls that failed and judges by the others",
    "score_code",
    score_item=[
        (
            '        if all(result["ok"] for result in results):',
            '        if any(result["ok"] for result in results):',
        ),
        (
            "            correct = all(\n                type",
            '            correct = all(\n                not result["ok"] or type',
        ),
    ],
)
wrong(
    "compared_with_gold_text",
    "compares the program's text with the gold program instead of running it",
    "score_code",
    score_item=[
        (
            "            correct = all(\n",
            '            correct = response.strip() == item["gold"].strip() and all(\n',
        )
    ],
)
# the run and its table
wrong(
    "one_model_for_all",
    "asks the first model every time",
    "run_records results_true forecasts_true thresholds_true failures_true analysis_form",
    run_and_summarize=[("model = emlab.load(name)", "model = emlab.load(models[0])")],
)
wrong(
    "response_stripped",
    "logs a cleaned response instead of what came",
    "run_records results_true",
    run_and_summarize=[("response=response, **score", "response=response.strip(), **score")],
)
wrong(
    "condition_forgotten",
    "writes one condition into all records",
    "run_records results_true forecasts_true analysis_form",
    run_and_summarize=[("item=item, condition=condition,", 'item=item, condition="level 1",')],
)
wrong(
    "parsed_answers_only",
    "leaves out texts, choices and programs that could not be read",  # the rungs are asked for numbers
    "capability_table",
    run_and_summarize=[
        (
            "    rows = []\n    for cell, group in table",
            '    table = table[table["parsed"].notna() | (table["checker"] == "numeric")]\n    rows = []\n    for cell, group in table',
        )
    ],
)
wrong(
    "interval_wald",
    "uses p plus or minus 1.96 standard errors",
    "capability_table results_true",
    run_and_summarize=[
        (
            "lo, hi = emlab.wilson_interval(n_correct, n)",
            "p = n_correct / n\n        lo, hi = p - 1.96 * math.sqrt(p * (1 - p) / n), p + 1.96 * math.sqrt(p * (1 - p) / n)",
        )
    ],
)
wrong(
    "chance_is_a_half",
    "takes one half for the chance of every choice",
    "capability_table",
    run_and_summarize=[('chance = float((1 / group["n_choices"]).mean())', "chance = 0.5")],
)
wrong(
    "no_chance_for_numbers",
    "forgets that a constant answer is sometimes right",
    "capability_table",
    run_and_summarize=[('chance = float(group["gold"].value_counts().max() / n)', "chance = 0.0")],
)
wrong(
    "too_few_items",
    "runs half of the items that were asked for",
    "results_true",
    run_small=[("emlab.load_items(my_capability, d, N)", "emlab.load_items(my_capability, d, N // 2)")],
)
# the forecast
wrong(
    "forecast_ml_variance",
    "divides the residuals by n instead of n - 2",
    "forecast_interval forecasts_true",
    forecast=[(".sum() / (n - 2))", ".sum() / n)")],
)
wrong(
    "forecast_of_the_mean",
    "gives the interval of the line, not of a new point",
    "forecast_interval forecasts_true",
    forecast=[("math.sqrt(1 + 1 / n +", "math.sqrt(1 / n +")],
)
wrong(
    "forecast_linear_sizes",
    "fits against the sizes, not their logarithm",
    "forecast_interval forecasts_true",
    forecast=[
        ("np.log10(np.asarray(params, float))", "np.asarray(params, float)"),
        ("math.log10(target)", "target"),
    ],
)
wrong(
    "forecast_knows_the_end",
    "lets the largest published size into the fit",
    "forecasts_true",
    forecasts=[('few[few["params"] < few["params"].max()]', "few")],
)
wrong(
    "penalty_one_sided",
    "forgets values below the interval",
    "forecast_interval forecasts_true",
    forecast=[("max(lo - actual, actual - hi, 0.0)", "max(actual - hi, 0.0)")],
)
# thresholds and shapes
wrong(
    "threshold_as_a_point",
    "names the first size above the bar, as if it were the threshold",
    "threshold_bracket thresholds_true",
    thresholds_and_shapes=[("params[order[first - 1]] if first > 0 else None", "params[order[first]]")],
)
wrong(
    "first_size_above",
    "takes the first size above the bar, though a larger one falls back",
    "threshold_bracket",
    thresholds_and_shapes=[
        (
            "    first = len(order)\n    while first > 0 and ci_lo[order[first - 1]] > least:\n        first -= 1\n",
            "    first = 0\n    while first < len(order) and ci_lo[order[first]] <= least:\n        first += 1\n",
        )
    ],
)
wrong(
    "sizes_unsorted",
    "takes the sizes in the order in which they come",
    "threshold_bracket",
    thresholds_and_shapes=[
        ("sorted(range(len(params)), key=lambda i: params[i])", "list(range(len(params)))")
    ],
)
wrong(
    "shape_by_values",
    "lets the values decide without their intervals",
    "curve_shapes",
    thresholds_and_shapes=[("return high[i] + 0.05 < low[j]", "return value[i] + 0.05 < value[j]")],
)
wrong(
    "inverse_before_u",
    "asks for the ends before the middle",
    "curve_shapes",
    thresholds_and_shapes=[
        (
            '    if any(below(i, 0) and below(i, last) for i in range(1, last)):\n        return "U-shaped"\n    if below(last, 0):\n        return "inverse"\n    if not below(0, last):\n        return "flat"\n',
            '    if below(last, 0):\n        return "inverse"\n    if not below(0, last):\n        return "flat"\n    if any(below(i, 0) and below(i, last) for i in range(1, last)):\n        return "U-shaped"\n',
        )
    ],
)
wrong(
    "upside_down_u",
    "calls a hump U-shaped",
    "curve_shapes",
    thresholds_and_shapes=[("any(below(i, 0) and below(i, last)", "any(below(0, i) and below(last, i)")],
)
wrong(
    "bar_without_chance",
    "forgets chance in the bar of the table",
    "thresholds_true",
    thresholds=[('max(curve["chance"].max(), 0.05)', "0.0")],
)
# smooth metrics, attempts, codes
wrong(
    "digits_from_the_right",
    "aligns the digits at the right",
    "smooth_metrics",
    edits=[("zip(response.strip(), gold)", "zip(response.strip()[::-1], gold[::-1])")],
)
wrong(
    "digits_by_the_response",
    "divides by the length of the response",
    "smooth_metrics",
    edits=[("/ len(gold)", "/ max(1, len(response.strip()))")],
)
wrong(
    "replacement_costs_two",
    "counts a replacement as deleting and inserting",
    "smooth_metrics",
    edits=[("row[j - 1] + (token != other)", "row[j - 1] + 2 * (token != other)")],
)
wrong(
    "characters_for_tokens",
    "counts edits of characters where tokens are asked for",
    "smooth_metrics",
    edits=[("    row = list(range(", '    a, b = "".join(a), "".join(b)\n    row = list(range(')],
)
wrong(
    "power_of_the_mean",
    "raises to the mean length",
    "from_tokens_to_answers",
    edits=[("sum(p**length for length in lengths) / len(lengths)", "p ** (sum(lengths) / len(lengths))")],
)
wrong(
    "pass_with_replacement",
    "draws attempts with replacement, which is biased",
    "attempts",
    pass_at_k=[("1.0 - math.comb(n - c, k) / math.comb(n, k)", "1.0 - (1 - c / n) ** k")],
)
wrong(
    "pass_without_limits",
    "lets impossible numbers through",
    "attempts",
    pass_at_k=[("if not (1 <= k <= n and 0 <= c <= n):", "if k > n:")],
)
wrong(
    "places_forgotten",
    "does not say which answers are wrong",
    "two_part_code",
    description_length=[("math.log2(n + 1) + places + repairs", "math.log2(n + 1) + repairs")],
)
wrong(
    "all_answers_again",
    "repairs an error among all M answers",
    "two_part_code",
    description_length=[("math.log2(answers - 1)", "math.log2(answers)")],
)
wrong(
    "binomial_in_full",
    "takes the logarithm of a number that is too large for a float",
    "two_part_code",
    description_length=[
        (
            "places = (math.lgamma(n + 1) - math.lgamma(errors + 1) - math.lgamma(n - errors + 1)) / math.log(2)",
            "places = math.log2(float(math.comb(min(n, 5000), min(errors, 2500))))",
        )
    ],
)
wrong(
    "code_without_limits",
    "lets numbers through for which there is no code",
    "two_part_code",
    description_length=[("if not 0 <= errors <= n or answers < 1 or (errors and answers < 2):", "if errors > n:")],
)
# failures and analysis
wrong(
    "failures_half",
    "sorts half of the wrong answers",
    "failures_true",
    failures=[
        (
            'wrong[wrong["model"] == reviewed].to_dict("records"):',
            'wrong[wrong["model"] == reviewed].to_dict("records")[::2]:',
        )
    ],
)
wrong(
    "quotes_in_own_words",
    "tells the response instead of quoting it",
    "failures_true",
    failures=[
        ('"quote": record["response"].strip()', '"quote": "the model said " + record["response"].strip()')
    ],
)
wrong(
    "one_category",
    "calls every failure wrong",
    "failures_true",
    failures=[
        (
            "    category, note = sorted_into(record)",
            '    category, note = "wrong", "the answer is not right"',
        )
    ],
)
wrong(
    "claim_does_not_hold",
    "cites a claim that its own table contradicts",
    "analysis_form",
    claims=[('column="ci_hi", less_than=0.2)', 'column="ci_lo", greater_than=0.9)')],
)
wrong(
    "small_n_unsaid",
    "rests a claim on fourteen items and does not say so",
    "analysis_form",
    claims=[
        (
            '"condition": "own"}, column="n", less_than=30)',
            '"condition": "own"}, column="ci_lo", greater_than=-1)',
        )
    ],
)
wrong(
    "quote_paraphrased",
    "tells a failing item in other words",
    "analysis_form",
    analysis=[("> math-3-0001: 6230 + 1633 =", "> math-3-0001: the sum of 6230 and 1633")],
)
# half a done exercise
_STOP = "raise NotImplementedError()\n"
_STOP_IN = "    raise NotImplementedError()\n"
wrong(
    "drawer_never_opened",
    "never asks the largest rung, and claims something about it",
    "results_true forecasts_true analysis_form",
    reveal=[("new = pd.DataFrame(", _STOP + "new = pd.DataFrame(")],
)
wrong(
    "stopped_after_the_forecast",
    "did parts 1 to 4, and wrote an analysis of tables that are not there",
    "results_true forecasts_true threshold_bracket curve_shapes thresholds_true smooth_metrics "
    "from_tokens_to_answers attempts two_part_code failures_true analysis_form",
    reveal=[("new = pd.DataFrame(", _STOP + "new = pd.DataFrame(")],
    thresholds_and_shapes=[
        ("    order = sorted(", _STOP_IN + "    order = sorted("),
        ("    order = np.argsort(", _STOP_IN + "    order = np.argsort("),
    ],
    edits=[
        ("    return sum(said", _STOP_IN + "    return sum(said"),
        ("    row = list(", _STOP_IN + "    row = list("),
        ("    return sum(p**", _STOP_IN + "    return sum(p**"),
    ],
    pass_at_k=[("    if not (", _STOP_IN + "    if not (")],
    description_length=[("    if not 0", _STOP_IN + "    if not 0")],
    failures=[("wrong = responses[", _STOP + "wrong = responses[")],
)
