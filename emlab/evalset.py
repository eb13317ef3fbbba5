"""Evaluation sets: items with their checker, generated variants from the ladder's held-out tasks, and asking.

An item is a plain dict:

    {"item_id": "math-1-0001", "capability": "math", "difficulty": 1, "prompt": "34 + 57 =", "gold": "91",
     "checker": "numeric", "source": "generated", "contamination_note": "…"}

and besides, for the checker "choice", `choices` (a list of texts, the gold answer among them), and for
"code", `tests` (a list of [argument, result] pairs for the function f).
"""

import random
from itertools import accumulate, product
from typing import TYPE_CHECKING, Any

from emlab.messages import say
from emlab.models.choice import likeliest
from emlab.tasks import arithmetic, commonsense, programs, word_problems
from emlab.tasks.operations import OPERATIONS
from emlab.tasks.restricted import Refused, run_function

if TYPE_CHECKING:
    from emlab.models import Model

Item = dict[str, Any]

EVALSET_FIELDS = (
    "item_id",
    "capability",
    "difficulty",
    "prompt",
    "gold",
    "checker",
    "source",
    "contamination_note",
)
CAPABILITIES = ("math", "reasoning", "code", "commonsense")
CHECKERS = ("exact", "numeric", "choice", "code")
DIFFICULTIES = (1, 2, 3)
CODE_STOPS = programs.STOPS
N_COMPARISONS = 300  # commonsense items of each difficulty: there are not many more pairs of things

# One row a cell of the grid; the columns after `condition` are what emlab's figures take.
CAPABILITY_COLUMNS = (
    "model",
    "params",
    "task",
    "condition",
    "metric",
    "n",
    "n_correct",
    "n_unparsed",
    "value",
    "ci_lo",
    "ci_hi",
    "chance",
)

_STEPS_TOKENS, _CODE_TOKENS, _LINE_TOKENS = 48, 66, 10
_HELD_OUT = "held out of the models' training text by construction"


def load_items(capability: str, difficulty: int, n: int = 100, style: str = "direct") -> list[Item]:
    """n generated items that no rung was trained on; more of them begin with the same ones.

    math: sums of two numbers of 2, 3 or 4 digits. reasoning: word problems of 2, 3 or 4 steps, in the style
    "direct" or "cot" (step by step). code: functions of 1, 2 or 3 operations. commonsense: which of two
    things is larger (1), heavier (2), or more expensive (3). Raises ValueError for anything else.
    """
    if capability not in CAPABILITIES:
        raise ValueError(say("unknown_capability", name=capability, known=", ".join(CAPABILITIES)))
    if difficulty not in DIFFICULTIES:
        raise ValueError(say("unknown_difficulty", got=difficulty))
    if capability == "math":
        made = arithmetic.items(n, digits=difficulty + 1)
        shaped = [{"prompt": i["prompt"], "gold": i["gold"], "checker": "numeric"} for i in made]
    elif capability == "reasoning":
        made = word_problems.items(n, steps=difficulty + 1, style=style)
        shaped = [{"prompt": i["prompt"], "gold": i["answer"], "checker": "numeric"} for i in made]
    elif capability == "code":
        made = programs.items(n, operations=difficulty)
        shaped = [_program(i) for i in made]
    else:
        made = commonsense.items(N_COMPARISONS, scale=("size", "weight", "price")[difficulty - 1])[:n]
        if n > N_COMPARISONS:
            raise ValueError(say("most_comparisons", most=N_COMPARISONS, got=n))
        shaped = [
            {"prompt": i["prompt"], "gold": i["gold"], "checker": "choice", "choices": i["choices"]}
            for i in made
        ]
    name = f"{capability}-{difficulty}" + ("-cot" if (capability, style) == ("reasoning", "cot") else "")
    return [
        _generated(f"{name}-{number:04d}", capability, difficulty, item)
        for number, item in enumerate(shaped, start=1)
    ]


def _generated(item_id: str, capability: str, difficulty: int, shaped: Item) -> Item:
    return {
        "item_id": item_id,
        "capability": capability,
        "difficulty": difficulty,
        **shaped,
        "source": "generated",
        "contamination_note": _HELD_OUT,
    }


def _program(item: Item) -> Item:
    tests = [[given, wanted] for given, wanted in item["tests"]]
    return {"prompt": item["prompt"], "gold": item["gold"], "checker": "code", "tests": tests}


def reworded(n: int, times: int, seed: int = 0) -> list[list[Item]]:
    """n programs of two operations, each told in `times` (at most 9) wordings: the lists of their items.

    The pair of operations is one that stands side by side in no training text, so every wording is held out.
    """
    if not 1 <= times <= 9:
        raise ValueError(say("wordings", got=times))
    rng = random.Random(f"reworded/{seed}")
    found: dict[tuple, list[Item]] = {}
    while len(found) < n:
        program = programs.draw_from(rng, "test", 2, "new")
        content = tuple((call.name, call.k) for call in program)
        if content in found:
            continue
        wordings = list(product(*(range(len(OPERATIONS[call.name].wordings)) for call in program)))
        rng.shuffle(wordings)
        told = [
            tuple(call._replace(wording=w) for call, w in zip(program, chosen, strict=True))
            for chosen in wordings[:times]
        ]
        tests, number = programs.tests_of(told[0]), len(found) + 1
        found[content] = []
        for place, one in enumerate(told, start=1):
            shaped = _program({"prompt": programs.prompt(one), "gold": programs.gold(one), "tests": tests})
            found[content].append(_generated(f"reworded-{number:04d}-{place}", "code", 2, shaped))
    return list(found.values())


def ask(model: "Model", items: list[Item]) -> list[str]:
    """One response for each item, as text.

    Of the checker "choice": the likeliest of the item's choices. Of "code": what the model writes until the
    function ends. Else the rest of the line, or, after a prompt that ends in "Steps:", everything up to an
    empty line. Always the greedy answer, so the same item always gets the same response.
    """
    responses = [""] * len(items)
    written = [i for i, item in enumerate(items) if item["checker"] != "choice"]
    requests = [(items[i]["prompt"], _how(items[i])) for i in written]
    for i, text in zip(written, model.generate_until(requests) if requests else [], strict=True):
        responses[i] = text
    chosen = [i for i, item in enumerate(items) if item["checker"] == "choice"]
    if chosen:
        own = [items[i]["choices"] for i in chosen]
        answers = likeliest(model, [items[i]["prompt"] for i in chosen], own)
        for i, answer in zip(chosen, answers, strict=True):
            responses[i] = answer["response"]
    return responses


def _how(item: Item) -> dict[str, Any]:
    if item["checker"] == "code":
        return {"until": list(CODE_STOPS), "max_gen_toks": _CODE_TOKENS}
    if item["prompt"].endswith("Steps:"):
        return {"until": ["\n\n"], "max_gen_toks": _STEPS_TOKENS}
    return {"until": ["\n"], "max_gen_toks": _LINE_TOKENS}


def teacher_forced(model: "Model", items: list[Item]) -> list[dict[str, float]]:
    """For each item whose gold answer is a row of digits: how the model does when led along the right answer.

    token_accuracy: the share of the digits that are the likeliest token after the digits before them.
    loglikelihood_per_token: the log-probability of the gold answer, a digit. Every digit is one token.
    """
    requests, owners = [], []
    for i, item in enumerate(items):
        first, *others = item["gold"]
        pieces = [f" {first}", *others]
        requests += zip(accumulate(pieces[:-1], initial=item["prompt"]), pieces, strict=True)
        owners += [i] * len(pieces)
    total, right = [0.0] * len(items), [0] * len(items)
    for i, (logprob, greedy) in zip(owners, model.loglikelihood(requests), strict=True):
        total[i] += logprob
        right[i] += greedy
    lengths = [len(item["gold"]) for item in items]
    return [
        {"token_accuracy": r / n, "loglikelihood_per_token": t / n}
        for r, t, n in zip(right, total, lengths, strict=True)
    ]


def passes(item: Item, response: str) -> bool:
    """Whether a response to a code item is right, found without Python's own exec.

    For whoever must not run what a student hands in. It knows a small part of Python only: what it refuses
    does not pass, though it may be right.
    """
    for stop in CODE_STOPS:
        response = response.split(stop)[0]
    try:
        results = [run_function(item["prompt"] + response, given) for given, _ in item["tests"]]
    except Refused:
        return False
    return [(type(r), r) for r in results] == [(type(wanted), wanted) for _, wanted in item["tests"]]
