"""Tells an author when a test uses what can't work in the examiner.

`lint(nb)` reads an instructor's notebook (with solutions) and returns findings; nothing is run.
"""

import ast
import builtins
from dataclasses import dataclass

from emgrader import crossing
from emgrader.examiner.instructor import Definitions
from emgrader.examiner.source import BEGIN, END, constant_text
from emgrader.examiner.walk import is_locked, is_test
from emgrader.messages import say


@dataclass(frozen=True)
class Finding:
    """One thing to mend: the cell, the line in it (from 1), the rule and a sentence."""

    cell: str
    line: int
    rule: str
    message: str

    def __str__(self):
        return f"{self.cell}, line {self.line}: {self.message}"


def lint(nb):
    """Findings for all test cells of the notebook, in order."""
    course = _Course(nb)
    findings = []
    for position, cell in enumerate(nb.cells):
        if is_test(cell):
            findings += _TestCell(cell, position, course).findings()
    return findings


class _Course:
    """Who defines which name: by position of the cell."""

    def __init__(self, nb):
        self.nb = nb
        self.student, self.classes, self.tests = set(), set(), set()
        self.data = set()
        # A cell magic may define anything: then a name that nobody defines in plain sight is no mistake.
        self.magic = any(c.cell_type == "code" and c.source.startswith("%%") for c in nb.cells)
        for cell in nb.cells:
            tree = _parsed(cell.source) if cell.cell_type == "code" else None
            if tree is None:
                continue
            names = _bound(tree, top=True)
            if is_test(cell):
                self.tests |= names
            elif is_locked(cell):
                self.data |= names - set(_defined(tree))
            else:
                self.student |= names
                self.classes |= {n.name for n in tree.body if isinstance(n, ast.ClassDef)}

    def instructor(self, position):
        """What locked cells above a position import and define."""
        return Definitions(cell.source for cell in self.nb.cells[:position] if is_locked(cell))


class _TestCell:
    def __init__(self, cell, position, course):
        self.cell = cell
        self.name = cell.metadata["nbgrader"].get("grade_id", "?")
        self.course = course
        self.instructor = course.instructor(position)
        self.found = []

    def findings(self):
        self._markers()
        try:
            tree = ast.parse(self.cell.source)
        except SyntaxError as error:
            self._add(error.lineno or 1, "syntax")
            return self.found
        own = _bound(tree, top=False)
        for node in ast.walk(tree):
            if isinstance(node, ast.Assert) and constant_text(node.msg) is None:
                self._add(node.lineno, "message")
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in own:
                self._name(node)
            elif isinstance(node, ast.Call):
                self._call(node)
            if _uses_source(node):
                self._add(node.lineno, "source")
        for line, rule, values in crossing.findings(tree, self.course.student - own):
            self._add(line, rule, **values)
        if tree.body and isinstance(tree.body[-1], ast.Expr) and not _asserts(tree.body[-1].value):
            self._add(tree.body[-1].lineno, "value")
        return sorted(set(self.found), key=lambda finding: (finding.line, finding.rule))

    def _add(self, line, rule, **values):
        self.found.append(Finding(self.name, line, rule, say(f"lint.{rule}", **values)))

    def _markers(self):
        inside = None
        for number, line in enumerate(self.cell.source.split("\n"), 1):
            if BEGIN in line:
                if inside is not None:
                    self._add(number, "nested")
                inside = number
            elif END in line:
                if inside is None:
                    self._add(number, "unopened")
                inside = None
        if inside is not None:
            self._add(inside, "unclosed")

    def _name(self, node):
        name = node.id
        if hasattr(builtins, name) or name in self.instructor:
            return
        if name in self.course.classes:
            self._add(node.lineno, "class", name=name)
        elif name in self.course.student:
            return
        elif name in self.course.data:
            self._add(node.lineno, "data", name=name)
        elif name in self.course.tests:
            self._add(node.lineno, "shared", name=name)
        elif not self.course.magic:
            self._add(node.lineno, "undefined", name=name)

    def _call(self, node):
        if not (isinstance(node.func, ast.Name) and node.func.id in self.course.student):
            return
        functions = {n.name for n in ast.walk(ast.parse(self.cell.source)) if isinstance(n, ast.FunctionDef)}
        for argument in [*node.args, *(keyword.value for keyword in node.keywords)]:
            if isinstance(argument, ast.Lambda) or (
                isinstance(argument, ast.Name) and argument.id in functions
            ):
                self._add(argument.lineno, "callback", name=node.func.id)


def _asserts(node):
    """Whether this is a call of assert_frame_equal and the like, which gives no value."""
    name = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
    return name.startswith("assert")


def _uses_source(node):
    """inspect.getsource and the like: the student's functions have no source out here."""
    if isinstance(node, ast.Attribute):
        return node.attr in ("getsource", "getsourcelines", "signature", "__code__", "__doc__", "__globals__")
    return isinstance(node, ast.ImportFrom) and node.module == "inspect"


def _parsed(source):
    try:
        return ast.parse("\n".join("" if line[:1] in "%!" else line for line in source.split("\n") if line))
    except SyntaxError:
        return None


def _defined(tree):
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (alias.asname or alias.name.partition(".")[0] for alias in node.names)


def _bound(tree, top):
    """Names that a cell binds: anywhere in it, or (`top`) only at its top level."""
    found = set(_defined(tree))
    for statement in tree.body if top else [tree]:
        if top and isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                found.add(node.name)
            elif isinstance(node, ast.arg):
                found.add(node.arg)
            elif isinstance(node, ast.ExceptHandler) and node.name:
                found.add(node.name)
            elif isinstance(node, ast.Import | ast.ImportFrom):
                found |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
    return found
