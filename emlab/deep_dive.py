"""The benchmarks of the ladder that exercise 4 takes apart, and the excerpt of the training text.

    letters   facts as MMLU asks them: four options, the answer is the likeliest letter
    cloze     the same facts without letters: the answer is the likeliest option's text
    problems  word problems as GSM8K asks them: the steps are written out, then the answer

What is asked and how it is scored are tasks of emlab.benchmarks, so `emlab eval` gives the same numbers.
"""

import gzip
import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from emlab.benchmarks import get_task
from emlab.benchmarks.evaluate import evaluate
from emlab.benchmarks.task import Task
from emlab.checks import TIE
from emlab.log import LOG_COLUMNS
from emlab.messages import say
from emlab.models import load

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]

TASKS = {  # condition: the tasks whose first items it asks, as many of each
    "letters": ("ladder_knowledge_letters",),
    "cloze": ("ladder_knowledge_cloze",),
    "problems": tuple(f"ladder_word_problems_cot_{steps}" for steps in (2, 3, 4)),
}
COLUMNS = (*LOG_COLUMNS, "confidence")

EXCERPT = Path(__file__).parent / "corpus" / "excerpt.txt.gz"
SEPARATOR = "\n<|endoftext|>\n"  # of its documents
_COMPARED = 40  # characters of a text: far into it, a last digit of another machine can change a word


@cache
def corpus_excerpt() -> tuple[str, ...]:
    """Documents of the text that the rungs were trained on, word for word."""
    return tuple(gzip.decompress(EXCERPT.read_bytes()).decode("utf-8").split(SEPARATOR))


def items(condition: str, n: int | None = None) -> list[Row]:
    """The first n items of a condition (all by default): item_id, prompt, choices, gold, solution.

    choices is empty for problems, and solution, their right steps, is empty for the others. n is divided
    evenly among the tasks of a condition. Raises ValueError for an unknown condition.
    """
    return [_item(task, doc) for task in _tasks(condition, n) for doc in task.docs()]


def ask(models: Sequence[str], condition: str, n: int) -> "pd.DataFrame":
    """What each of the models answers to the first n items of a condition: one row an answer.

    The columns are COLUMNS. confidence is the probability of the chosen one of four when one of them must
    be it, nan for problems, whose parsed and correct are those of the filter strict-match.
    """
    import pandas as pd

    tasks = _tasks(condition, n)
    rows = [row for name in models for row in _answers(name, tasks)]
    for row in rows:
        row |= {"condition": condition, "confidence": _confidence(row.get("logprobs"))}
    return pd.DataFrame(rows)[list(COLUMNS)]


def not_said(responses: "pd.DataFrame", sample: int, rng: Any) -> list[int]:
    """Ask the models again; the numbers of the rows (from 0) whose response is not what the model says.

    At most `sample` rows are drawn with `rng`. The confidence counts too. A choice as likely as the best one,
    but for the last digits, is taken for the model's own, and of a text the first 40 characters are compared.
    """
    rows = responses[["model", "condition", "item_id", "response", "confidence"]].to_dict("records")
    drawn = rng.sample(range(len(rows)), min(sample, len(rows)))
    wrong = []
    for model, condition in sorted({(rows[i]["model"], rows[i]["condition"]) for i in drawn}):
        mine = [i for i in drawn if (rows[i]["model"], rows[i]["condition"]) == (model, condition)]
        asked = {rows[i]["item_id"] for i in mine}
        tasks = [_only(task, asked) for task in _tasks(condition)]
        said = {row["item_id"]: row for row in _answers(model, [task for task in tasks if task.docs()])}
        wrong += [i for i in mine if not _same(rows[i], said.get(rows[i]["item_id"]))]
    return sorted(wrong)


def _tasks(condition: str, n: int | None = None) -> list[Task]:
    if condition not in TASKS:
        raise ValueError(say("unknown_deep_dive", name=condition, known=", ".join(TASKS)))
    names = TASKS[condition]
    each = None if n is None else -(-n // len(names))
    return [_with(get_task(name), _docs(name)[:each]) for name in names]


@cache
def _docs(name: str) -> list[Row]:
    return get_task(name).docs()


def _with(task: Task, docs: list[Row]) -> Task:
    """The task with these of its items."""
    return replace(task, docs=lambda: docs)


def _only(task: Task, ids: set[str]) -> Task:
    return _with(task, [doc for doc in task.docs() if doc["item_id"] in ids])


def _item(task: Task, doc: Row) -> Row:
    choices = task.doc_to_choice(doc) if task.doc_to_choice else []
    target = task.doc_to_target(doc)
    return {
        "item_id": doc["item_id"],
        "prompt": task.context(doc),
        "choices": choices,
        "gold": choices[target] if choices else target,
        "solution": "" if choices else doc["gold"],
    }


def _answers(name: str, tasks: Sequence[Task]) -> list[Row]:
    """A model's rows of the log of emlab.benchmarks; of two filters, those of strict-match."""
    model = load(name)
    rows = [row for task in tasks for row in evaluate(model, task).rows]
    return [row for row in rows if row["strategy"] != "flexible-extract"]


def _confidence(logprobs: Sequence[float] | None) -> float:
    if logprobs is None:
        return math.nan
    best = max(logprobs)
    return 1 / sum(math.exp(logprob - best) for logprob in logprobs)


def _same(row: Row, said: Row | None) -> bool:
    """Whether a row of the log is what the model said."""
    response = row["response"]
    if said is None or not isinstance(response, str):
        return False
    if "choices" not in said:
        return response[:_COMPARED] == said["response"][:_COMPARED]
    likely = dict(zip(said["choices"], said["logprobs"], strict=True))
    chosen = response in likely and likely[response] > max(said["logprobs"]) - TIE
    return chosen and abs(row["confidence"] - _confidence(said["logprobs"])) < TIE
