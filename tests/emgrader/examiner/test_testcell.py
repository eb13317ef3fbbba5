"""One test cell against a kernel: the verdict for nbgrader, and the sentence for the student."""

import ast
import json
import re

import pytest
from nbformat.v4 import new_code_cell
from nbgrader.utils import determine_grade

from emgrader import wire
from emgrader.examiner import testcell
from emgrader.examiner.instructor import Definitions
from emgrader.sandbox.kernel import KernelDied
from emgrader.wire.agent import MIME, respond
from tests.emgrader.small_course import graded

STUDENT = """
import math, os, numpy as np, pandas as pd
class Mine(ValueError): pass
class Yes:
    def __eq__(self, other): return True
def double(x): return 2 * x
def fails(x): raise KeyError("secret input " + str(x))
def own(x): raise Mine(x)
def unwritten(): raise NotImplementedError()
def leaves(): raise SystemExit(0)
class Нула(ArithmeticError): pass
def удвои(x):
    if not x: raise Нула
    return 2 * x
def stops(x): raise StopIteration
def deep():
    value = []
    for _ in range(100): value = [value]
    return value
loop = []
loop.append(loop)
periods = pd.DataFrame({"a": pd.period_range("2020", periods=1, freq="D")})
def generates(): yield 1
def named(x): return type("LEAK_" + str(x), (), {})()
def helper(a, b): return True
def apply(f, x): return f(x)
yes, number, table = Yes(), 3, pd.DataFrame({"a": [1, 2]})
sum = lambda values: 42
"""


class Kernel:
    """Answers like the sandbox's kernel, in this process."""

    def __init__(self, source=STUDENT):
        self.namespace = {"__name__": "__main__"}
        exec(source, self.namespace)
        self.requests = []

    def request(self, expression, mime, timeout):
        assert mime == MIME
        text = ast.literal_eval(re.search(r"handle\((.*)\)$", expression)[1])
        self.requests.append(json.loads(text))
        name = self.requests[-1]["name"]
        if name == "hangs":
            error = TimeoutError()
            error.alive = False
            raise error
        if name == "dies":
            raise KernelDied
        if name == "mute":
            return None
        return json.dumps(respond(self.requests[-1], self.namespace))


def run(source, maximum=2.0, locked=(), kernel=None):
    """(points by nbgrader's own rule, the sentence shown, the Verdict)."""
    verdict, _alive = testcell.run(source, kernel or Kernel(), maximum, 5, 5, Definitions(locked))
    cell = graded(new_code_cell(source), "t", grade=True, locked=True, points=maximum)
    cell.outputs = verdict.outputs
    points, _ = determine_grade(cell)
    text = " ".join(output.get("evalue") or output.get("text", "") for output in verdict.outputs).strip()
    return points, text, verdict


@pytest.mark.parametrize(
    "source",
    [
        "assert double(2) == 4",
        "import pytest\nwith pytest.raises(KeyError):\n    fails(1)",
        "import pytest\nwith pytest.raises(ValueError):\n    own(1)",
        "import math\nassert np.isclose(math.pi, np.pi) and pd.DataFrame is not None",
        "assert table['a'].tolist() == [1, 2] and number == 3",
        "def inner():\n    return [double(n) for n in range(3)]\nassert inner() == [0, 2, 4]",
        "assert sum([1, 2]) == 3",  # the examiner's own sum
        "assert apply(double, 4) == 8",
        "import sys\nprint('x')\nprint('y', file=sys.stderr)",
        "try:\n    fails(1)\nexcept KeyError as error:\n    assert str(error) == repr('secret input 1')",
        "try:\n    own(1)\nexcept ValueError as e:\n    assert (type(e).__name__, str(e)) == ('Mine', '1')",
        "try:\n    удвои(0)\nexcept ArithmeticError as e:\n    assert type(e).__name__ == 'Нула'",
        "assert удвои(2) == 4",
        "'a value that is no number'",
        "",
    ],
)
def test_passes(source):
    points, text, verdict = run(source)
    assert points == 2.0 and verdict.passed and text == "All checks of this cell passed."


@pytest.mark.parametrize(
    ("source", "points"), [("0.5", 0.5), ("double(1)", 2.0), ("0", 0.0), ("np.float64(1)", 1.0)]
)
def test_partial_credit(source, points):
    assert run(source)[0] == points


@pytest.mark.parametrize("source", ["3", "-1", "float('nan')", "float('inf')"])
def test_a_number_out_of_range_counts_nothing_and_the_grader_is_told(source):
    points, _, verdict = run(source)
    assert points == 0 and verdict.event == ("event.points", {"maximum": 2.0})
    assert verdict.detail in ("3.0", "-1.0", "nan", "inf")


HIDE = "### BEGIN HIDDEN TESTS\n{}\n### END HIDDEN TESTS"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("assert double(2) == 5, 'should be 5'", "should be 5"),
        ("x = 3\nassert double(x) == 5, f'wrong for {x}'", "wrong for …"),
        ("assert double(2) == 5, str(double(3))", "A check of this cell failed."),
        ("assert double(2) == 5", "A check of this cell failed."),
        ("unwritten()", "Your code raised NotImplementedError while it was checked: it is not written yet."),
        ("own(1)", "Your code raised ValueError while it was checked: something had the right type"),
        ("leaves()", "Your code raised an error of its own while it was checked."),
        (
            "nothing(1)",
            "Nothing is called `nothing` so far. Define it in a cell above, with exactly this name.",
        ),
        ("assert yes == 3, 'm'", "Your code gives an object which cannot be checked."),
        ("assert [yes] == [3], 'm'", "Your code gives an object which cannot be checked."),
        (
            "assert generates() == 3, 'm'",
            "Your code gives a value of type generator, which cannot be checked.",
        ),
        ("assert len(deep()) == 1, 'm'", "Your code gives a value that is nested too deeply to be checked."),
        ("assert len(loop) == 1, 'm'", "Your code gives a value that is nested too deeply to be checked."),
        ("assert double(10**900) == 3, 'm'", "m"),
        ("assert double(10**1233) == 3, 'm'", "Your code gives a whole number with more than a thousand"),
        (
            "assert periods['a'].tolist() == [1], 'm'",
            "Your code gives a table or an array with values of a type",
        ),
        ("import pytest\nfor got in map(stops, [1, 2]):\n    pass", "Your code raised an error of its own"),
        (
            "import pytest\nwith pytest.raises(KeyError):\n    double(1)",
            "was expected to raise an error here",
        ),
        ("len(double(2))", "A check of this cell could not use what your code gave (TypeError)."),
        ("mute", "Your code gave an answer that could not be read."),
        ("hangs(1)", "Your function hangs took longer than 5 s and was stopped."),
        ("dies(1)", "Your function dies ended the kernel"),
        ("raise SystemExit", "A check of this cell"),
        ("raise GeneratorExit", "A check of this cell"),
    ],
)
def test_fails(source, text):
    points, shown, verdict = run(source, kernel=Kernel(STUDENT + "hangs = dies = double"))
    assert points == 0 and not verdict.passed
    assert shown.startswith(text) or text in shown


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("secret = 71\nassert double(secret) == 5, 'too large'", "too large"),
        ("secret = 71\nassert double(secret) == 5, f'wrong for {secret}'", "wrong for …"),
        ("assert double(71) == 5", "A hidden check of this cell failed."),
        (
            "fails(71)",
            "Your code raised KeyError while it was checked: it asked for a key that is not there.",
        ),
        ("named(71) + 1", "Your code gives an object which cannot be checked."),
        ("secret71(1)", "A name that a hidden check needs is not defined."),
        ("dies(71)", "Your function a function ended the kernel"),
        ("len(double(71))", "A hidden check of this cell failed."),
        ("import secret71", "These checks could not be run"),
    ],
)
def test_a_hidden_check_tells_nothing_but_its_message(source, text):
    points, shown, verdict = run(HIDE.format(source), kernel=Kernel(STUDENT + "dies = double"))
    assert points == 0 and shown.startswith(text)
    assert "71" not in f"{shown} {verdict.event}" and "secret" not in f"{shown} {verdict.event}"


def test_a_student_cannot_choose_the_words_of_a_visible_check_either():
    kernel = Kernel(
        "seen = []\ndef f(x):\n    raise type('LEAK', (Exception,), {'__module__': 'builtins'})('LEAK')"
    )
    for source in ("f(1)", "assert f(1) == 2, 'm'"):
        assert "LEAK" not in run(source, kernel=kernel)[1]


@pytest.mark.parametrize(
    "source", ["def", "%time x", "import nowhere", "double(lambda: 1)", "double(object())"]
)
def test_a_test_that_cannot_run_is_the_authors_mistake(source):
    points, shown, verdict = run(source)
    assert points == 0 and verdict.event[0] == "event.test_broken"
    assert "This is not your mistake" in shown


def test_helpers_of_locked_cells_run_here():
    locked = (
        "from numpy.testing import assert_equal\n"
        "def helper(a, b):\n    assert a == b, 'not the same'\n    return double(a)"
    )
    kernel = Kernel(STUDENT + "assert_equal = print")
    assert run("assert helper(2, 2) == 4", locked=[locked], kernel=kernel)[0] == 2
    assert run("helper(2, 3)", locked=[locked], kernel=kernel)[0] == 0
    assert run("assert_equal(double(2), 5)", locked=[locked], kernel=kernel)[0] == 0
    assert {request["name"] for request in kernel.requests} == {"double"}


def test_a_module_is_the_examiners_own():
    kernel = Kernel(
        "import types\nmath, subprocess = map(types.ModuleType, ('math', 'subprocess'))\nmath.pi = 3"
    )
    assert run("assert math.pi > 3.1", kernel=kernel)[0] == 2
    assert run("assert subprocess", kernel=kernel)[0] == 0


def test_an_endless_test_is_stopped(monkeypatch):
    monkeypatch.setattr(testcell, "_SPARE", 0.0)
    verdict, alive = testcell.run("while True: pass", Kernel(), 2.0, 1, 0.3, Definitions([]))
    assert not verdict.passed and alive and verdict.event[0] == "event.test_timeout"


def test_an_interrupt_by_the_grader_goes_through():
    with pytest.raises(KeyboardInterrupt):
        run("raise KeyboardInterrupt")


SPOIL = """
def spoil(values, table=None):
    values.sort()
    if table is not None:
        table["new"] = 1
    return values
def keep(values, **more): return sorted(values)
"""


@pytest.mark.parametrize(
    "source",
    [
        "values = [3, 1]\nassert spoil(values) == [1, 3]\nassert values == [3, 1]",
        "result, (after,), _ = called(spoil, [3, 1])\nassert after == result == [1, 3]",
        "assert not unchanged(spoil, [3, 1])\nassert unchanged(keep, [3, 1])",
        "import pandas as pd\nt = pd.DataFrame({'a': [1.5, None]})\n"
        "assert not unchanged(spoil, [1], table=t) and list(t) == ['a']\n"
        "assert unchanged(keep, [1], t=t, f=keep)",
    ],
)
def test_what_a_call_does_to_its_arguments(source):
    source = f"from emlab.checks import called, unchanged\n{source}"
    assert run(source, kernel=Kernel(SPOIL))[0] == 2
    # the same under stock nbgrader, in the student's own process
    if "assert values" not in source:
        exec(SPOIL + source, {})


def test_a_figure_is_looked_at_by_its_description():
    kernel = Kernel(
        "from matplotlib.figure import Figure\nfig = Figure()\nax = fig.add_subplot(ylabel='accuracy')\n"
        "ax.plot([1, 2], [3, 4], label='few-shot')"
    )
    test = (
        "from emlab.checks import describe_figure\n(panel,) = describe_figure(fig)['panels']\n"
        "assert panel['ylabel'] == 'accuracy' and panel['series'][0]['y'] == [3.0, 4.0]\n"
        "assert panel == describe_figure(ax)['panels'][0]"
    )
    assert run(test, kernel=kernel)[0] == 2
    exec(test, kernel.namespace)
    assert "type Figure" in run("assert fig.axes, 'm'", kernel=kernel)[1]


def test_no_test_source_reaches_the_kernel():
    kernel = Kernel()
    run(HIDE.format("canary = 'CANARY'\nassert double(5) == 10, 'message CANARY'"), kernel=kernel)
    assert kernel.requests == [
        {"do": "get", "name": "double"},
        {"do": "call", "name": "double", "args": [5], "kwargs": wire.encode({}), "after": False},
    ]
