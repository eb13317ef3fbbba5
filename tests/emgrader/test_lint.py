"""The lint finds what can't work in the examiner, and is silent about what can."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from emgrader.lint import lint
from tests.emgrader.small_course import graded, source_notebook

SETUP = """\
import numpy as np
from math import sqrt as root
limit = 3
def close(a, b):
    return abs(a - b) < 1e-9"""
ANSWER = "def f(x):\n    return x\nclass Tree:\n    pass\ntable = [1, 2]\n%matplotlib inline"


def rules(test):
    """(line, rule) of the findings in a notebook with this test cell."""
    nb = new_notebook(
        cells=[
            graded(new_code_cell(SETUP), "setup", locked=True),
            graded(new_code_cell(ANSWER), "answer", solution=True),
            graded(new_code_cell("other = 1"), "first_test", grade=True, locked=True, points=1),
            graded(new_code_cell(test), "test", grade=True, locked=True, points=1),
        ]
    )
    return [(finding.line, finding.rule) for finding in lint(nb)]


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("assert f(1) == 1, 'one'", []),
        ("assert np.all(root(4) == 2) and close(1, 1), 'helpers'\nassert table[0] == 1, 'table'", []),
        ("for i in range(3):\n    assert f(i) == i, f'fails for {i}'", []),
        ("def same(a):\n    b = f(a)\n    return b == a\nassert same(2), 'same'", []),
        ("assert [y for y in table if y] == [1, 2], 'kept'", []),
        ("assert f(1)", [(1, "message")]),
        ("x = 1\nassert f(1) == 1, str(x)", [(2, "message")]),
        ("assert g(1) == 1, 'm'", [(1, "undefined")]),
        ("assert f(limit) == 3, 'm'", [(1, "data")]),
        ("assert other == 1, 'm'", [(1, "shared")]),
        ("assert Tree() is not None, 'm'", [(1, "class")]),
        ("assert f(lambda: 1), 'm'", [(1, "callback")]),
        ("def h(): pass\nassert f(x=h), 'm'", [(2, "callback")]),
        ("import inspect\nassert inspect.getsource(f), 'm'", [(2, "source")]),
        ("f(1)", [(1, "value")]),
        ("import numpy as np\nnp.testing.assert_allclose(f(1), 1)", []),
        # what crosses, and as what
        ("values = [2, 1]\nf(values)\nassert values == [2, 1], 'm'", [(3, "changed")]),
        ("values = [2, 1]\nassert f(values) == values, 'm'", []),
        ("values = [2, 1]\ngot = f(values)\nassert got == sorted(values), 'm'", []),
        ("values = [1]\nassert values, 'before'\ngot = f(values)\nassert got, 'm'", []),
        ("from emlab.checks import unchanged\nassert unchanged(f, [1]), 'm'", []),
        ("values = []\nassert f(values) is not values, 'm'", [(2, "identity")]),
        ("assert f(1) is not None and type(f(1)) is int, 'm'", []),
        ("from collections import Counter\nassert isinstance(f(1), Counter), 'm'", [(2, "type")]),
        ("assert isinstance(f(1), (int, float)), 'm'", []),
        ("fig = f(1)\nassert fig.axes[0].get_title() == 'a', 'm'", [(2, "figure"), (2, "figure")]),
        ("import pandas as pd\nassert pd.Series([1]).axes, 'm'", []),
        ("import matplotlib.pyplot as plt\nassert plt.gcf() is not None, 'm'", [(2, "current")]),
        ("import pytest\nwith pytest.raises(StopIteration):\n    f(1)", [(2, "stop")]),
        ("%time f(1)", [(1, "syntax")]),
        ("### BEGIN HIDDEN TESTS\nassert f(1), 'm'", [(1, "unclosed")]),
        ("assert f(1), 'm'\n### END HIDDEN TESTS", [(2, "unopened")]),
        ("### BEGIN HIDDEN TESTS\n### BEGIN HIDDEN TESTS\n### END HIDDEN TESTS", [(2, "nested")]),
    ],
)
def test_findings(test, expected):
    assert rules(test) == expected


def test_a_cell_magic_may_define_anything():
    nb = source_notebook()
    nb.cells[2].source = "assert analyses, 'm'"
    assert [finding.rule for finding in lint(nb)] == ["undefined"]
    nb.cells.insert(1, new_code_cell("%%analysis one\nText."))
    assert lint(nb) == []


def test_a_finding_names_cell_and_line():
    nb = source_notebook()
    assert lint(nb) == []
    nb.cells[2].source += "\nassert double(1)"
    (finding,) = lint(nb)
    assert str(finding).startswith("double_test, line 7: This assert has no constant message.")
