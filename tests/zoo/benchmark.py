"""The zoo of exercise 4: its wrong solutions (see tests/zoo/entry.py)."""

from tests.zoo.entry import Zoo

ZOO = Zoo()
wrong = ZOO.wrong


# from a text to a score

wrong(
    "first_match_always",
    "takes the first match, whichever is asked for",
    "extraction_rules scores_true proposals_measured",
    extract_answer=[("found[which]", "found[0]")],
)
wrong(
    "first_group_only",
    "of several groups takes the first, even when it is empty",
    "extraction_rules scores_true proposals_measured",
    extract_answer=[('next((part for part in match if part), "[invalid]")', "match[0]")],
)
wrong(
    "none_for_no_answer",
    "an empty text stands for no answer",
    "extraction_rules scores_true",
    extract_answer=[('        return "[invalid]"\n', '        return ""\n')],
)
wrong(
    "spaces_kept",
    "keeps the white space around the answer",
    "extraction_rules",
    extract_answer=[("return match.strip()", "return match")],
)
wrong(
    "numbers_compared",
    "compares numbers, which is kinder than the rules",
    "extraction_rules",
    extract_answer=[
        (
            "    return plain(answer) == plain(gold)",
            "    try:\n        return float(plain(answer)) == float(plain(gold))\n"
            "    except ValueError:\n        return plain(answer) == plain(gold)",
        )
    ],
)
wrong(
    "answer_cleaned_gold_not",
    "leaves signs out of the answer alone",
    "extraction_rules",
    extract_answer=[("== plain(gold)", "== gold.lower()")],
)
wrong(
    "every_full_stop_dropped",
    "drops every full stop, so 1.5 is 15",
    "extraction_rules",
    extract_answer=[(r'r"\.$"', r'r"\."')],
)
wrong(
    "accuracy_of_valid_answers",
    "divides by the answers that could be parsed",
    "scores_true",
    recompute_scores=[
        ('"acc": right / len(group)', '"acc": right / max(1, len(answers) - answers.count("[invalid]"))')
    ],
    # used here alone: whether a rung leaves an answer out is no matter of this mistake
    people_and_models=[('100 * measured["acc"]', '100 * measured["n_correct"] / measured["n"]')],
    proposals_table=[
        (
            '"filter"]).loc[(model, condition, name), "acc"]',
            '"filter"]).eval("n_correct / n")[(model, condition, name)]',
        )
    ],
)
wrong(
    "log_believed",
    "takes the log's own verdict instead of computing it anew",
    "scores_true",
    recompute_scores=[
        ('sum(same_answer(a, g) for a, g in zip(answers, group["gold"]))', 'int(group["correct"].sum())')
    ],
)
wrong(
    "wald_interval",
    "the textbook interval, which is empty at 0 and 1",
    "scores_true",
    recompute_scores=[
        (
            "lo, hi = emlab.wilson_interval(right, len(group))",
            "acc = right / len(group)\n            half = 1.96 * (acc * (1 - acc) / len(group)) ** 0.5\n"
            "            lo, hi = acc - half, acc + half",
        )
    ],
)
# position bias
wrong(
    "unsaid_letters_lost",
    "only letters that were said get a row",
    "letter_bias",
    position_bias=[('for letter in "ABCD":', 'for letter in sorted(set(group["parsed"].dropna())):')],
)
wrong(
    "recall_is_precision",
    "the share of the letter's answers that are right",
    "letter_bias",
    position_bias=[
        ("said[gold].mean() if gold.any()", "gold[said].mean() if said.any()"),
    ],
)
wrong(
    "said_among_letters",
    "answers that are no letter leave the denominator",
    "letter_bias",
    position_bias=[('"said_share": said.mean()', '"said_share": said[group["parsed"].notna()].mean()')],
)
# reading errors
wrong(
    "raw_agreement",
    "agreement that is not corrected for chance",
    "kappa_function review_tables",
    cohen_kappa=[("return (observed - expected) / (1 - expected)", "return observed")],
)
wrong(
    "chance_from_number_of_labels",
    "as if all labels were equally frequent",
    "kappa_function review_tables",
    cohen_kappa=[
        (
            "expected = sum(list(first).count(label) * list(second).count(label) for label in set(first)) / n**2",
            "expected = 1 / len(set(first) | set(second))",
        )
    ],
)
wrong(
    "kappa_cut_at_zero",
    "agreement below chance is given as none",
    "kappa_function",
    cohen_kappa=[
        (
            "return (observed - expected) / (1 - expected)",
            "return max(0.0, (observed - expected) / (1 - expected))",
        )
    ],
)
wrong(
    "lengths_not_checked",
    "lists of different lengths pass",
    "kappa_function",
    cohen_kappa=[("len(first) != len(second) or not len(first)", "not len(first)")],
)
wrong(
    "share_of_all_reviewed",
    "shares of all reviewed answers, the right ones included",
    "review_tables",
    review=[('"share": len(_group) / len(_errors)', '"share": len(_group) / len(items)')],
)
wrong(
    "quotes_made_up",
    "quotes that say what the model meant",
    "review_tables",
    review=[('quote = f"{g[0]} {g[1]} {g[2]} = {g[3]}"', 'quote = f"{g[0]}{g[1]}{g[2]}={g[3]}"')],
)
wrong(
    "twenty_reviewed",
    "too few wrong answers",
    "review_tables",
    review=[(".sample(30, random_state=1)", ".sample(20, random_state=1)")],
)
# contamination
wrong(
    "across_documents",
    "joins the documents, so n-grams run across them",
    "ngrams",
    ngram_overlap=[("    for document in documents:", '    for document in [" ".join(documents)]:')],
)
wrong(
    "repeated_ngrams",
    "counts an n-gram as often as it occurs in the text",
    "ngrams",
    ngram_overlap=[
        (
            "return [len(own & seen) / len(own) if (own := grams(text)) else 0.0 for text in texts]",
            "def listed(text):\n"
            '        words = re.findall(r"[a-z0-9]+", text.lower())\n'
            "        return [tuple(words[i:i + n]) for i in range(len(words) - n + 1)]\n\n"
            "    return [sum(g in seen for g in own) / len(own) if (own := listed(text)) else 0.0 for text in texts]",
        )
    ],
)
wrong(
    "capitals_matter",
    "The and the are two words",
    "ngrams",
    ngram_overlap=[('r"[a-z0-9]+", text.lower()', 'r"[A-Za-z0-9]+", text')],
)
wrong(
    "short_texts_overlap_fully",
    "a text that is too short counts as found",
    "ngrams",
    ngram_overlap=[("else 0.0 for text", "else 1.0 for text")],
)
wrong(
    "short_ngrams_low_threshold",
    "questions that were asked with other options are taken for leaked",
    "contamination_found",
    contaminated=[
        ("emlab.corpus_excerpt(), 10)", "emlab.corpus_excerpt(), 5)"),
        ("share >= 0.8", "share >= 0.4"),
    ],
)
wrong(
    "ngrams_longer_than_items",
    "n is larger than many items are long",
    "contamination_found analysis_form",
    contaminated=[("emlab.corpus_excerpt(), 10)", "emlab.corpus_excerpt(), 17)")],
)
wrong(
    "interval_of_all",
    "the interval of all items at the accuracy of the kept ones",
    "contamination_found",
    contaminated=[
        (
            "emlab.wilson_interval(int(kept.sum()), len(kept)) if len(kept)",
            "emlab.wilson_interval(kept.mean() * len(group), len(group)) if len(kept)",
        )
    ],
)
wrong(
    "effect_against_excluded",
    "kept minus excluded is called the effect",
    "contamination_found proposals_measured",
    contaminated=[
        (
            '"effect": acc_kept - correct.mean()',
            '"effect": acc_kept - (dropped.mean() if len(dropped) else math.nan)',
        )
    ],
)
# items and sureness
wrong(
    "item_in_its_own_total",
    "correlates an item with a total that contains it",
    "discrimination_values",
    item_statistics=[("right[item], total - right[item]", "right[item], total")],
)
wrong(
    "no_correlation_is_zero",
    "an item that all get right has a discrimination of zero",
    "discrimination_values",
    item_statistics=[("if defined else math.nan", "if defined else 0.0")],
)
wrong(
    "difficulty_is_share_wrong",
    "the share of models that failed",
    "discrimination_values",
    item_statistics=[('"difficulty": own.mean()', '"difficulty": 1 - own.mean()')],
)
wrong(
    "one_falls_out",
    "a confidence of 1 gets a bin of its own",
    "reliability_values",
    item_statistics=[
        (
            'np.minimum((responses["confidence"] * bins).astype(int), bins - 1)',
            '(responses["confidence"] * bins).astype(int)',
        )
    ],
)
wrong(
    "middle_of_the_bin",
    "the middle of the bin stands for its confidences",
    "reliability_values",
    item_statistics=[('"confidence": group["confidence"].mean()', '"confidence": (i + 0.5) / bins')],
)
wrong(
    "bins_weigh_the_same",
    "a bin with one answer weighs as much as one with a hundred",
    "reliability_values",
    item_statistics=[
        (
            '((group["value"] - group["confidence"]).abs() * group["n"]).sum() / n',
            '(group["value"] - group["confidence"]).abs().mean()',
        )
    ],
)
wrong(
    "over_and_under_cancel",
    "differences with their sign, so that they cancel",
    "reliability_values",
    item_statistics=[
        (
            '((group["value"] - group["confidence"]).abs() * group["n"]).sum() / n',
            'abs(((group["value"] - group["confidence"]) * group["n"]).sum() / n)',
        )
    ],
)
# people, proposals, analysis
wrong(
    "remembered_human_figure",
    "a human figure from memory",
    "comparison_tables",
    people_and_models=[('"human": person["value"]', '"human": 90.0')],
)
wrong(
    "lenient_score_compared",
    "puts the shares, not the percentages, beside published scores",
    "comparison_tables",
    people_and_models=[('"acc": 100 * measured["acc"]', '"acc": measured["acc"]')],
)
wrong(
    "ideas_only",
    "nothing was measured",
    "proposals_measured",
    proposals_table=[
        ('"kind": "drop_items"', '"kind": "idea"'),
        ('"kind": "format"', '"kind": "idea"'),
        ('"kind": "parser"', '"kind": "idea"'),
    ],
)
wrong(
    "effect_guessed",
    "a measured effect that nobody measured",
    "proposals_measured",
    proposals_table=[('"measured_effect": _leak["effect"]', '"measured_effect": -0.05')],
)
wrong(
    "claim_does_not_hold",
    "claims more than the table says",
    "analysis_form",
    claims=[("between=(0.1, 0.4)", "greater_than=0.9")],
)
wrong(
    "table_improved",
    "a claim that holds for a table which was changed by hand, and not for the responses",
    "contamination_found analysis_form",
    contaminated=[
        (
            "contamination = rescore_excluding(pd.concat([letters, cloze]), flagged)",
            "contamination = rescore_excluding(pd.concat([letters, cloze]), flagged).assign(n_excluded=3)",
        )
    ],
    claims=[('column="n_excluded", greater_than=50', 'column="n_excluded", less_than=5')],
)
wrong(
    "quotes_from_memory",
    "quotes an item in other words",
    "analysis_form",
    analysis=[("> word-problem-4-0001: ", "> word-problem-4-0001: It says that ")],
)
