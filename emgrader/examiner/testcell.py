"""Runs one test cell in this trusted process."""

import builtins
import contextlib
import io
import itertools
import signal
import threading
import time
import warnings

from emgrader.examiner import verdict
from emgrader.examiner.source import TestSource
from emgrader.examiner.student import CallDied, CallTimeout, Student

_numbers = itertools.count(1)
_SPARE = 5.0  # seconds after the limit at which code that asks nothing of the kernel is stopped


class Namespace(dict):
    """A test cell's globals: its own names, then builtins, then the instructor's, then the student's."""

    def __init__(self, student, instructor):
        super().__init__(__name__="__examiner__", __builtins__=builtins)
        self._student = student
        self._instructor = instructor

    def __missing__(self, name):
        # Builtins are looked up by Python after this KeyError; a student's `sum` must not replace them.
        if hasattr(builtins, name) or (name.startswith("__") and name.endswith("__")):
            raise KeyError(name)
        if name in self._instructor:
            self._instructor.define(name, self)
        else:
            self[name] = self._student.get(name)
        return self[name]


def run(source, kernel, maximum, call_seconds, test_seconds, instructor):
    """Run a test cell's source against `kernel`: (Verdict, whether the kernel can go on).

    `maximum` is the cell's points; `instructor` the Definitions of the locked cells above it.
    """
    try:
        test = TestSource(source, f"<checks {next(_numbers)}>")
    except (SyntaxError, ValueError) as error:
        return verdict.broken("SyntaxError", f"SyntaxError: {error}"), True
    deadline = time.monotonic() + test_seconds
    student = Student(kernel, lambda: min(call_seconds, max(0.0, deadline - time.monotonic())))
    seconds = {"call": call_seconds, "test": test_seconds}
    try:
        with _quiet(), _alarm(test_seconds + _SPARE):
            namespace = Namespace(student, instructor)
            exec(test.code, namespace)
            value = eval(test.value_code, namespace) if test.value_code else None
            return verdict.from_value(value, maximum), True
    except KeyboardInterrupt:
        raise
    except CallTimeout as error:
        if time.monotonic() >= deadline:
            return verdict.from_error(verdict.TestTimeout(), test, seconds), error.alive
        return verdict.from_error(error, test, seconds), error.alive
    except CallDied as error:
        return verdict.from_error(error, test, seconds), False
    except BaseException as error:  # SystemExit and pytest's Failed are no Exceptions, and fail the cell too
        return verdict.from_error(error, test, seconds), not student.asking


@contextlib.contextmanager
def _quiet():
    """Drop what a test prints or warns: it may hold hidden values, and stderr must not cost points."""
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        yield


@contextlib.contextmanager
def _alarm(seconds):
    """Raise TestTimeout in the block after `seconds`, where signals can be used: in the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_signal, _frame):
        raise verdict.TestTimeout

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
