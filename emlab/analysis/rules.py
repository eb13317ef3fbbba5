"""What each analysis must contain. One entry an exercise; the headings are those of the starter cell.

A line that is wholly in *italics* is the starter's prompt and never counts as text.

headings: required, at any level, in any order, each with a text of its own under it
predictions: headings under which a number needs no claim: what is expected or planned is no finding
min_words, min_claims, min_quotes: least numbers
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
        "tables": ["results", "order_table", "label_results", "format_results"],
    },
}
