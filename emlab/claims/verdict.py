"""Does a claim hold? Evaluation of plain data on tables."""

import math
from dataclasses import dataclass

from emlab.claims.cells import SLACK, find_row, is_table, read_cell, row_numbers
from emlab.claims.fields import ClaimError, checked, checked_id
from emlab.claims.words import conditions_text, join, shown
from emlab.messages import say

_SIGNS = {"greater_than": ">", "less_than": "<"}


@dataclass(frozen=True)
class ClaimResult:
    """What came of one claim: does it hold, the value of its cell, a sentence about it.

    `numbers` are the numbers that a sentence citing the claim may state: everything in the rows that the
    claim points at, the difference of the two cells, and the limits of the comparison.
    """

    holds: bool
    value: float | None
    message: str
    numbers: tuple[float, ...] = ()


def evaluate(claim, tables) -> ClaimResult:
    """Evaluate a claim, given as plain data, on tables given by name. Never raises.

    A claim that is malformed, or points at no cell, does not hold, and its message says why.
    """
    try:
        return check(claim, tables)
    except ClaimError as error:
        return ClaimResult(False, None, str(error))


def check(claim, tables) -> ClaimResult:
    """As `evaluate`, but raises ClaimError for a claim that cannot be evaluated."""
    if not isinstance(claim, dict):
        raise ClaimError(say("claim_not_a_dict", kind=type(claim).__name__))
    id = checked_id(claim.get("id"))
    try:
        return _check(id, claim, tables)
    except ClaimError as error:
        raise ClaimError(say("claim_error", id=id, message=error)) from None


def _check(id: str, claim: dict, tables: dict) -> ClaimResult:
    name, where, column, comparator, target = checked(claim)
    table = tables.get(name)
    if not is_table(table):
        known = join(key for key, value in tables.items() if is_table(value) and not key.startswith("_"))
        raise ClaimError(say("claim_table_missing", table=name, known=known))
    row = find_row(name, table, where)
    value = read_cell(name, table, row, column)
    numbers = row_numbers(table, row)
    if isinstance(target, dict):
        other_row = find_row(name, table, target["where"])
        other, by = read_cell(name, table, other_row, target["column"]), target["by"]
        numbers += [*row_numbers(table, other_row), abs(value - other), by]
        holds = _exceeds(comparator, value, other, by)
        relation = _relation(comparator, _cell(target["column"], target["where"]), other, by)
    elif isinstance(target, tuple):
        numbers += target
        first, second = target
        low, high = target if comparator == "between" else (first - second, first + second)
        holds = low - SLACK <= value <= high + SLACK
        ends = f"{shown(first)}, {shown(second)}"
        relation = f"∈ [{ends}]" if comparator == "between" else f"= {shown(first)} ± {shown(second)}"
    else:
        numbers.append(target)
        holds = _exceeds(comparator, value, target, 0.0)
        relation = f"{_SIGNS[comparator]} {shown(target)}"
    message = say(
        "claim_holds" if holds else "claim_fails",
        id=id,
        cell=_cell(column, where),
        table=name,
        value=shown(value),
        relation=relation,
    )
    return ClaimResult(holds, value, message, tuple(n for n in numbers if math.isfinite(n)))


def _exceeds(comparator: str, value: float, other: float, by: float) -> bool:
    """Strictly more (or less) without a margin; with one, by at least the margin."""
    gain = value - other if comparator == "greater_than" else other - value
    return gain > 0 and gain >= by - SLACK


# Claims are shown in notation, which needs no words and so no translation.


def _cell(column: str, where: dict) -> str:
    return f"{column} [{conditions_text(where)}]"


def _relation(comparator: str, cell: str, other: float, by: float) -> str:
    """> acc [k = 0] = 0.5, or with a margin ≥ acc [k = 0] + 0.1 = 0.6"""
    if not by:
        return f"{_SIGNS[comparator]} {cell} = {shown(other)}"
    if comparator == "greater_than":
        return f"≥ {cell} + {shown(by)} = {shown(other + by)}"
    return f"≤ {cell} − {shown(by)} = {shown(other - by)}"
