"""Benchmarks: tasks with lm-evaluation-harness's names, prompts, metrics and table.

    from emlab import benchmarks
    task = benchmarks.get_task("ladder_commonsense")
    result = benchmarks.evaluate(emlab.load("ladder/..."), task, limit=100)
    print(benchmarks.results_table([result]))

What the benchmarks ask is one file each; the ladder's own need nothing but emlab, the others need their data
(`emlab fetch`).
"""

from collections.abc import Sequence
from functools import cache

from emlab.benchmarks import bbh, gsm8k, humaneval, ladder, mmlu, mmlu_pro, mmlu_redux, sst2
from emlab.benchmarks.evaluate import Result, ask, evaluate, evaluate_group
from emlab.benchmarks.fetch import CannotFetch
from emlab.benchmarks.recorded import recorded_responses
from emlab.benchmarks.store import NotFetched
from emlab.benchmarks.table import results_table
from emlab.benchmarks.task import Filter, Group, Metric, Task
from emlab.confinement import confined
from emlab.messages import say
from emlab.models.base import Model

__all__ = [
    "CannotFetch",
    "Filter",
    "Group",
    "Metric",
    "NotFetched",
    "Result",
    "Task",
    "evaluate",
    "evaluate_group",
    "get_group",
    "get_task",
    "groups",
    "members",
    "recorded_responses",
    "results_table",
    "run",
    "tasks",
]

# where a benchmark's tasks and groups are, in the order in which they are listed
HOMES = (ladder, sst2, gsm8k, mmlu, mmlu_redux, mmlu_pro, bbh, humaneval)


@cache
def _tasks() -> dict[str, Task]:
    return {task.task: task for home in HOMES for task in home.TASKS}


@cache
def _groups() -> dict[str, Group]:
    return {group.group: group for home in HOMES for group in getattr(home, "GROUPS", ())}


def tasks() -> list[str]:
    """The names of all tasks."""
    return list(_tasks())


def groups() -> list[str]:
    """The names of the groups of tasks."""
    return list(_groups())


def get_task(name: str) -> Task:
    """The task of that name. Raises ValueError that says where the names are listed."""
    if name not in _tasks():
        raise ValueError(say("unknown_benchmark", name=name))
    return _tasks()[name]


def get_group(name: str) -> Group:
    """The group of that name. Raises ValueError as `get_task` does."""
    if name not in _groups():
        raise ValueError(say("unknown_benchmark", name=name))
    return _groups()[name]


def members(name: str) -> list[Task]:
    """The tasks of the group of that name, or the task of that name alone."""
    names = _groups()[name].tasks if name in _groups() else (name,)
    return [get_task(member) for member in names]


def run(
    model: Model,
    names: Sequence[str],
    num_fewshot: int | None = None,
    limit: int | None = None,
    max_gen_toks: int | None = None,
    confirm_run_unsafe_code: bool = False,
) -> list[Result]:
    """The results of `model` on tasks and groups of tasks; a group's own result follows those of its tasks.

    A group that is fetched in part (MMLU from files has 30 of 57 subjects) is run on what there is.
    confirm_run_unsafe_code: run programs that the model wrote also where there is no sandbox for them; else
    that is a ValueError.
    """
    plan = {name: [task for task in members(name) if name in tasks() or task.docs()] for name in names}
    for task in (task for part in plan.values() for task in part):
        if task.unsafe_code and not confined() and not confirm_run_unsafe_code:
            raise ValueError(say("eval_code", task=task.task))
        # so that a lack of examples is said before hours of work
        ask(task, task.num_fewshot if num_fewshot is None else num_fewshot, limit)
    found = []
    for name, part in plan.items():
        results = [evaluate(model, task, num_fewshot, limit, max_gen_toks) for task in part]
        found += results
        if name in _groups():
            found.append(evaluate_group(get_group(name), results))
    return found
