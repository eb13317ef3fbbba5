"""What stands on the trusted side for things that are not plain data."""

import copy

from emgrader.wire.errors import Unusable, WireError

LONGEST_NAME = 80  # characters


def checked_name(text, what):
    """`text` if it is a short dotted identifier, in whatever script, else WireError."""
    if type(text) is not str or len(text) > LONGEST_NAME:
        raise WireError(f"{what} is not a short name")
    if not all(part.isidentifier() for part in text.split(".")):
        raise WireError(f"{what} is not a name")
    return text


class Function:
    """The student's namespace has a function (or another callable) under this name."""

    __slots__ = ("name",)

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"Function({self.name!r})"


class Module:
    """The student's namespace has a module of this name."""

    __slots__ = ("name",)

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"Module({self.name!r})"


class Opaque:
    """A value that stayed in the sandbox: looking it up works, using it raises a WireError that says why."""

    __slots__ = ("_type_name", "_why")

    def __init__(self, type_name, why="type"):
        object.__setattr__(self, "_type_name", type_name)
        object.__setattr__(self, "_why", why)

    def _refuse(self, *_args, **_kwargs):
        raise Unusable(self._why, self._type_name)

    def __repr__(self):
        return f"<{self._type_name}, not plain data>"

    def __getattr__(self, name):
        # Dunder look-ups by copy, pickle and numpy get the ordinary answer.
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        self._refuse()

    __hash__ = None


def _refuse(self, *_args, **_kwargs):
    self._refuse()


# Comparing, counting, calling or calculating with it must fail and never agree by accident.
_OPERATIONS = """
    eq ne lt le gt ge bool len iter next call contains getitem setitem delitem int float complex index round
    add radd sub rsub mul rmul truediv rtruediv floordiv rfloordiv mod rmod pow rpow matmul rmatmul and rand
    or ror xor rxor lshift rshift neg pos abs invert setattr format enter exit
"""
for _operation in _OPERATIONS.split():
    setattr(Opaque, f"__{_operation}__", _refuse)
del _operation


class Figure(Opaque):
    """A figure of the student's: a description, and nothing that can be done with it but to read that."""

    __slots__ = ("_description",)

    def __init__(self, description):
        super().__init__("Figure", "figure")
        object.__setattr__(self, "_description", description)

    def __describe_figure__(self):
        """What emlab.checks.describe_figure gives for the figure itself, in the student's notebook."""
        return copy.deepcopy(self._description)
