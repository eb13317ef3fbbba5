"""The student's side of a test cell: names and functions that live in the kernel.

A name is looked up in the kernel when a test first uses it. Data comes over as data, a function as a proxy
whose calls run in the kernel, a module as the examiner's own module of that name.
"""

import builtins
import importlib

from emgrader import wire
from emgrader.sandbox.kernel import KernelDied
from emgrader.wire.agent import MESSAGE_LENGTH, MIME
from emgrader.wire.encoder import Encoder

# Modules that a test may use under the student's name for them.
MODULES = """
    math cmath statistics random itertools functools collections string re json datetime fractions decimal
    operator numpy numpy.linalg numpy.testing pandas pandas.testing matplotlib matplotlib.pyplot scipy
    scipy.stats emlab
"""


class StudentError(Exception):
    """The student's code raised an error that is no builtin exception."""


class CallTimeout(BaseException):
    """The student's function did not come back in time. Not an Exception: a test can't mistake it for one."""

    def __init__(self, name, alive):
        super().__init__(name)
        self.name, self.alive = name, alive


class CallDied(BaseException):
    """The kernel ended during a call."""

    def __init__(self, name):
        super().__init__(name)
        self.name = name


class Unreadable(wire.WireError):
    """The kernel answered with something that the wire does not allow."""


class Student:
    """Asks one kernel. `budget()` gives the seconds that a request may take now."""

    def __init__(self, kernel, budget):
        self._kernel = kernel
        self._budget = budget
        self.asking = False  # whether an answer is outstanding

    def get(self, name):
        """The value of a name, or KeyError. Functions and modules are made usable here."""
        answer = self._ask(name, {"do": "get", "name": name})
        if answer.get("refused") == "missing":
            raise KeyError(name)
        value = self._value(answer)
        if isinstance(value, wire.Function):
            return StudentFunction(self, value.name)
        if isinstance(value, wire.Module):
            return trusted_module(value.name)
        return value

    def call(self, name, args, kwargs, after=False):
        """Call a function in the kernel. With `after`, its result and what args and kwargs are like then.

        The test's own arguments stay as they are, whatever the function does: a cheat that could change them
        could change what its answer is compared with.
        """
        encoder = _Arguments()
        request = {
            "do": "call",
            "name": name,
            "args": encoder.message(list(args)),
            "kwargs": encoder.message(kwargs),
            "after": after,
        }
        answer = self._ask(name, request, {"ok", "after"} if after else {"ok"})
        if "raised" in answer:
            error = as_builtin(answer["raised"])
            error.from_student = True
            raise error
        if answer.get("refused") == "missing":
            raise NameError(f"name {name!r} is not defined", name=name)
        if not after:
            return self._value(answer)
        changed = wire.decode(answer.get("after"))
        if not (type(changed) is list and [type(part) for part in changed] == [list, dict]):
            raise Unreadable("the kernel did not say what the arguments are like")
        return self._value(answer), tuple(changed[0]), changed[1]

    def _ask(self, name, request, expected=frozenset({"ok"})):
        text = wire.as_text(request)
        expression = f"__import__('emgrader.wire.agent', fromlist=['handle']).handle({text!r})"
        self.asking = True
        try:
            answer = self._kernel.request(expression, MIME, self._budget())
            self.asking = False
        except KernelDied:
            raise CallDied(name) from None
        except TimeoutError as error:
            raise CallTimeout(name, error.alive) from None
        if answer is None:
            raise Unreadable("the kernel gave no answer")
        data = wire.loads(answer)
        if type(data) is not dict or data.keys() not in (expected, {"raised"}, {"refused"}):
            raise Unreadable("the kernel's answer is none of the answers that there are")
        return data

    @staticmethod
    def _value(answer):
        if "ok" not in answer:
            raise Unreadable("the kernel refused to answer")
        return wire.decode(answer["ok"])


class StudentFunction:
    """Stands for a function in the kernel: calling it calls that one, with data both ways."""

    __slots__ = ("__name__", "_student")

    def __init__(self, student, name):
        object.__setattr__(self, "_student", student)
        object.__setattr__(self, "__name__", name)

    def __call__(self, *args, **kwargs):
        return self._student.call(self.__name__, args, kwargs)

    def __called__(self, args, kwargs):
        # emlab.checks.called asks for this.
        return self._student.call(self.__name__, args, kwargs, after=True)

    def __setattr__(self, name, value):
        raise AttributeError(f"attributes of {self.__name__} can't be set")

    def __repr__(self):
        return f"<the student's function {self.__name__}>"


class _Arguments(Encoder):
    """Encodes a call's arguments: only plain data and the student's own functions may go in."""

    def __init__(self):
        super().__init__(strict=True)

    def encode(self, value, depth=0):
        if type(value) is StudentFunction:
            value = wire.Function(value.__name__)
        return super().encode(value, depth)


def trusted_module(name):
    """The examiner's own module of this name, if tests may have it."""
    if name not in MODULES.split():
        raise wire.Unusable("type", "module")
    return importlib.import_module(name)


def as_builtin(data):
    """The exception for an answer's "raised": of the nearest builtin class, so that pytest.raises works.

    An error of the student's own class gets one of that name here, with nothing in it of theirs.
    """
    if type(data) is not dict or type(data.get("bases")) is not list:
        raise Unreadable("the kernel's exception is not described as one")
    own = wire.checked_name(data.get("type"), "an exception's type")
    message = data.get("message") if type(data.get("message")) is str else ""
    message = message[:MESSAGE_LENGTH]
    for name in data["bases"][:32]:
        kind = getattr(builtins, name, None) if type(name) is str else None
        if not (isinstance(kind, type) and issubclass(kind, Exception)) or kind is Exception:
            continue
        # A test's `for got in map(function, inputs)` would end early with these, and check no more.
        if issubclass(kind, StopIteration | StopAsyncIteration):
            break
        try:
            return _named(kind, own)(message)
        except TypeError:  # UnicodeDecodeError and the like want more than a message
            continue
    return _named(StudentError, own)(message)


def _named(kind, name):
    """The class `kind`, or one below it with another name."""
    if kind is KeyError:  # says its key's repr, which the message has been already
        return type(name, (kind,), {"__str__": lambda self: self.args[0]})
    return kind if name == kind.__name__ else type(name, (kind,), {})
