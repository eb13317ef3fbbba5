"""Small Python functions to be written from a comment, scored by running them.

    # add 3 to x, then square it
    def f(x):
        x = x + 3
        x = x * x
        return x

The prompt is the comment and the line with `def`; the gold answer begins with the new line after it. An item
is held out if two of its operations stand side by side that never do in training (a "new" composition), or
by a hash of its operations, parameters and wording. Source of the scoring: Chen et al. 2021, "Evaluating
Large Language Models Trained on Code".
"""

import random
from functools import cache
from itertools import islice, pairwise, permutations
from math import comb
from typing import Any, NamedTuple

from emlab.tasks.operations import LIST, OPERATIONS, chains
from emlab.tasks.restricted import Refused, run_function
from emlab.tasks.splits import side

Item = dict[str, Any]

COMPOSITIONS = ("seen", "new")
MOST_OPERATIONS = 3
STOPS = ("\n\n", "\n#", "\ndef")
PARAMETERS = range(2, 100)
SMALL_PARAMETERS = range(2, 10)  # half of the parameters are

_NEW_PAIRS_SHARE = 0.25  # of the pairs of operations are held out
_TEST_SHARE = 1 / 3  # of the programs of seen pairs are held out: there are few of one operation
_TESTS = 6  # inputs that every item has at least


class Call(NamedTuple):
    """One operation of a program: its parameter (0 where it has none) and which of its wordings it gets."""

    name: str
    k: int
    wording: int

    def apply(self, x: Any) -> Any:
        return OPERATIONS[self.name].apply(x, self.k)


Program = tuple[Call, ...]


def is_new_pair(first: str, second: str) -> bool:
    """Whether these operations never stand side by side, in this order, in training."""
    return side(f"pair {first}, {second}", _NEW_PAIRS_SHARE) == "test"


def composition_of(program: Program) -> str:
    """"new" if any two neighbours are a new pair, otherwise "seen"."""
    return "new" if any(is_new_pair(a.name, b.name) for a, b in pairwise(program)) else "seen"


def split_of(program: Program) -> str:
    """"train" or "test": the side that a program and its wording belong to, for good."""
    if composition_of(program) == "new":
        return "test"
    content = ", then ".join(f"{call.name} {call.k} {call.wording}" for call in program)
    return side(content, _TEST_SHARE)


@cache
def _chains(operations: int, composition: str) -> list[tuple[str, ...]]:
    return [
        names
        for names in chains(operations)
        if composition == ("new" if any(is_new_pair(*pair) for pair in pairwise(names)) else "seen")
    ]


def draw(rng: random.Random, operations: int, composition: str = "seen") -> Program:
    """A program of so many operations, of either side of the split."""
    return tuple(
        Call(name, _parameter(rng, name), rng.randrange(len(OPERATIONS[name].wordings)))
        for name in rng.choice(_chains(operations, composition))
    )


def _parameter(rng: random.Random, name: str) -> int:
    if not OPERATIONS[name].has_parameter:
        return 0
    return rng.choice(SMALL_PARAMETERS if rng.random() < 0.5 else PARAMETERS)


def draw_from(rng: random.Random, split: str, operations: int, composition: str = "seen") -> Program:
    """A program of `split` ("train" or "test"); new compositions are all on the test side."""
    if split not in ("train", "test") or (split, composition) == ("train", "new"):
        raise ValueError(f"no programs of split {split!r} and composition {composition!r}")
    while True:
        program = draw(rng, operations, composition)
        if split_of(program) == split:
            return program


def prompt(program: Program) -> str:
    """The comment and the line that begins the function."""
    phrases = [
        OPERATIONS[call.name].wordings[call.wording].format(it="it" if place else "x", k=call.k)
        for place, call in enumerate(program)
    ]
    return f"# {', then '.join(phrases)}\ndef f(x):"


def gold(program: Program) -> str:
    """The rest of the function, one line an operation."""
    lines = [OPERATIONS[call.name].code.format(k=call.k) for call in program]
    return "".join(f"\n    {line}" for line in [*lines, "return x"])


def items(n: int, seed: int = 0, *, operations: int, composition: str = "seen") -> list[Item]:
    """n different held-out programs, with ids such as "program-2-new-0001"."""
    rng = random.Random(f"programs/{operations}/{composition}/{seed}")
    found: dict[Program, None] = {}  # a dict as an ordered set
    while len(found) < n:
        found[draw_from(rng, "test", operations, composition)] = None
    return [
        {
            "item_id": f"program-{operations}-{composition}-{i:04d}",
            "prompt": prompt(program),
            "gold": gold(program),
            "operations": operations,
            "composition": composition,
            "tests": tests_of(program),
        }
        for i, program in enumerate(found, start=1)
    ]


def passes(item: Item, completion: str) -> bool:
    """Whether prompt and completion, cut at the first of STOPS, are a function that gets every test right.

    Nothing but a small part of Python is run (`emlab.tasks.restricted`); all else does not pass.
    """
    for stop in STOPS:
        completion = completion.split(stop)[0]
    source = item["prompt"] + completion
    try:
        results = [run_function(source, given) for given, _ in item["tests"]]
    except Refused:
        return False
    # 2 == True in Python, but a function that was to give a number has to.
    return [(type(r), r) for r in results] == [(type(wanted), wanted) for _, wanted in item["tests"]]


def pass_at_k(n: int, right: int, k: int) -> float:
    """The chance that one of k samples is right: its unbiased estimate from n samples, `right` of them right.

    Source: Chen et al. 2021, equation 1.
    """
    if not 0 <= right <= n or not 1 <= k <= n:
        raise ValueError(f"not 0 <= {right} <= {n} or not 1 <= {k} <= {n}")
    return 1.0 - comb(n - right, k) / comb(n, k)


def tests_of(program: Program) -> list[tuple[Any, Any]]:
    """Pairs of input and right output. They tell the program from the same with its operations in another
    order, with one left out, and with one replaced by another, wherever any input does.
    """
    pairs = _input_pairs(program)
    chosen = pairs[:_TESTS]
    for wrong in _wrong_programs(program):
        if all(_run(wrong, x) == wanted for x, wanted in chosen):
            telling = (pair for pair in pairs if _run(wrong, pair[0]) != pair[1])
            chosen += islice(telling, 1)
    return chosen


def _input_pairs(program: Program) -> list[tuple[Any, Any]]:
    """Inputs that the program can take, around its parameters, and their outputs; always the same ones."""
    rng = random.Random(repr(program))
    if OPERATIONS[program[0].name].takes != LIST:
        drawn: list[Any] = [rng.randint(-9, 30) for _ in range(30)]
    else:
        middles = [0, *(call.k for call in program)]
        drawn = [
            [rng.choice(middles) + rng.randint(-9, 12) for _ in range(rng.randint(3, 7))] for _ in range(100)
        ]
    pairs = [(x, _run(program, x)) for x in drawn]
    return [pair for pair in pairs if pair[1] is not None]  # there is no largest number of none


def _run(program: Program, x: Any) -> Any:
    """What the operations make of x, None where one fails."""
    try:
        for call in program:
            x = call.apply(x)
    except (TypeError, ValueError):
        return None
    return x


def _wrong_programs(program: Program) -> list[Program]:
    wrong = [order for order in permutations(program) if order != program]
    for place, call in enumerate(program):
        rest = program[:place], program[place + 1 :]
        wrong.append((*rest[0], *rest[1]))
        for other in OPERATIONS:
            k = call.k or 2
            if other != call.name:
                wrong.append((*rest[0], Call(other, k, 0), *rest[1]))
        if call.k:  # off by one
            wrong.append((*rest[0], call._replace(k=call.k + 1), *rest[1]))
            wrong.append((*rest[0], call._replace(k=call.k - 1), *rest[1]))
    return wrong
