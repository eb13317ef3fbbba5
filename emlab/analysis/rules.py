"""What each analysis must contain. One entry an exercise; the headings are those of the starter cell.

A line that is wholly in *italics* is the starter's prompt and never counts as text.

headings: required, at any level, in any order, each with a text of its own under it
predictions: headings under which a number needs no claim: what is expected or planned is no finding
min_words, min_claims, min_quotes: least numbers
min_quoted_words: of a quote: no more than the shortest item has, and enough that "the" is no evidence
tables: the names of the tables that claims may be about: the grader has them, and recomputes what it can
"""

RULES = {
    "few_shot": {
        "headings": [
            "Hypothesis",
            "Design",
            "Results",
            "Order and selection",
            "What did not work",
            "Limits",
        ],
        "predictions": ["Hypothesis", "Design"],
        "min_words": 150,
        "min_claims": 4,
        "min_quotes": 2,
        "min_quoted_words": 3,
        "tables": ["results", "order_table", "label_results", "format_results"],
    },
    "capability": {
        "headings": [
            "Question",
            "Evaluation set",
            "Results",
            "Threshold",
            "Failure modes",
            "Limits",
        ],
        "predictions": ["Question", "Evaluation set"],
        "min_words": 200,
        "min_claims": 4,
        "min_quotes": 2,
        "min_quoted_words": 3,
        "tables": ["capability", "thresholds", "forecasts"],
    },
    "prompting": {
        "headings": [
            "Task and start",
            "Trajectory",
            "Luck and reading",
            "Control and wording",
            "What did not work",
            "Limits",
        ],
        "predictions": [],
        "min_words": 200,
        "min_claims": 4,
        "min_quotes": 2,
        "min_quoted_words": 2,
        "tables": ["trajectory", "test_table", "selection", "gains", "sensitivity", "control"],
    },
    "benchmark": {
        "headings": [
            "What the benchmarks ask",
            "What the errors are",
            "What the score hides",
            "Contamination",
            "People and models",
            "Limits",
        ],
        "predictions": [],
        "min_words": 200,
        "min_claims": 4,
        "min_quotes": 2,
        "min_quoted_words": 3,
        "tables": ["scores", "bias_table", "taxonomy", "contamination", "calibration", "comparison"],
    },
}
