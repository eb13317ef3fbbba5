"""A small made-up experiment and a complete analysis of it."""

import pandas as pd
import pytest

from emlab import claims

SECTIONS = {
    "Hypothesis": (
        "I expected accuracy above 0.8 only from the largest of the models, because copying a label from"
        " an example is something that a small network has to learn first."
    ),
    "Design": (
        "Each of the models answered 200 held out items with k = 0 and k = 5, and every cell was asked "
        "again with other orders of the same examples so that chance could be told from effect."
    ),
    "Results": (
        "The largest model reached 0.95 with five examples [C1]. That is 0.45 more than without any "
        "[C2]. The smallest one stayed near chance. [C3] Its interval includes one half."
    ),
    "Order and selection": (
        "Balanced examples were no better than random ones, and the order in which the same examples "
        "stood moved the result by a spread of 0.02 over orders [C4], which is less than the interval."
    ),
    "What did not work": (
        "Reviews that praise one thing and blame another were often answered wrongly.\n\n> reviews-"
        "test-0001: the soup was cold and bland\n> reviews-test-0002: the staff seemed slow and rude\n\n"
        "Both have words that occur with either label in the examples, so copying the wrong line is "
        "easy."
    ),
    "Limits": (
        "All of these models are tiny and read a made up language of short reviews, so nothing here says"
        " how a large model would behave on real text, and one task cannot show what another would. I "
        "would like to ask more items, because the intervals are still wide, and to train each model "
        "more than once with another seed, since a single run can be lucky."
    ),
}


@pytest.fixture
def results():
    rows = [
        ("ladder/22k", 22000, 0, 0.5, 0.0),
        ("ladder/22k", 22000, 5, 0.51, 0.03),
        ("ladder/774k", 774000, 0, 0.5, 0.0),
        ("ladder/774k", 774000, 5, 0.95, 0.02),
    ]
    return pd.DataFrame(
        [
            {"model": model, "params": params, "k": k, "n": 200, "acc": acc, "seed_sd": sd}
            for model, params, k, acc, sd in rows
        ]
    )


@pytest.fixture
def responses():
    items = {
        "reviews-test-0001": "the soup was cold and bland",
        "reviews-test-0002": "the staff seemed slow and rude",
        "reviews-test-0003": "a warm and funny film",
    }
    rows = []
    for item_id, text in items.items():
        for shots in ("", "Review: it was a good day\nSentiment: positive\n\n"):
            prompt = f"{shots}Review: {text}\nSentiment:"
            rows.append(
                {"item_id": item_id, "prompt": prompt, "correct": item_id.endswith("3") or bool(shots)}
            )
    return pd.DataFrame(rows)


@pytest.fixture
def four_claims():
    large, small = {"model": "ladder/774k", "k": 5}, {"model": "ladder/22k", "k": 5}

    def made(id, where, column, comparator, target):
        return {
            "id": id,
            "table": "results",
            "where": where,
            "column": column,
            "comparator": comparator,
            "target": target,
            "text": "",
        }

    none = {"where": {"model": "ladder/774k", "k": 0}, "by": 0.4}
    return [
        made("C1", large, "acc", "greater_than", 0.9),
        made("C2", large, "acc", "greater_than", none),
        made("C3", small, "acc", "between", [0.45, 0.55]),
        made("C4", large, "seed_sd", "less_than", 0.05),
    ]


@pytest.fixture
def write():
    """Write the analysis with some sections replaced; None leaves a heading out."""

    def write(**changed):
        parts = {**SECTIONS, **{title.replace("_", " "): text for title, text in changed.items()}}
        return "\n\n".join(f"## {title}\n\n{text}" for title, text in parts.items() if text is not None)

    return write


@pytest.fixture(autouse=True)
def no_claims_left():
    claims.forget()
    yield
    claims.forget()
