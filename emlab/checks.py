"""What a test cell may use besides the student's own names.

The same calls work in the student's notebook and in the grader, where the seed is another for each student.
"""

import copy
import logging
import os
import random
from collections import defaultdict
from collections.abc import Callable, Container
from numbers import Integral
from typing import TYPE_CHECKING, NamedTuple

from emlab.figures import describe_figure
from emlab.messages import say

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Called", "attested", "called", "describe_figure", "reask", "regenerate", "rng", "unchanged"]

SEED_VARIABLE = "EMGRADER_SEED"

# Two answers of one model differ by up to 1e-5 with the batch and the machine. A response this close to
# the best one is taken for the model's own.
TIE = 1e-3

SHOWN = 20  # rows that are named
_log = logging.getLogger(__name__)  # the grader puts what is said here into its comment

_CHECKABLE = ("ladder/", "mock:")
_NEEDED = ("run_id", "model", "condition", "prompt", "response", "parsed", "gold")


def rng(tag: str) -> random.Random:
    """A source of random numbers that depends on the grading seed and on `tag` alone."""
    return random.Random(f"{os.environ.get(SEED_VARIABLE, 'practice')}/{tag}")


def reask(responses: "pd.DataFrame", sample: int, rng: random.Random) -> list[int]:
    """Ask the models again; the numbers of the rows (from 0) whose response is not what the model says.

    They are logged too, by the table's index where it holds whole numbers, so that a sample of a table names
    the table's rows. At most `sample` rows are drawn with `rng`, only of models that can be asked here. The
    choices of a row are all labels that occur in its run and condition. Raises ValueError for a missing
    column or an unknown model.
    """
    from emlab.models import load, multiple_choice

    rows = _rows(responses, _NEEDED)
    choices = _choices(rows)
    drawn = _drawn(rows, sample, rng)

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
    if wrong:
        index = responses.index.tolist()
        rows = [int(index[i]) if isinstance(index[i], Integral) else i for i in sorted(wrong)]
        named = ", ".join(map(str, rows[:SHOWN])) + (", …" if len(rows) > SHOWN else "")
        _log.warning(say("reask_rows", wrong=len(wrong), drawn=len(drawn), rows=named))
    return sorted(wrong)


def regenerate(responses: "pd.DataFrame", items: list[dict], sample: int, rng: random.Random) -> list[int]:
    """Ask items of an evaluation set again; the numbers of the rows whose response the model does not give.

    At most `sample` rows are drawn with `rng`, only of models that can be asked here and of items among
    `items`. Raises ValueError for a missing column.
    """
    asked = _asked_again(responses, items, sample, rng)
    return sorted(row for row, response, answer in asked if response != answer)


def attested(responses: "pd.DataFrame", items: list[dict], sample: int, rng: random.Random) -> bool:
    """Whether nine in ten of the rows that are asked again say what the model says, white space apart.

    For checks of what was made from a log: a log that was made up carries nothing, but one that was tidied a
    little still does. Rows are drawn as in `regenerate`; False if there are none.
    """
    asked = _asked_again(responses, items, sample, rng)
    same = sum(str(response).split() == answer.split() for _, response, answer in asked)
    return bool(asked) and same >= 0.9 * len(asked)


def _asked_again(
    responses: "pd.DataFrame", items: list[dict], sample: int, rng: random.Random
) -> list[tuple[int, str, str]]:
    """(number of the row, its response, what the model says now) of drawn rows about `items`."""
    from emlab.evalset import ask
    from emlab.models import load

    rows = _rows(responses, ("model", "item_id", "response"))
    known = {item["item_id"]: item for item in items}
    together = defaultdict(list)
    for i in _drawn(rows, sample, rng, known):
        together[rows[i]["model"]].append(i)
    asked = []
    for model, numbers in together.items():
        answers = ask(load(model), [known[rows[i]["item_id"]] for i in numbers])
        asked += [(i, rows[i]["response"], answer) for i, answer in zip(numbers, answers, strict=True)]
    return asked


def _rows(responses: "pd.DataFrame", columns: tuple[str, ...]) -> list[dict]:
    """These columns of the log, row by row. Raises ValueError for a missing one."""
    if missing := [column for column in columns if column not in responses.columns]:
        raise ValueError(say("reask_columns", columns=", ".join(missing)))
    values = zip(*(responses[column].tolist() for column in columns), strict=True)
    return [dict(zip(columns, row, strict=True)) for row in values]


def _drawn(rows: list[dict], sample: int, rng: random.Random, known: Container | None = None) -> list[int]:
    """At most `sample` rows of models that can be asked here (and of items in `known`), in order."""
    can_ask = [
        i
        for i, row in enumerate(rows)
        if str(row["model"]).startswith(_CHECKABLE) and (known is None or row["item_id"] in known)
    ]
    return sorted(rng.sample(can_ask, min(sample, len(can_ask))))


def _run(row: dict) -> tuple:
    return row["run_id"], row["model"], row["condition"]


def _choices(rows: list[dict]) -> dict[tuple, tuple[str, ...]]:
    """For each run the labels it was about: every gold answer, and every response that is a label."""
    labels = defaultdict(set)
    for row in rows:
        labels[_run(row)] |= {label for label in (row["gold"], row["parsed"]) if isinstance(label, str)}
    return {run: tuple(sorted(found)) for run, found in labels.items()}


class Called(NamedTuple):
    """What a call gave, and what its arguments were like afterwards."""

    result: object
    args: tuple
    kwargs: dict


def called(function: Callable, *args: object, **kwargs: object) -> Called:
    """Call a student's function with copies of the arguments, and look at the copies afterwards.

    Where a notebook is graded, arguments cross to the student's code as data: a test never sees them change
    by itself, neither by mistake nor by a cheat who would have it compare with something else. So a test
    that is about the arguments asks for them:

        result, (values,), _ = called(sort_in_place, [3, 1, 2])
    """
    call = getattr(type(function), "__called__", None)
    if call is not None:
        return Called(*call(function, args, kwargs))
    args, kwargs = copy.deepcopy((args, kwargs))
    return Called(function(*args, **kwargs), args, kwargs)


def unchanged(function: Callable, *args: object, **kwargs: object) -> bool:
    """Whether a call leaves its arguments as they were."""
    _, after, named = called(function, *args, **kwargs)
    return _same(args, after) and _same(kwargs, named)


def _same(before: object, after: object) -> bool:
    """Equal all the way down, with nan equal to nan."""
    if callable(before):  # a function stays itself
        return True
    if isinstance(before, dict):
        return before.keys() == after.keys() and all(_same(before[key], after[key]) for key in before)
    if isinstance(before, list | tuple):
        return type(before) is type(after) and len(before) == len(after) and all(map(_same, before, after))
    if hasattr(before, "equals"):  # a table, a column or an index
        return type(before) is type(after) and before.equals(after)
    if hasattr(before, "tolist"):
        return before.shape == after.shape and _same(before.tolist(), after.tolist())
    return bool(before == after) or (before != before and after != after)
