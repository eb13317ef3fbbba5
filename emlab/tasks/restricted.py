"""A small part of Python, run without Python's own eval or exec: for programs that nobody has read.

A function of one argument with assignments and a return. Whatever is not listed here is refused before it
happens, and every number, list and computation is bounded, so nothing that a model writes can do harm, hang
or fill the memory.
"""

import ast
import operator
import warnings
from collections.abc import Callable
from typing import Any

MOST_NUMBER = 10**12
MOST_ELEMENTS = 1000
MOST_STEPS = 10_000
MOST_CHARACTERS = 2000


class Refused(Exception):
    """The program is not in the small part of Python, or it went wrong while it ran."""


_BINARY = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
_UNARY = {ast.USub: operator.neg, ast.UAdd: operator.pos, ast.Not: operator.not_}
_COMPARE = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_CALLS: dict[str, Callable[..., Any]] = {
    "abs": abs,
    "len": len,
    "list": list,
    "max": max,
    "min": min,
    "range": lambda *ends: _range(*ends),
    "reversed": lambda values: list(reversed(values)),
    "sorted": sorted,
    "sum": sum,
}


def run_function(source: str, argument: Any) -> Any:
    """The result of the one function that `source` defines, for one argument.

    Raises Refused for anything else than a function that returns.
    """
    if len(source) > MOST_CHARACTERS:
        raise Refused("too long")
    try:
        with warnings.catch_warnings(action="ignore"):  # about odd code, of which there will be much
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Refused(str(error)) from None
    match tree.body:
        case [ast.FunctionDef(args=ast.arguments(args=[ast.arg(arg=name)]) as signature) as function] if (
            ast.unparse(signature) == name and not function.decorator_list and function.returns is None
        ):
            pass
        case _:
            raise Refused("not one plain function of one argument")
    try:
        return _Run({name: argument}).body(function.body)
    except Refused:
        raise
    except Exception as error:  # what any program can run into: a wrong type, an empty list, a missing name
        raise Refused(repr(error)) from None


class _Run:
    """One run, with the names that have been assigned so far."""

    def __init__(self, names: dict[str, Any]) -> None:
        self.names = names
        self.left = MOST_STEPS

    def body(self, statements: list[ast.stmt]) -> Any:
        for statement in statements:
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    self.names[name] = self.value(value)
                case ast.AugAssign(target=ast.Name(id=name), op=op, value=value):
                    self.names[name] = self.binary(op, self.names[name], self.value(value))
                case ast.Return(value=ast.expr() as value):
                    return self.value(value)
                case _:
                    raise Refused(type(statement).__name__)
        raise Refused("no return")

    def value(self, node: ast.expr) -> Any:
        self.left -= 1
        if self.left < 0:
            raise Refused("too many steps")
        return _bounded(self.compute(node))

    def compute(self, node: ast.expr) -> Any:
        match node:
            case ast.Constant(value=bool() | int() as value):
                return value
            case ast.Name(id=name):
                return self.names[name]
            case ast.List(elts=elements):
                return [self.value(element) for element in elements]
            case ast.BinOp(left=left, op=op, right=right):
                return self.binary(op, self.value(left), self.value(right))
            case ast.UnaryOp(op=op, operand=operand) if type(op) in _UNARY:
                return _UNARY[type(op)](self.value(operand))
            case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _COMPARE:
                return _COMPARE[type(op)](self.value(left), self.value(right))
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return self.value(body if self.value(test) else orelse)
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in _CALLS:
                return _CALLS[name](*[self.value(argument) for argument in arguments])
            case ast.Subscript(value=value, slice=ast.Slice() as part):
                ends = [
                    None if end is None else self.value(end) for end in (part.lower, part.upper, part.step)
                ]
                return self.value(value)[slice(*ends)]
            case ast.Subscript(value=value, slice=place):
                return self.value(value)[self.value(place)]
            case ast.ListComp(elt=element, generators=[ast.comprehension() as loop]):
                return self.comprehension(element, loop)
            case ast.GeneratorExp(elt=element, generators=[ast.comprehension() as loop]):
                return self.comprehension(element, loop)
        raise Refused(type(node).__name__)

    def binary(self, op: ast.operator, left: Any, right: Any) -> Any:
        if type(op) not in _BINARY:
            raise Refused(type(op).__name__)
        # A list times a number is checked before it exists.
        for many, times in ((left, right), (right, left)):
            if isinstance(many, list) and isinstance(times, int) and len(many) * times > MOST_ELEMENTS:
                raise Refused("too long a list")
        return _bounded(_BINARY[type(op)](left, right))

    def comprehension(self, element: ast.expr, loop: ast.comprehension) -> list[Any]:
        match loop:
            case ast.comprehension(target=ast.Name(id=name), is_async=0):
                pass
            case _:
                raise Refused("comprehension")
        outside = self.names.copy()
        results = []
        for value in self.value(loop.iter):
            self.names[name] = value
            if all(self.value(test) for test in loop.ifs):
                results.append(self.value(element))
        self.names = outside
        return results


def _range(*ends: int) -> list[int]:
    numbers = range(*ends)
    if len(numbers) > MOST_ELEMENTS:
        raise Refused("too long a range")
    return list(numbers)


def _bounded(value: Any) -> Any:
    if isinstance(value, int) and abs(value) > MOST_NUMBER:
        raise Refused("too large a number")
    if isinstance(value, list):
        if len(value) > MOST_ELEMENTS:
            raise Refused("too long a list")
        # Lists in lists that share their parts can be small and yet take for ever to compare.
        if not all(isinstance(element, int) for element in value):
            raise Refused("a list of something else than numbers")
    return value
