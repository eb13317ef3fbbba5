"""The operations that the small programs are built from: name, wordings, code, and what each one does."""

from collections.abc import Callable, Iterator
from itertools import pairwise, product
from typing import Any, NamedTuple

NUMBER, LIST = "number", "list"


class Operation(NamedTuple):
    """One line of a program. In `wordings` {it} is what it is done to and {k} the parameter.

    `takes` and `gives` say whether that is a number or a list of numbers.
    """

    takes: str
    gives: str
    wordings: tuple[str, ...]
    code: str
    apply: Callable[[Any, int], Any]

    @property
    def has_parameter(self) -> bool:
        return "{k}" in self.code


OPERATIONS = {
    "add": Operation(
        NUMBER,
        NUMBER,
        ("add {k} to {it}", "increase {it} by {k}", "make {it} larger by {k}"),
        "x = x + {k}",
        lambda x, k: x + k,
    ),
    "subtract": Operation(
        NUMBER,
        NUMBER,
        ("subtract {k} from {it}", "decrease {it} by {k}", "make {it} smaller by {k}"),
        "x = x - {k}",
        lambda x, k: x - k,
    ),
    "multiply": Operation(
        NUMBER,
        NUMBER,
        ("multiply {it} by {k}", "make {it} {k} times as large", "take {it} {k} times"),
        "x = x * {k}",
        lambda x, k: x * k,
    ),
    "square": Operation(
        NUMBER,
        NUMBER,
        ("square {it}", "multiply {it} by itself", "take the square of {it}"),
        "x = x * x",
        lambda x, k: x * x,
    ),
    "negate": Operation(
        NUMBER,
        NUMBER,
        ("negate {it}", "change the sign of {it}", "take {it} with the other sign"),
        "x = -x",
        lambda x, k: -x,
    ),
    "add each": Operation(
        LIST,
        LIST,
        ("add {k} to each number", "increase each number by {k}", "make each number larger by {k}"),
        "x = [n + {k} for n in x]",
        lambda x, k: [n + k for n in x],
    ),
    "multiply each": Operation(
        LIST,
        LIST,
        ("multiply each number by {k}", "make each number {k} times as large", "take each number {k} times"),
        "x = [n * {k} for n in x]",
        lambda x, k: [n * k for n in x],
    ),
    "keep above": Operation(
        LIST,
        LIST,
        ("keep the numbers above {k}", "keep what is larger than {k}", "take the numbers larger than {k}"),
        "x = [n for n in x if n > {k}]",
        lambda x, k: [n for n in x if n > k],
    ),
    "keep even": Operation(
        LIST,
        LIST,
        ("keep the even numbers", "keep what is even", "take the even numbers"),
        "x = [n for n in x if n % 2 == 0]",
        lambda x, k: [n for n in x if n % 2 == 0],
    ),
    "sort": Operation(
        LIST,
        LIST,
        ("sort {it}", "put {it} in order", "order the numbers"),
        "x = sorted(x)",
        lambda x, k: sorted(x),
    ),
    "reverse": Operation(
        LIST,
        LIST,
        ("reverse {it}", "turn {it} around", "reverse the numbers"),
        "x = x[::-1]",
        lambda x, k: x[::-1],
    ),
    "drop first": Operation(
        LIST,
        LIST,
        ("drop the first number", "leave out the first number", "take all but the first number"),
        "x = x[1:]",
        lambda x, k: x[1:],
    ),
    "sum": Operation(
        LIST,
        NUMBER,
        ("take the sum", "give the sum of the numbers", "add all numbers"),
        "x = sum(x)",
        lambda x, k: sum(x),
    ),
    "largest": Operation(
        LIST,
        NUMBER,
        ("take the largest number", "give the largest number", "keep only the largest number"),
        "x = max(x)",
        lambda x, k: max(x),
    ),
    "count": Operation(
        LIST,
        NUMBER,
        ("count the numbers", "take the length of {it}", "give how many numbers there are"),
        "x = len(x)",
        lambda x, k: len(x),
    ),
}


def chains(length: int) -> Iterator[tuple[str, ...]]:
    """Every row of so many operations in which each takes what the one before gives, none twice in a row."""
    for names in product(OPERATIONS, repeat=length):
        if all(a != b and OPERATIONS[a].gives == OPERATIONS[b].takes for a, b in pairwise(names)):
            yield names
