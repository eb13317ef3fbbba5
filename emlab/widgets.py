"""Small things to play with in a notebook. Without ipywidgets each of them prints what it would show."""

import math
from collections.abc import Callable, Sequence

from emlab.messages import say
from emlab.models import load, multiple_choice
from emlab.prompts import TEMPLATES
from emlab.tasks import Task

PARSERS = ("first_line", "first_word", "last_number", "marked")  # the rules of exercise 3


def few_shot_playground(task: Task, build: Callable, models: Sequence[str]) -> None:
    """Choose model, template, review and number of examples; see the prompt and each label's probability.

    build: a function (template, examples, query, k) that gives the prompt.
    """

    def show(model, template, review, k):
        prompt = build(TEMPLATES[template], task.pool, task.test[review - 1], k)
        (answer,) = multiple_choice(load(model), [prompt], task.labels)
        print(f"{prompt}\n")
        for label, logprob in zip(task.labels, answer["logprobs"], strict=True):
            print(f"{label:12s} {math.exp(logprob):.2f}")
        print(say("playground_gold", label=task.test[review - 1]["label"]))

    _play(show, model=models[::-1], template=list(TEMPLATES), review=range(1, 21), k=(3, 0, 1, 2, 5, 10))


def compare_models(prompt: str, models: Sequence[str], max_gen_toks: int = 24) -> None:
    """Write a prompt and see how each of the models goes on, to the end of the line."""

    def show(prompt):
        for name in models:
            (text,) = load(name).generate_until([(prompt, {"until": ["\n"], "max_gen_toks": max_gen_toks})])
            print(f"{name:14s} {text!r}")

    _play(show, prompt=prompt)


def read_answers(responses) -> None:
    """Leaf through a log: choose condition, model, right or wrong, and a number; see prompt and response.

    responses: a DataFrame with the columns model, condition, item_id, prompt, response, gold, parsed, correct
    """
    kinds = {say("read_wrong"): False, say("read_right"): True}

    def show(condition, model, kind, number):
        rows = responses[(responses["condition"] == condition) & (responses["model"] == model)]
        rows = rows[rows["correct"].astype(bool) == kinds[kind]]
        print(say("read_count", kind=kind, count=len(rows)))
        if len(rows) >= number:
            row = rows.iloc[number - 1]
            print(f"\n{row['item_id']}\n\n{row['prompt']}\n\n-> {row['response']!r}\n")
            print(say("read_gold", gold=row["gold"], parsed=row["parsed"]))

    conditions, models = (list(dict.fromkeys(responses[column])) for column in ("condition", "model"))
    _play(show, condition=conditions[::-1], model=models[::-1], kind=list(kinds), number=range(1, 31))


def prompt_workbench(problem, render: Callable, parse: Callable, models: Sequence[str]) -> None:
    """Write a prompt for a problem; see the text that a model reads, what it writes, and what is read off it.

    problem: of emlab.load_problem; render, parse: functions (prompt, item, pool) and (text, parser). The
    examples are the first k of the pool. Nothing is logged: it is for trying, not for measuring.
    """

    def show(instruction, example, query, k, model, item, stop, max_gen_toks, parser):
        examples = [other["item_id"] for other in problem.pool[:k]]
        until = [{"line": "\n", "blank line": "\n\n"}[stop]]
        prompt = {**problem.start, "instruction": instruction, "example": example, "query": query}
        prompt |= {"examples": examples, "until": until, "max_gen_toks": max_gen_toks, "parser": parser}
        chosen = problem.dev[item - 1]
        try:
            text = render(prompt, chosen, problem.pool)
        except ValueError as error:
            print(error)
            return
        (said,) = load(model).generate_until([(text, {"until": until, "max_gen_toks": max_gen_toks})])
        print(f"{text}\n-> {said!r}\n")
        print(say("read_gold", gold=chosen["answer"], parsed=parse(said, parser)))

    start = problem.start
    _play(
        show,
        **{key: start[key] for key in ("instruction", "example", "query")},
        k=range(9),
        model=models[::-1],
        item=range(1, 21),
        stop=["line", "blank line"],
        max_gen_toks=[start["max_gen_toks"], 24, 44],
        parser=[problem.lenient, *(name for name in PARSERS if name != problem.lenient)],
    )


def _play(show: Callable, **controls) -> None:
    """Call `show` whenever a control changes: a text, a list, or a list of floats, which becomes a slider.

    Of a list the first value is chosen at first. Without ipywidgets `show` is called once, with these.
    """
    try:
        from ipywidgets import SelectionSlider, Textarea, interact
    except ImportError:
        show(**{name: given if isinstance(given, str) else given[0] for name, given in controls.items()})
        return
    wide = {"continuous_update": False, "layout": {"width": "90%", "height": "4em"}}

    def control(given):
        if isinstance(given, str):
            return Textarea(value=given, **wide)
        return SelectionSlider(options=given) if isinstance(given[0], float) else list(given)

    interact(show, **{name: control(given) for name, given in controls.items()})


def threshold_text(rows, estimate: Callable, least: float) -> str:
    """Where the lower bounds of one curve rise above `least`, as a sentence."""
    rows = rows.sort_values("params")
    bracket = estimate(rows["params"].tolist(), rows["ci_lo"].tolist(), least)
    if bracket is None:
        return say("widget_none", least=least)
    low, high = bracket
    if low is None:
        return say("widget_below", least=least, high=high)
    return say("widget_bracket", least=least, low=low, high=high)


def threshold_calculator(table, estimate: Callable) -> None:
    """Move the bar that the lower bounds must clear, and see where each ability of the table appears.

    table: columns task, condition, metric, params, ci_lo; estimate: a function (params, ci_lo, least) that
    gives a bracket (low, high), or None.
    """
    groups = table.groupby(["task", "condition", "metric"], sort=False)
    curves = {", ".join(key): rows for key, rows in groups}
    widest = max(map(len, curves))

    def show(least):
        for name, rows in curves.items():
            print(f"{name:{widest}s}   {threshold_text(rows, estimate, least)}")

    _play(show, least=[step / 20 for step in range(1, 20)])
