"""Reads a test cell's source: which lines are hidden, what an assert says, what the last line gives."""

import ast

BEGIN, END = "BEGIN HIDDEN TESTS", "END HIDDEN TESTS"


def hidden_lines(source):
    """Numbers (from 1) of the lines in hidden regions, their markers included."""
    hidden, inside = set(), False
    for number, line in enumerate(source.split("\n"), 1):
        if BEGIN in line:
            inside = True
        if inside or END in line:
            hidden.add(number)
        if END in line:
            inside = False
    return hidden


def without_hidden(source, instead=None):
    """The source as students see it; each hidden region gives way to the line `instead`."""
    hidden, kept = hidden_lines(source), []
    for number, line in enumerate(source.split("\n"), 1):
        if number not in hidden:
            kept.append(line)
        elif instead is not None and number - 1 not in hidden:
            kept.append(line[: len(line) - len(line.lstrip())] + instead)
    return "\n".join(kept)


class TestSource:
    """A test cell, parsed. SyntaxError when it can't be."""

    __test__ = False  # not a test of pytest's

    def __init__(self, source, filename):
        self.filename = filename
        self.hidden = hidden_lines(source)
        self.visible_names = _names(without_hidden(source))
        self.tree = ast.parse(source, filename)
        body = self.tree.body
        last = body[-1] if body and isinstance(body[-1], ast.Expr) else None
        self.code = compile(ast.Module(body[:-1] if last else body, []), filename, "exec")
        self.value_code = compile(ast.Expression(last.value), filename, "eval") if last else None

    def is_hidden(self, line):
        """Whether a line (None: unknown) is hidden."""
        return line is None or line in self.hidden

    def assert_message(self, line):
        """The constant message of the assert on this line, or None. Values in an f-string become "…"."""
        found = [
            node
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Assert) and node.lineno <= line <= (node.end_lineno or node.lineno)
        ]
        return constant_text(found[-1].msg) if found else None


def constant_text(node):
    """The text of a string literal; of an f-string, its constant parts. None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "…" for part in node.values)
    return None


def _names(source):
    try:
        return {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    except SyntaxError:
        return set()
