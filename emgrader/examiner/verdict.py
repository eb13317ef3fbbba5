"""From how a test cell ended to what its cell shows: outputs that nbgrader's determine_grade reads rightly.

Stock nbgrader gives full marks for no output, none for anything on stderr, and the value of the last line as
partial credit. So every test cell starts with an error as its output, and only a pass or a number in range
replaces it. What is shown is chosen here, from the message catalogue and constant text of the test; no
value that came from the sandbox, and nothing hidden, gets into it.
"""

import builtins
import math
import numbers
import traceback
from dataclasses import dataclass

from nbformat.v4 import new_output

from emgrader.examiner.student import CallDied, CallTimeout, StudentError
from emgrader.messages import MESSAGES, say
from emgrader.wire import CannotCross, Unusable, WireError

# Types of values that students meet and that may be named to them. Any other name could be a message.
KNOWN_TYPES = """
    function type generator map filter zip module method coroutine dict_keys dict_values dict_items
    builtin_function_or_method Figure Axes DataFrame Series Index ndarray DataFrameGroupBy SeriesGroupBy
"""


@dataclass
class Verdict:
    """A test cell's outputs and whether it passed.

    `event` is what the student may know too, as (key, values); `detail` is for the grader alone.
    """

    outputs: list
    passed: bool
    event: tuple | None = None
    detail: str = ""


def failed(message, event=None, detail=""):
    """A verdict of no points, with one sentence."""
    shown = new_output("error", ename="CheckFailed", evalue=message, traceback=[message])
    return Verdict([shown], False, event, detail)


def not_run():
    """What every test cell shows until it is known better."""
    return failed(say("check.not_run"))


def from_value(value, maximum):
    """The verdict of a cell that ran to its end; `value` is what its last line gave."""
    if isinstance(value, numbers.Real) and not isinstance(value, bool):
        number = float(value)
        if not (math.isfinite(number) and 0 <= number <= maximum):
            # The number may be the student's answer to a hidden input, so only the grader sees it.
            return failed(say("check.failed"), ("event.points", {"maximum": maximum}), repr(number))
        shown = new_output(
            "stream", name="stdout", text=say("check.partial", points=number, maximum=maximum) + "\n"
        )
        result = new_output("execute_result", data={"text/plain": repr(number)}, execution_count=1)
        return Verdict([shown, result], number > 0)
    return Verdict([new_output("stream", name="stdout", text=say("check.passed") + "\n")], True)


def from_error(error, test, seconds):
    """The verdict of a cell that ended with `error`; `seconds` are the limits {"call", "test"}."""
    line = last_line(error, test.filename)
    hidden = test.is_hidden(line)
    if isinstance(error, CallTimeout):
        name = _shown_name(error.name, test)
        values = {"name": name, "seconds": seconds["call"]}
        return failed(say("check.call_timeout", **values), ("event.call_timeout", values))
    if isinstance(error, CallDied):
        name = _shown_name(error.name, test)
        return failed(say("check.call_died", name=name), ("event.call_died", {"name": name}))
    if isinstance(error, TestTimeout):
        values = {"seconds": seconds["test"]}
        return failed(say("check.cell_timeout", **values), ("event.test_timeout", values))
    if isinstance(error, ImportError | CannotCross) and not getattr(error, "from_student", False):
        return broken(type(error).__name__ if hidden else str(error), str(error))
    return failed(_sentence(error, test, line, hidden))


def broken(shown, detail):
    """The verdict of a cell whose own code can't run: the author's mistake."""
    return failed(say("check.broken", why=shown), ("event.test_broken", {"why": shown}), detail)


class TestTimeout(BaseException):
    """The test cell as a whole took too long."""

    __test__ = False  # not a test of pytest's


def last_line(error, filename):
    """The line of the test cell where `error` passed last, or None."""
    lines = [
        frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == filename
    ]
    return lines[-1] if lines else None


def _sentence(error, test, line, hidden):
    if getattr(error, "from_student", False):
        return _raised(error)
    if isinstance(error, AssertionError):
        message = test.assert_message(line) if line is not None else None
        return message or say("check.failed_hidden" if hidden else "check.failed")
    if isinstance(error, NameError):
        name = getattr(error, "name", None)
        known = name in test.visible_names
        return say("check.undefined", name=name) if known else say("check.undefined_hidden")
    if isinstance(error, Unusable):
        if f"check.opaque_{error.why}" in MESSAGES:
            return say(f"check.opaque_{error.why}")
        known = error.type_name in KNOWN_TYPES.split()
        return say("check.opaque", kind=error.type_name) if known else say("check.opaque_own")
    if isinstance(error, WireError):
        return say("check.unusable")
    if type(error).__name__ == "Failed":  # what pytest.raises raises when nothing else was
        return say("check.no_error")
    if not hidden and hasattr(builtins, type(error).__name__):
        return say("check.unexpected", kind=type(error).__name__)
    return say("check.failed_hidden" if hidden else "check.failed")


def _raised(error):
    """A sentence for an exception of the student's. Builtin names only: others are theirs to choose."""
    kind = next(base.__name__ for base in type(error).__mro__ if base.__module__ == "builtins")
    if isinstance(error, StudentError):
        return say("check.raised", kind=say("check.own_error"))
    why = f"why.{kind}"
    return (
        say("check.raised_why", kind=kind, why=say(why))
        if why in MESSAGES
        else say("check.raised", kind=kind)
    )


def _shown_name(name, test):
    return name if name in test.visible_names else "a function"
