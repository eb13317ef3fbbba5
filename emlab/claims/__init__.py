"""Claims: a number in the analysis, stated so that a program can check it.

    claim("C1", table=results, where={"model": "ladder/774k", "k": 5}, column="acc", greater_than=0.8)

A claim points at one cell of one table and compares it with a number, with a range, or with another cell
of the same table. It is kept as plain data:

    {"id": "C1", "table": "results", "where": {"model": …, "k": 5}, "column": "acc",
     "comparator": "greater_than", "target": 0.8, "text": ""}

so that a grader can evaluate it again on a table that it has recomputed itself. `evaluate` therefore trusts
nothing in a claim: whatever is wrong with it is a claim that does not hold, never a crash.
"""

from emlab.claims.fields import ClaimError
from emlab.claims.record import claim, forget, notebook_namespace, recorded
from emlab.claims.verdict import ClaimResult, evaluate

__all__ = ["ClaimError", "ClaimResult", "claim", "evaluate", "forget", "notebook_namespace", "recorded"]
