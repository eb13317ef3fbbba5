"""Does a claim hold? Evaluation of plain data on tables."""

import math
from dataclasses import dataclass

from emlab.claims.cells import SLACK, find_row, is_table, read_cell, row_numbers
from emlab.claims.fields import ClaimError, checked, checked_id
from emlab.claims.words import conditions_text, join, shown
from emlab.messages import say


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
        other = read_cell(name, table, other_row, target["column"])
        numbers += [*row_numbers(table, other_row), abs(value - other), target["by"]]
        cell = say("claim_cell", column=target["column"], conditions=conditions_text(target["where"]))
        holds = _exceeds(comparator, value, other, target["by"])
        key = f"claim_{comparator}_cell_by" if target["by"] else f"claim_{comparator}_cell"
        relation = say(key, cell=cell, value=shown(other), by=shown(target["by"]))
    elif isinstance(target, tuple):
        numbers += target
        low, high = target if comparator == "between" else (target[0] - target[1], target[0] + target[1])
        holds = low - SLACK <= value <= high + SLACK
        relation = say(f"claim_{comparator}", first=shown(target[0]), second=shown(target[1]))
    else:
        numbers.append(target)
        holds = _exceeds(comparator, value, target, 0.0)
        relation = say(f"claim_{comparator}", value=shown(target))
    message = say(
        "claim_holds" if holds else "claim_fails",
        id=id,
        cell=say("claim_cell", column=column, conditions=conditions_text(where)),
        table=name,
        value=shown(value),
        relation=relation,
    )
    return ClaimResult(holds, value, message, tuple(n for n in numbers if math.isfinite(n)))


def _exceeds(comparator: str, value: float, other: float, by: float) -> bool:
    """Strictly more (or less) without a margin; with one, by at least the margin."""
    gain = value - other if comparator == "greater_than" else other - value
    return gain > 0 and gain >= by - SLACK
