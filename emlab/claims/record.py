"""Recording claims in a notebook."""

import sys

from emlab.claims.cells import is_table
from emlab.claims.fields import COMPARATORS, ClaimError, checked_id
from emlab.claims.verdict import check
from emlab.claims.words import join, plain, shown
from emlab.messages import say

_registry: dict[str, dict] = {}


def claim(id, table, *, where, column, text="", **comparator):
    """Record a claim about one cell of a table and print whether it holds.

    id: "C1", "C2", …; the analysis cites it as [C1]. Running the cell again replaces the claim.
    table: a DataFrame that is a variable of the notebook, or the variable's name.
    where: {column: value, …}, matching exactly one row.
    Exactly one comparator:
        greater_than=0.8 or less_than=0.8
        greater_than={"where": {…}, "column": "acc", "by": 0.1}: another cell of the same table, with a margin
            ("column" defaults to the claim's own, "by" to 0)
        equals=(value, tolerance)
        between=(low, high), both ends included
    Raises ClaimError, naming the field, when the claim cannot be evaluated. A claim that is merely false is
    recorded and says so.
    """
    checked_id(id)
    if len(comparator) != 1:
        raise ClaimError(
            say("claim_comparator_count", id=id, known=join(COMPARATORS), given=join(comparator))
        )
    namespace = notebook_namespace()
    [(name, target)] = comparator.items()
    record = {
        "id": id,
        "table": table if isinstance(table, str) else _name_of(id, table, namespace),
        "where": plain(where),
        "column": column,
        "comparator": name,
        "target": plain(target),
        "text": text,
    }
    result = check(record, namespace)
    _registry[id] = record
    print(result.message)


def recorded() -> list[dict]:
    """The claims of this kernel in the order of their numbers: copies, as plain data."""
    return [plain(_registry[id]) for id in sorted(_registry, key=lambda id: int(id[1:]))]


def forget() -> None:
    """Drop every recorded claim, as a restart of the kernel does."""
    _registry.clear()


def notebook_namespace() -> dict:
    """The variables of the notebook (or of the script) that is running."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return shell.user_ns if shell is not None else vars(sys.modules["__main__"])


def _name_of(id: str, table, namespace: dict) -> str:
    """The notebook's name for this DataFrame. IPython's own names for old outputs (_, _12) don't count."""
    if not is_table(table):
        raise ClaimError(say("claim_table_kind", id=id, kind=shown(type(table).__name__)))
    names = [name for name, value in namespace.items() if value is table and not name.startswith("_")]
    if not names:
        raise ClaimError(say("claim_table_nameless", id=id))
    # `results` is what gets recomputed; another name for the same table is only an alias.
    return "results" if "results" in names else names[0]
