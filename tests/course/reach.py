"""Which cells a change to some of them can reach, so that a wrong solution is run on these alone.

Cells are joined by the names that one binds and another looks up. What goes another way (the state of a
library, an object changed inside a function) is not seen; EMLAB_WHOLE_ZOO=1 runs whole notebooks instead.
"""

import ast
import symtable
from dataclasses import dataclass

from emgrader.examiner.walk import is_test
from tests.course.submissions import marks

ANALYSES = "analyses"  # the name under which emlab keeps what %%analysis cells and claims say


@dataclass(frozen=True)
class Flow:
    """The names that a cell binds, those of them that are imports, and the names that it takes from others.

    A name that a cell gives a value before it first looks it up, as in `rows = []`, is its own.
    """

    bound: set
    imported: set
    used: set


def flow(source: str) -> Flow:
    if source.startswith("%%"):
        return Flow({ANALYSES}, set(), set())
    source = "\n".join(line for line in source.split("\n") if not line.startswith(("%", "!")))
    table = symtable.symtable(source, "cell", "exec")
    bound = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}
    imported = {s.get_name() for s in table.get_symbols() if s.is_imported()}
    tree = ast.parse(source)
    if any(isinstance(node, ast.Name) and node.id == "claim" for node in ast.walk(tree)):
        bound.add(ANALYSES)
    return Flow(bound | _changed(tree), imported, _taken(tree))


def _taken(tree):
    """Names that are looked up by a statement before one of the cell's own has given them a value."""
    taken, own = set(), set()
    for node in tree.body:
        parts = [node]
        if isinstance(node, ast.FunctionDef | ast.ClassDef):  # they may name themselves
            own.add(node.name)
        if isinstance(node, ast.For):  # what it goes through is looked up before its names have a value
            taken |= _names(node.iter) - own
            own |= {n.id for n in ast.walk(node.target) if isinstance(n, ast.Name)}
            parts = node.body + node.orelse
        for part in parts:
            taken |= _names(part) - own
        if isinstance(node, ast.Assign):
            own |= {place.id for place in node.targets if isinstance(place, ast.Name)}
    return taken


def _names(node):
    names = _looked_up(symtable.symtable(ast.unparse(node), "cell", "exec"))
    if not isinstance(node, ast.FunctionDef | ast.ClassDef):
        # to symtable, `x += 1` only gives x a value
        changed = [n.target for n in ast.walk(node) if isinstance(n, ast.AugAssign)]
        names |= {place.id for place in changed if isinstance(place, ast.Name)}
    return names


def _looked_up(table, top=True):
    names = {s.get_name() for s in table.get_symbols() if s.is_referenced() and (top or s.is_global())}
    return names.union(*(_looked_up(child, False) for child in table.get_children()))


def _changed(tree):
    """Names whose objects the cell's own statements change, as in `t["x"] = 1`, `t.x = 1` and `t.sort()`."""
    found = set()
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            places = node.targets if isinstance(node, ast.Assign) else [node.target]
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            places = [node.value.func]
        else:
            continue
        for place in places:
            while isinstance(place, ast.Attribute | ast.Subscript):
                place = place.value
                if isinstance(place, ast.Name):
                    found.add(place.id)
    return found


def reached(nb, changed, also=()):
    """`nb` with those code cells alone that are needed for the tests which a change to cells can reach.

    `changed` and `also` are grade ids: of the changed cells, and of tests to keep in any case.
    """
    code = [cell for cell in nb.cells if cell.cell_type == "code"]
    flows = [flow(cell.source) for cell in code]
    modules = set().union(*(each.imported for each in flows))
    spoilt, kept = set(), set()
    for position, (cell, each) in enumerate(zip(code, flows, strict=True)):
        name = marks(cell).get("grade_id")
        if name in changed or each.used & spoilt:
            if is_test(cell):
                kept.add(position)
            else:
                spoilt |= each.bound - modules
        if name in changed or name in also:
            kept.add(position)
    wanted = set()
    for position in reversed(range(len(code))):
        provided = (flows[position].bound - modules) | flows[position].imported
        feeds = not is_test(code[position]) and provided & wanted
        if position in kept or feeds:
            kept.add(position)
            wanted |= flows[position].used
    nb.cells = [code[position] for position in sorted(kept)]
    return nb
