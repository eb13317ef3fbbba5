"""What the figures say: titles, axes, captions, and what is wrong with a table. Part of `emlab.messages`.

A template is a full sentence with {fields}; it is never glued together from pieces in the code.
"""

FIGURES: dict[str, str] = {
    "plot_columns": "{function}: the table lacks the columns {missing}.",
    "plot_empty": "{function}: the table has no rows, so there is nothing to draw.",
    "plot_rows": (
        "{function}: several rows of the table have the same {keys}, and only one of them can be drawn. "
        "Keep the rows with one value of {columns}, for example table[table[column] == value]."
    ),
    "plot_twice": (
        "{function}: several rows of the table have the same {keys}. Was a part of it added twice? "
        "Keep one row of each, for example with table.drop_duplicates()."
    ),
    "plot_head": (
        "There is no layer {layer} with head {head}: the layers are 0 to {layers} − 1 and the heads 0 to"
        " {heads} − 1."
    ),
    "plot_rung": "{model} ({params} parameters)",
    "plot_rung_title": "{model}\n{params} parameters",
    "plot_model": "model (number of parameters)",
    "plot_range": "{low} to {high}",
    "plot_setting": "{name}: {value}",
    "plot_chance": "chance ({chance:g})",
    "plot_accuracy": "accuracy\n(share of items answered right)",
    "plot_k": "k, number of examples",
    "plot_few_shot_title": "Accuracy against the number of examples, by model",
    "plot_few_shot_caption": (
        "Each mark: {items} items. Bars: 95 % Wilson intervals over items; they do not show how a model "
        "would "
        "differ if it were trained again. Marks of the same k stand side by side so that their bars can "
        "be seen."
    ),
    "plot_labels_title": "Accuracy against the number of examples, by kind of labels",
    "plot_labels_caption": (
        "Each mark: {items} items. Bars: 95 % Wilson intervals over items. Right means: as in the "
        "examples. So with "
        "flipped labels, 0 means that the model follows the meaning of the words and 1 that it follows "
        "the examples."
    ),
    "plot_labels_series": "{condition} labels",
    "plot_order_title": "How often a model answers with the label that stands last",
    "plot_order_caption": (
        "Each mark: {answers} answers; every item was asked with either label last. Bars: 95 % Wilson "
        "intervals "
        "over items."
    ),
    "plot_order_y": "share of answers that\nare the last block's label",
    "plot_order_always": "always the last label",
    "plot_order_never": "order plays no role",
    "plot_format_title": "Accuracy by format of the prompt, k = {k}",
    "plot_format_caption": "Each mark: {items} items. Bars: 95 % Wilson intervals over items.",
    "plot_template": "template of the prompt",
    "plot_attention_title": "What the last token attends to: layer {layer}, head {head}",
    "plot_attention_caption": (
        "Each box is a token; the darker, the more of the last token's attention it gets. All weights of"
        " one text "
        "sum to 1. Framed: the tokens asked for. ⏎ is a line break. One text shows an example, not a rule."
    ),
    "plot_attention_panel": "{title}: most attention to {named}",
    "plot_attention_single": "Most attention to {named}",
    "plot_attention_token": "“{token}” {weight}",
    "plot_attention_scale": "share of attention",
    "plot_induction_title": "Induction score of every head",
    "plot_induction_caption": (
        "A sequence of random tokens is repeated once. The score is the mean attention, in the second "
        "half, to the "
        "token that followed the same token in the first half: 1 for a perfect induction head. The heads of "
        "a layer stand side by side, head 0 at the left. Orange: the best head. Sequences: {sequences}."
    ),
    "plot_induction_best": "layer {layer}, head {head}: {score:.2f}",
    "plot_induction_x": "layer",
    "plot_induction_y": "induction score\n(mean share of attention)",
    "plot_forecasts_title": "Forecasts from the smaller sizes, and what came",
    "plot_forecasts_caption": (
        "One place for each task. Bars: the intervals, meant to hold {level:.0%} of the time. Marks: what "
        "came for the largest size; hollow where the interval missed it."
    ),
    "plot_forecasts_source": "{source}: {held} of {forecasts} inside",
    "plot_forecasts_x": "tasks, from the lowest score to the highest",
    "plot_forecasts_y": "score of the largest size (share)",
    "plot_published_title": "GPT-3: gain from examples, few-shot minus zero-shot",
    "plot_published_caption": (
        "{tasks} tasks of Brown et al. 2020 (arXiv:2005.14165), Table H.1. Under each size: on how many "
        "tasks "
        "few-shot was better. The scores have different units (accuracy, F1, BLEU), all on a scale from "
        "0 to 100; "
        "the paper gives no intervals."
    ),
    "plot_published_task": "one task",
    "plot_published_half": "middle half of the tasks",
    "plot_published_median": "median task",
    "plot_published_zero": "no gain",
    "plot_published_tick": "{size}\n{better}/{tasks}",
    "plot_published_x": "parameters (logarithmic) and number of tasks with a gain",
    "plot_published_y": "few-shot minus zero-shot (points)",
    "plot_curves_title": "Published scores against size",
    "plot_curves_caption": (
        "One mark for each model of the paper that the table names as its source. The papers give no "
        "intervals. The axis of sizes is logarithmic."
    ),
    "plot_curves_y": "score (%)",
    # figures over the sizes of a ladder
    "plot_checkpoints": (
        "To see when abilities appear, the table must hold one model that was also measured on its way "
        "(several values of the column tokens). It holds: {rungs}."
    ),
    "plot_metrics": "The table has none of the metrics {metrics}.",
    "plot_is": "{name} = {value}",
    "plot_named": "{name}: {note}",
    "plot_size": "parameters (logarithmic)",
    "plot_tokens": "tokens seen in training (logarithmic)",
    "plot_value": "share right",
    "plot_rescaled": "between guessing (0)\nand all right (1)",
    "plot_emergence_title": "How abilities grow with the number of parameters",
    "plot_emergence_caption": (
        "Each mark: {items} items. Bars: 95 % intervals over items. Open marks: the same model trained "
        "again from another seed. Dashed: what guessing gets. The axis of sizes is logarithmic. Marks of "
        "the same size stand side by side so that their bars can be seen."
    ),
    "plot_inverse_title": "Where larger is not always better",
    "plot_inverse_caption": (
        "Each mark: {items} items. Bars: 95 % intervals over items. Open marks: the same model trained "
        "again from another seed. Dashed: what guessing gets. The trend counts a point as above another "
        "only where its whole interval is, by more than 0.05. U-shaped: some point lies below both ends of "
        "the curve."
    ),
    "plot_trend_rises": "rises",
    "plot_trend_falls": "falls",
    "plot_trend_u_shaped": "U-shaped",
    "plot_trend_inverted_u": "inverted U",
    "plot_trend_wavers": "up and down",
    "plot_trend_flat": "no clear trend",
    "plot_map_title": "The capability map: which ability is there at which size",
    "plot_map_caption": (
        "Numbers and colours: the measured value, rescaled so that 0 is guessing and 1 is all right. Dot:"
        " the whole 95 % interval lies above chance (above 0.05 where guessing gets nothing). Grey: not "
        "measured. The abilities that the smallest models have stand on top."
    ),
    "plot_map_scale": "guessing (0) to all right (1)",
    "plot_map_column": "{model}\n{params}",
    "plot_training_title": "When each ability appears in the training of {model}",
    "plot_training_caption": (
        "One model, looked at several times on its way; the last point is the finished model. Bars: 95 % "
        "intervals over items. Values are rescaled so that guessing is 0 (dashed) and all right is 1. The"
        " axis of tokens is logarithmic. Another seed may learn in another order."
    ),
    "plot_sharp_title": "The same answers, measured sharply and smoothly",
    "plot_sharp_caption": (
        "Each mark: {items} items. Bars: 95 % intervals over items. Open marks: the same model trained "
        "again from another seed. Dotted: how often the whole answer of L digits would be right if each "
        "digit were so by itself, with p the share of digits that are the likeliest after the right ones "
        "before them."
    ),
    "plot_sharp_predicted": "p^L, predicted from the digits",
    "plot_sharp_exact_match": "whole answer right (share)",
    "plot_sharp_digit_accuracy": "digits right (share)",
    "plot_sharp_loglikelihood_per_token": "log-likelihood (nats a token)",
    "plot_reliability_title": "Calibration: how sure, and how often right",
    "plot_reliability_caption": (
        "Answers in bins by the probability that the model gave them, {items} answers a model; the larger"
        " the mark, the more answers. Bars: 95 % Wilson intervals. Below the dashed line a model is too "
        "sure. ECE: the mean distance from it."
    ),
    "plot_reliability_diagonal": "as often right as it is sure",
    "plot_reliability_ece": "ECE {error:.2f}",
    "plot_reliability_x": "mean probability",
    "plot_reliability_y": "share right",
    "plot_both_title": "Induction heads and learning from examples",
    "plot_both_caption": (
        "{models} models. Across: the best of a model's heads. Up: few-shot accuracy with its 95 % "
        "interval. Crosses joined by a line: one model on its way through training. Dashed: what guessing"
        " gets. That both grow together does not show that one causes the other."
    ),
    "plot_both_x": "induction score of the best head",
    "plot_induction_seed": "trained again from another seed",
    "plot_induction_way": "on the way through training",
    # versions of a prompt
    "plot_trajectory_title": "Every version of the prompt on the dev items",
    "plot_trajectory_caption": (
        "Share of {n} dev items answered correctly, with 95 % Wilson intervals. A line leads to "
        "each version from its parent. The best of several versions is too high by luck; see "
        "expected_max."
    ),
    "plot_trajectory_x": "version",
    "plot_trajectory_y": "accuracy on dev",
    "plot_cot_title": "Chain of thought on GSM8K: gain or loss by size",
    "plot_cot_caption": (
        "Solve rate with chain of thought minus solve rate without, 8 examples each. Wei, J. et al."
        " 2022, arXiv:2201.11903, Table 2. No intervals are published there. Families differ in "
        "their training data: read along a line."
    ),
    "plot_cot_y": "gain (percentage points)",
    "plot_control_title": "Every version on both models, on the dev items",
    "plot_control_caption": (
        "Share of {n} dev items answered correctly, with 95 % Wilson intervals. Where the two models part, "
        "look for a floor or a ceiling before you call it an ability."
    ),
    # a benchmark taken apart
    "plot_letters_title": "Which letter does each model say?",
    "plot_letters_caption": (
        "Share of {items} answers that were this letter, with 95 % Wilson intervals. Not whether the answer "
        "was right: a model that knows nothing may still prefer a letter."
    ),
    "plot_letters_y": "share of answers",
    "plot_letters_quarter": "a quarter",
    "plot_leak_title": "Accuracy on the items that you flagged, and on the others",
    "plot_leak_caption": (
        "Flagged: {flagged} items a model; others: {others}. Bars: 95 % Wilson intervals over items. The "
        "items leaked with letters: a gap in letters alone is a letter remembered, one in cloze a fact."
    ),
    "plot_leak_y": "accuracy",
    "plot_leak_flagged": "flagged items",
    "plot_leak_others": "other items",
    "plot_compute_title": "Score against training compute",
    "plot_compute_caption": (
        "Filled: the lower end of the 95 % Wilson interval lies more than {points} points above chance; "
        "open: it does not. So the first filled mark of a benchmark is its threshold among these models. "
        "Only models whose training compute was published; a line joins the rungs, which were trained alike."
    ),
    "plot_compute_x": "training compute (FLOP)",
    "plot_compute_y": "score (%)",
    "plot_compute_chance": "chance with four options",
}
