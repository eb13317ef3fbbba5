"""The part of the lint that is about the wire: what of a student's values a test can't see.

See emgrader/wire/FORMAT.md for what crosses, and as what.
"""

import ast

# Methods and attributes of matplotlib's figures and axes that a test would look at.
_OF_FIGURES = """
    axes get_axes gca get_title get_suptitle get_xlabel get_ylabel get_xscale get_yscale get_xlim get_ylim
    get_legend get_legend_handles_labels get_lines get_xdata get_ydata get_offsets get_xticklabels
    get_yticklabels savefig
"""
# Types that arrive as another one (the dicts), or not at all.
_NEVER_ARRIVE = {
    "Counter",
    "defaultdict",
    "OrderedDict",
    "Fraction",
    "Decimal",
    "Path",
    "deque",
    "Figure",
    "Axes",
}


def findings(tree, student):
    """(line, rule, values) for what can't cross; `student` are the names that the student's cells define."""
    theirs = _derived(tree, student)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield from _attribute(node, theirs)
        elif isinstance(node, ast.Name) and node.id in ("StopIteration", "StopAsyncIteration"):
            yield node.lineno, "stop", {}
        elif isinstance(node, ast.Compare):
            yield from _identity(node, theirs)
        elif isinstance(node, ast.Call):
            yield from _types(node, theirs)
    yield from _changes(tree, student, theirs)


def _names(node):
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def _derived(tree, student):
    """Names whose value comes from the student's code, in the test too: `got = f(1)`."""
    found = set(student)
    while True:
        more = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                source = node.value
            elif isinstance(node, ast.For | ast.comprehension):
                targets, source = [node.target], node.iter
            else:
                continue
            if _names(source) & found:
                more |= set().union(*(_stored(target) for target in targets))
        if more <= found:
            return found
        found |= more


def _stored(target):
    return {
        part.id for part in ast.walk(target) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
    }


def _attribute(node, theirs):
    if (
        isinstance(node.value, ast.Name)
        and node.value.id in ("plt", "pyplot")
        and node.attr in ("gcf", "gca")
    ):
        yield node.lineno, "current", {}
    elif node.attr in _OF_FIGURES.split() and _names(node.value) & theirs:
        yield node.lineno, "figure", {"name": node.attr}


def _identity(node, theirs):
    sides = [node.left, *node.comparators]
    for operator, left, right in zip(node.ops, sides, sides[1:], strict=False):
        if not isinstance(operator, ast.Is | ast.IsNot):
            continue
        if isinstance(left, ast.Constant) or isinstance(right, ast.Constant) or _is_type(left):
            continue
        if _names(left) & theirs or _names(right) & theirs:
            yield node.lineno, "identity", {}


def _is_type(node):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "type"


def _types(node, theirs):
    if not (isinstance(node.func, ast.Name) and node.func.id == "isinstance" and len(node.args) == 2):
        return
    named = _names(node.args[1]) | {p.attr for p in ast.walk(node.args[1]) if isinstance(p, ast.Attribute)}
    if _names(node.args[0]) & theirs:
        for name in sorted(named & _NEVER_ARRIVE):
            yield node.lineno, "type", {"name": name}


def _changes(tree, student, theirs):
    """Asserts about an argument after the call, which out here has stayed as it was."""
    passed = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in student:
            for argument in [*node.args, *(keyword.value for keyword in node.keywords)]:
                if isinstance(argument, ast.Name) and argument.id not in theirs:
                    passed.setdefault(argument.id, node.lineno)
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert) and not _names(node.test) & theirs:
            for name in sorted(_names(node.test) & passed.keys()):
                if node.lineno > passed[name]:
                    yield node.lineno, "changed", {"name": name}
