"""What each analysis must contain. One entry an exercise; the texts are those of the starter cell.

headings: required, at any level, in any order, each with a text of its own under it
predictions: headings under which a number needs no claim: what is expected or planned is no finding
prompt: how the italic one-line prompts of the starter cell begin; they don't count as text
min_words, min_claims, min_quotes: least numbers
tables: the names of the tables that are recomputed from the responses, on which claims can be checked
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
        "prompt": "Write here:",
        "min_words": 150,
        "min_claims": 4,
        "min_quotes": 2,
        "tables": ["results"],
    },
}
