"""Finding the one cell of a table that a claim points at."""

import math
import sys

from emlab.claims.fields import ClaimError, number
from emlab.claims.words import conditions_text, join, plain, shown
from emlab.messages import say

# Accuracies are ratios of small whole numbers; this forgives the rounding of binary fractions and no more.
SLACK = 1e-9


def is_table(thing) -> bool:
    """Is this a DataFrame? Asked without importing pandas: who holds a DataFrame has imported it."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(thing, pandas.DataFrame)


def find_row(name: str, table, where: dict) -> int:
    """The number of the one row of `table` that meets every condition of `where`.

    Raises ClaimError: an unknown column, a value that the column doesn't have (it lists those it has),
    no row with all the values together, or several rows (it names the columns in which they differ).
    """
    rows = range(len(table))
    for column, wanted in where.items():
        values = _values(name, table, column)
        if not any(_same(value, wanted) for value in values):
            known = join(dict.fromkeys(shown(value) for value in values))
            message = say("claim_no_value", table=name, column=column, value=shown(wanted), known=known)
            raise ClaimError(message)
        rows = [row for row in rows if _same(values[row], wanted)]
    if not rows:
        raise ClaimError(say("claim_no_row", table=name, conditions=conditions_text(where)))
    if len(rows) > 1:
        first, *others = ({str(c): shown(plain(v)) for c, v in table.iloc[row].items()} for row in rows)
        differing = [column for column in first if any(other[column] != first[column] for other in others)]
        raise ClaimError(
            say(
                "claim_several_rows",
                table=name,
                count=len(rows),
                conditions=conditions_text(where),
                columns=join(differing),
            )
        )
    return rows[0]


def read_cell(name: str, table, row: int, column: str) -> float:
    """The finite number in one cell."""
    value = _values(name, table, column)[row]
    try:
        return number(column, value)
    except ClaimError:
        message = say("claim_cell_not_number", table=name, column=column, value=shown(value))
        raise ClaimError(message) from None


def row_numbers(table, row: int) -> list[float]:
    """Every number in one row, in the order of the columns."""
    values = [plain(table.iat[row, position]) for position in range(table.shape[1])]
    return [float(v) for v in values if isinstance(v, float) or (type(v) is int and abs(v) < 2**53)]


def _values(name: str, table, column: str) -> list:
    columns = [str(known) for known in table.columns]
    if columns.count(column) != 1:
        raise ClaimError(say("claim_column_missing", table=name, column=column, known=join(columns)))
    return [plain(value) for value in table.iloc[:, columns.index(column)].tolist()]


def _same(value, wanted) -> bool:
    """Equal and of the same kind: 5 is 5.0, but neither "5" nor, for 1, True."""
    if any(isinstance(side, str | bool) for side in (value, wanted)):
        return type(value) is type(wanted) and value == wanted
    if wanted is None:
        return value is None or (isinstance(value, float) and math.isnan(value))
    try:
        return isinstance(value, int | float) and abs(float(value) - float(wanted)) <= SLACK
    except OverflowError:
        return False
