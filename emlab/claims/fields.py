"""The fields of a claim: which there are, and what each may hold."""

import math
import re

from emlab.claims.words import join, shown
from emlab.messages import say

COMPARATORS = ("greater_than", "less_than", "equals", "between")
FIELDS = ("id", "table", "where", "column", "comparator", "target", "text")
CELL_FIELDS = ("where", "column", "by")

# Limits on what one claim may hold: generous for people, small for whoever sends a flood.
MAX_CONDITIONS = 20
MAX_NAME = 200
MAX_TEXT = 2000

_ID = re.compile(r"C[1-9][0-9]{0,2}")


class ClaimError(ValueError):
    """A claim that cannot be evaluated. The message names the field and the way out."""


def checked_id(id) -> str:
    """ "C1" to "C999"."""
    if not isinstance(id, str) or not _ID.fullmatch(id):
        raise ClaimError(say("claim_id", id=shown(id)))
    return id


def checked(claim: dict) -> tuple:
    """(table, where, column, comparator, target) of a claim, each of the type that it should have.

    target: a float; {"where", "column", "by"} for another cell; (value, tolerance); or (low, high).
    Raises ClaimError naming the first field that is wrong.
    """
    _only_fields(claim, FIELDS)
    table, column, comparator = (name(field, claim.get(field)) for field in ("table", "column", "comparator"))
    where = _conditions("where", claim.get("where"))
    text, target = claim.get("text", ""), claim.get("target")
    if not isinstance(text, str) or len(text) > MAX_TEXT:
        raise ClaimError(say("claim_text", limit=MAX_TEXT))
    if comparator not in COMPARATORS:
        raise ClaimError(say("claim_comparator_unknown", name=shown(comparator), known=join(COMPARATORS)))
    if comparator == "equals":
        target = _pair("claim_equals_pair", comparator, target)
        if target[1] < 0:
            raise ClaimError(say("claim_tolerance", value=shown(target[1])))
    elif comparator == "between":
        target = _pair("claim_between_pair", comparator, target)
        if target[0] > target[1]:
            raise ClaimError(say("claim_between_order", low=shown(target[0]), high=shown(target[1])))
    elif isinstance(target, dict):
        target = _other_cell(comparator, column, target)
    else:
        target = number(comparator, target)
    return table, where, column, comparator, target


def name(field: str, value) -> str:
    """A short printable string: the name of a table, a column or a comparator."""
    if not isinstance(value, str) or not 0 < len(value) <= MAX_NAME or not value.isprintable():
        raise ClaimError(say("claim_string", field=field, value=shown(value)))
    return value


def number(field: str, value) -> float:
    """A finite number that is no truth value."""
    try:
        result = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
    except OverflowError:
        result = math.inf
    if not math.isfinite(result):
        raise ClaimError(say("claim_number", field=field, value=shown(value)))
    return result


def _pair(key: str, field: str, target) -> tuple[float, float]:
    if not isinstance(target, list | tuple) or len(target) != 2:
        raise ClaimError(say(key, value=shown(target)))
    return number(field, target[0]), number(field, target[1])


def _other_cell(comparator: str, column: str, target: dict) -> dict:
    _only_fields(target, CELL_FIELDS)
    by = number("by", target.get("by", 0.0))
    if by < 0:
        raise ClaimError(say("claim_by", value=shown(by)))
    return {
        "where": _conditions(f"{comparator} where", target.get("where")),
        "column": name(f"{comparator} column", target.get("column", column)),
        "by": by,
    }


def _only_fields(record: dict, fields) -> None:
    for key in record:
        if key not in fields:
            raise ClaimError(say("claim_field_unknown", name=shown(key), known=join(fields)))


def _conditions(field: str, where) -> dict:
    if not isinstance(where, dict) or not 0 < len(where) <= MAX_CONDITIONS:
        raise ClaimError(say("claim_where", field=field, limit=MAX_CONDITIONS, value=shown(where)))
    for column, value in where.items():
        name(field, column)
        if value is not None and not isinstance(value, str | bool):
            number(f"{field}, {column}", value)
    return where
