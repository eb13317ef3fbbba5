"""Ask a model the items of a task, and score what it answers.

Prompts, examples (drawn with the harness's seed, in its order), metrics and standard errors are
lm-evaluation-harness's, so the numbers are those of its `simple_evaluate` on the same items.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, NamedTuple

from emlab.benchmarks.scoring import INVALID, pooled_stderr, value_and_stderr
from emlab.benchmarks.task import FEWSHOT_SEED, MAX_GEN_TOKS, Doc, Group, Task
from emlab.log import LOG_COLUMNS, prompt_sha256
from emlab.messages import say
from emlab.models.base import Model


class Value(NamedTuple):
    """A result: of which metric, after which filter, with its standard error (None where there is none)."""

    metric: str
    filter: str
    value: float
    stderr: float | None


@dataclass(frozen=True)
class Result:
    """What came out of a task (or, with `group`, of several): the values, and a row of the log an answer.

    The rows have the columns of emlab.LOG_COLUMNS: condition is the task, strategy the filter, order the
    sampler, parsed the filtered answer (None where there is none). A column for each metric comes after them,
    and where continuations were compared `choices`, their `logprobs`, and for each whether it is the `greedy`
    one: all that a recording of the log needs to be evaluated again.
    """

    task: str
    version: float
    num_fewshot: int
    n: int
    values: list[Value]
    rows: list[dict[str, Any]]
    group: bool = False


class Asked(NamedTuple):
    """An item as the model gets it."""

    doc: Doc
    context: str
    example_ids: list[str]


def evaluate(
    model: Model,
    task: Task,
    num_fewshot: int | None = None,
    limit: int | None = None,
    max_gen_toks: int | None = None,
) -> Result:
    """The result of `model` on `task`.

    num_fewshot: examples in a prompt (the task's own number by default); limit: only the first so many items.
    Raises ValueError when there are too few examples, or no room to generate max_gen_toks tokens.
    """
    shots = task.num_fewshot if num_fewshot is None else num_fewshot
    asked = ask(task, shots, limit)
    run_id = _run_id(model, task, shots, limit, max_gen_toks)
    rows = [
        {
            **_describe(model, task, shots, run_id, item),
            **answer,
        }
        for item, answer in _ANSWER[task.output_type](model, task, asked, max_gen_toks)
    ]
    values = []
    for metric in task.metric_list:
        for name in dict.fromkeys(row["strategy"] for row in rows):
            scores = [row[metric.name] for row in rows if row["strategy"] == name]
            values.append(Value(metric.name, name, *value_and_stderr(scores)))
    ordered = [{column: row[column] for column in LOG_COLUMNS} | row for row in rows]
    return Result(task.task, task.version, shots, len(asked), values, ordered)


def evaluate_group(group: Group, results: Sequence[Result]) -> Result:
    """The mean over the tasks of a group, weighted by their number of items."""
    sizes = [result.n for result in results]
    values = []
    for i, (metric, name, *_) in enumerate(results[0].values):
        parts = [result.values[i] for result in results]
        value = sum(part.value * n for part, n in zip(parts, sizes, strict=True)) / sum(sizes)
        errors = [part.stderr for part in parts]
        stderr = None if None in errors else pooled_stderr(errors, sizes)
        values.append(Value(metric, name, value, stderr))
    shots = results[0].num_fewshot
    return Result(group.group, group.version, shots, sum(sizes), values, [], group=True)


def ask(task: Task, shots: int, limit: int | None = None) -> list[Asked]:
    """The items with their prompts. Raises ValueError when the task has not so many examples, or no items."""
    docs = task.docs()[:limit]
    if not docs:
        raise ValueError(say("eval_no_items", task=task.task))
    pool = task.fewshot_docs() if shots else []
    if shots > len(pool):
        raise ValueError(say("eval_too_few_shots", task=task.task, shots=shots, available=len(pool)))
    rng = Random(FEWSHOT_SEED)
    asked = []
    for doc in docs:
        examples = task.examples(pool, shots, rng) if shots else []
        asked.append(Asked(doc, task.context(doc, examples), [str(e["item_id"]) for e in examples]))
    return asked


def _multiple_choice(model: Model, task: Task, asked: list[Asked], _: int | None):
    """A response is the likeliest choice."""
    choices = [task.doc_to_choice(item.doc) for item in asked]
    scored = iter(
        model.loglikelihood(
            [
                (item.context, task.target_delimiter + choice)
                for item, own in zip(asked, choices, strict=True)
                for choice in own
            ]
        )
    )
    for item, own in zip(asked, choices, strict=True):
        logprobs, greedy = zip(*(next(scored) for _ in own), strict=True)
        gold = task.doc_to_target(item.doc)
        answer = own[logprobs.index(max(logprobs))]
        scores = {metric.name: metric.score(logprobs, own, gold) for metric in task.metric_list}
        given = {"response": answer, "parsed": answer, "gold": own[gold], "strategy": "none"}
        yield item, given | _right(scores) | _compared(own, logprobs, greedy)


def _loglikelihood(model: Model, task: Task, asked: list[Asked], _: int | None):
    """There is no response: only how likely the right answer is, and whether the model would write it.

    As in the harness, target_delimiter has no part in it: the target begins with its own space.
    """
    targets = [task.answer_text(item.doc) for item in asked]
    pairs = [(item.context, target) for item, target in zip(asked, targets, strict=True)]
    for item, target, (logprob, greedy) in zip(asked, targets, model.loglikelihood(pairs), strict=True):
        scores = {metric.name: metric.score(logprob, greedy) for metric in task.metric_list}
        answer = target if greedy else None
        given = {"response": answer, "parsed": answer, "gold": target, "strategy": "none"}
        yield item, given | _right(scores) | _compared([target], [logprob], [greedy])


def _generation(model: Model, task: Task, asked: list[Asked], max_gen_toks: int | None):
    """A response is the greedy text; it is scored once for each filter."""
    how = {"until": [], "max_gen_toks": MAX_GEN_TOKS} | task.generation_kwargs
    if max_gen_toks is not None:
        how["max_gen_toks"] = max_gen_toks
    if how["max_gen_toks"] >= model.max_length:
        raise ValueError(
            say(
                "eval_no_room",
                task=task.task,
                wanted=how["max_gen_toks"],
                model=model.name,
                max_length=model.max_length,
            )
        )
    responses = model.generate_until([(item.context, how) for item in asked])
    for item, response in zip(asked, responses, strict=True):
        target = str(task.doc_to_target(item.doc))
        for chosen in task.filter_list:
            answer = chosen.apply(response, item.doc)
            scores = {metric.name: metric.score(answer, target, item.doc) for metric in task.metric_list}
            parsed = None if answer == INVALID else answer
            given = {"response": response, "parsed": parsed, "gold": target, "strategy": chosen.name}
            yield item, given | _right(scores)


_ANSWER = {
    "multiple_choice": _multiple_choice,
    "generate_until": _generation,
    "loglikelihood": _loglikelihood,
}


def _compared(choices: Sequence[str], logprobs: Sequence[float], greedy: Sequence[bool]) -> dict[str, Any]:
    return {"choices": list(choices), "logprobs": list(logprobs), "greedy": list(greedy)}


def _right(scores: dict[str, float]) -> dict[str, Any]:
    """The scores, and by the first of them whether the answer is correct."""
    return {"correct": next(iter(scores.values())) == 1.0} | scores


def _describe(model: Model, task: Task, shots: int, run_id: str, item: Asked) -> dict[str, Any]:
    return {
        "run_id": run_id,
        "model": model.name,
        "params": model.params,
        "item_id": str(item.doc["item_id"]),
        "condition": task.task,
        "k": shots,
        "order": task.sampler,
        "template_id": f"{task.task}@{task.version}",
        "example_ids": item.example_ids,
        "order_seed": FEWSHOT_SEED,
        "prompt_sha256": prompt_sha256(item.context),
        "prompt": item.context,
    }


def _run_id(model: Model, task: Task, *settings: int | None) -> str:
    """The same for the same model, task and settings, and only then."""
    what = json.dumps([model.name, model.revision, model.dtype, task.task, task.version, *settings])
    return hashlib.sha256(what.encode()).hexdigest()[:12]
