"""What a test cell may use besides the student's own names.

The same calls work in the student's notebook and in the grader, where the seed is another for each student.
"""

import os
import random
from collections import defaultdict
from typing import TYPE_CHECKING

from emlab.messages import say

if TYPE_CHECKING:
    import pandas as pd

SEED_VARIABLE = "EMGRADER_SEED"

# Two answers of one model differ by up to 1e-5 with the batch and the machine. A response this close to
# the best one is taken for the model's own.
TIE = 1e-3

_CHECKABLE = ("ladder/", "mock:")
_NEEDED = ("run_id", "model", "condition", "prompt", "response", "parsed", "gold")


def rng(tag: str) -> random.Random:
    """A source of random numbers that depends on the grading seed and on `tag` alone."""
    return random.Random(f"{os.environ.get(SEED_VARIABLE, 'practice')}/{tag}")


def reask(responses: "pd.DataFrame", sample: int, rng: random.Random) -> list[int]:
    """Ask the models again; the numbers of the rows (from 0) whose response is not what the model says.

    At most `sample` rows are drawn with `rng`, only of models that can be asked here. The choices of a row
    are all labels that occur in its run and condition. Raises ValueError for a missing column or an
    unknown model.
    """
    from emlab.models import load, multiple_choice

    if missing := [column for column in _NEEDED if column not in responses.columns]:
        raise ValueError(say("reask_columns", columns=", ".join(missing)))
    columns = {column: responses[column].tolist() for column in _NEEDED}
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    choices = _choices(rows)
    can_ask = [i for i, row in enumerate(rows) if str(row["model"]).startswith(_CHECKABLE)]
    drawn = sorted(rng.sample(can_ask, min(sample, len(can_ask))))

    together = defaultdict(list)  # rows that can be asked in one call
    for i in drawn:
        together[rows[i]["model"], choices[_run(rows[i])]].append(i)
    wrong = []
    for (model, labels), numbers in together.items():
        if len(labels) < 2:  # nothing else could have been said
            wrong += [i for i in numbers if rows[i]["response"] not in labels]
            continue
        answers = multiple_choice(load(model), [rows[i]["prompt"] for i in numbers], labels)
        for i, answer in zip(numbers, answers, strict=True):
            score = dict(zip(labels, answer["logprobs"], strict=True))
            if score.get(rows[i]["response"], float("-inf")) < max(score.values()) - TIE:
                wrong.append(i)
    return sorted(wrong)


def _run(row: dict) -> tuple:
    return row["run_id"], row["model"], row["condition"]


def _choices(rows: list[dict]) -> dict[tuple, tuple[str, ...]]:
    """For each run the labels it was about: every gold answer, and every response that is a label."""
    labels = defaultdict(set)
    for row in rows:
        labels[_run(row)] |= {label for label in (row["gold"], row["parsed"]) if isinstance(label, str)}
    return {run: tuple(sorted(found)) for run, found in labels.items()}
