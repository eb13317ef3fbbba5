"""A course in the idioms that tests are written in, with right and wrong answers to it.

Each entry of IDIOMS is one question: the right answer, wrong ones, and the test, visible and hidden.
"""

from dataclasses import dataclass

from nbformat.v4 import new_code_cell, new_notebook

from tests.emgrader.small_course import graded


@dataclass(frozen=True)
class Idiom:
    """One question. `wrong` are answers that the test must refuse."""

    name: str
    right: str
    wrong: tuple[str, ...]
    visible: str
    hidden: str = ""

    def test(self):
        return f"{self.visible}\n### BEGIN HIDDEN TESTS\n{self.hidden or 'pass'}\n### END HIDDEN TESTS"


IDIOMS = [
    Idiom(
        "numbers",
        "def half(x):\n    return x / 2",
        ("def half(x):\n    return x // 2", "def half(x):\n    return str(x / 2)", "half = 3"),
        "assert half(4) == 2, 'half of 4'",
        "from math import isclose\nassert isclose(half(5), 2.5) and type(half(4)) is float, 'half of 5'",
    ),
    Idiom(
        "bool_is_no_int",
        "def even(n):\n    return n % 2 == 0",
        ("def even(n):\n    return 1 - n % 2",),
        "assert even(2) == True, 'two'",
        "assert even(3) is False and even(2**70) is True, 'a bool'",
    ),
    Idiom(
        "errors",
        "def root(x):\n    if x < 0:\n        raise ValueError(f'{x} is negative')\n    return x**0.5",
        ("def root(x):\n    return abs(x)**0.5", "def root(x):\n    raise KeyError(x)"),
        "import pytest\nassert root(4) == 2, 'root of 4'",
        "with pytest.raises(ValueError, match='-1 is negative'):\n    root(-1)\n"
        "try:\n    root(-4)\nexcept ValueError as error:\n    assert '-4' in str(error), 'message'\n"
        "else:\n    raise AssertionError('no error')",
    ),
    Idiom(
        "own_errors",
        "class Empty(LookupError):\n    pass\ndef top(stack):\n    if not stack:\n"
        "        raise Empty('nothing')\n    return {'a': 1}[stack[-1]]",
        ("def top(stack):\n    return {'a': 1}.get(stack[-1])",),
        "import pytest\nwith pytest.raises(LookupError, match='^nothing$'):\n    top([])",
        "with pytest.raises(KeyError) as caught:\n    top(['b'])\n"
        "assert str(caught.value) == repr('b') and caught.type.__name__ == 'KeyError', 'the key'\n"
        "try:\n    top([])\nexcept LookupError as error:\n    assert type(error).__name__ == 'Empty', 'name'",
    ),
    Idiom(
        "containers",
        "def group(words):\n    out = {}\n    for word in words:\n"
        "        out.setdefault(len(word), set()).add(word)\n    return out",
        ("def group(words):\n    return {str(len(w)): {w} for w in words}",),
        "assert group(['a', 'bb', 'cc']) == {1: {'a'}, 2: {'bb', 'cc'}}, 'groups'",
        "assert group([]) == {} and all(isinstance(v, set) for v in group(['x']).values()), 'sets'",
    ),
    Idiom(
        "tables",
        "import pandas as pd\ndef means(table):\n    return table.groupby('k', as_index=False)['v'].mean()",
        ("def means(t):\n    return t.groupby('k')['v'].mean()", "def means(table):\n    return table"),
        "import pandas as pd\n_t = pd.DataFrame({'k': ['a', 'a', 'b'], 'v': [1, 2, 5]})\n"
        "assert list(means(_t).columns) == ['k', 'v'], 'columns'",
        "pd.testing.assert_frame_equal(means(_t), pd.DataFrame({'k': ['a', 'b'], 'v': [1.5, 5.0]}))",
    ),
    Idiom(
        "arrays",
        "import numpy as np\ndef scale(a):\n    return (a - a.mean()) / a.std()",
        ("import numpy as np\ndef scale(a):\n    return list((a - a.mean()) / a.std())",),
        "import numpy as np\nassert scale(np.array([1.0, 3.0])).tolist() == [-1, 1], 'two'",
        "_a = np.random.default_rng(0).normal(size=(3, 4))\n_s = scale(_a)\n"
        "assert _s.shape == (3, 4) and np.allclose(_s.mean(), 0) and np.isclose(_s.std(), 1), 'many'",
    ),
    Idiom(
        "missing_values",
        "def first(values, default=None):\n    return values[0] if values else default",
        ("def first(values, default=0):\n    return values[0] if values else default",),
        "assert first([1]) == 1, 'one'",
        "import math\nassert first([]) is None and math.isnan(first([], default=float('nan'))), 'none'",
    ),
    Idiom(
        "names_and_files",
        "with open('numbers.txt') as file:\n    total = sum(map(int, file))\nnames = ('x', 'y')",
        ("total = 7\nnames = ('x', 'y')", "total = 6\nnames = ['x', 'y']", ""),
        "assert total == 6, 'sum of the file'",
        "assert names == ('x', 'y'), 'a tuple'",
    ),
    Idiom(
        "warnings_and_prints",
        "import warnings\ndef loud(x):\n    print('got', x)\n    warnings.warn('careful')\n    return x + 1",
        ("def loud(x):\n    print(x + 1)",),
        "assert loud(1) == 2, 'one more'",
    ),
    Idiom(
        "functions_as_arguments",
        "def twice(f, x):\n    return f(f(x))\ndef inc(x):\n    return x + 1",
        ("def twice(f, x):\n    return f(x)\ndef inc(x):\n    return x + 1",),
        "assert twice(inc, 1) == 3, 'twice'",
    ),
    Idiom(
        "arguments_stay",
        "def ordered(values):\n    return sorted(values)",
        ("def ordered(values):\n    values.sort()\n    return values",),
        "from emlab.checks import unchanged\nassert ordered([2, 1]) == [1, 2], 'sorted'",
        "assert unchanged(ordered, [3, 1, 2]), 'changes its argument'",
    ),
    Idiom(
        "arguments_change",
        "def clear(table):\n    table.clear()",
        ("def clear(table):\n    return {}",),
        "from emlab.checks import called\n_, (_after,), _ = called(clear, {'a': 1})\n"
        "assert _after == {}, 'empty'",
    ),
    Idiom(
        "figures",
        "import matplotlib.pyplot as plt\ndef draw(x, y):\n    fig, ax = plt.subplots()\n"
        "    ax.plot(x, y, label='score')\n    ax.set(xlabel='size', xscale='log')\n"
        "    ax.legend()\n    return fig",
        (
            "import matplotlib.pyplot as plt\ndef draw(x, y):\n    plt.plot(x, y)\n    return plt.gcf()",
            "def draw(x, y):\n    return None",
        ),
        "from emlab.checks import describe_figure\n"
        "_p = describe_figure(draw([1, 10], [0.5, 0.7]))['panels'][0]\n"
        "assert _p['xlabel'] == 'size' and _p['xscale'] == 'log', 'the axis'",
        "assert _p['series'][0]['y'] == [0.5, 0.7] and _p['legend'] == ['score'], 'the line'",
    ),
    Idiom(
        "partial_credit",
        "def small(x):\n    return x < 10\ndef large(x):\n    return x > 100",
        ("def small(x):\n    return x < 10\ndef large(x):\n    return False",),
        "_points = 1.0 * (small(3) is True) + 1.0 * (large(300) is True)\n_points",
    ),
    Idiom(
        "dates_and_bytes",
        "import datetime\ndef parts(day):\n    return day + datetime.timedelta(1), day.isoformat().encode()",
        ("def parts(day):\n    return day, day.isoformat()",),
        "import datetime\n_d = datetime.date(2020, 2, 28)\n"
        "assert parts(_d) == (datetime.date(2020, 2, 29), b'2020-02-28'), 'the next day'",
    ),
]
FILES = {"numbers.txt": "1\n2\n3\n"}


def notebook():
    """The instructor's notebook."""
    cells = []
    for idiom in IDIOMS:
        answer = f"### BEGIN SOLUTION\n{idiom.right}\n### END SOLUTION"
        test = idiom.test()
        if idiom.name == "partial_credit":  # the last line must stay the last
            test = idiom.visible
        cells.append(graded(new_code_cell(answer), idiom.name, solution=True))
        cells.append(graded(new_code_cell(test), f"{idiom.name}_test", grade=True, locked=True, points=2))
    nb = new_notebook(cells=cells)
    nb.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nb


def submissions():
    """Sources by name of a submission: all right, nothing done, and the wrong answers in as few as can be."""
    right = {idiom.name: idiom.right for idiom in IDIOMS}
    made = {"right": right, "starter": {}}
    for number in range(max(len(idiom.wrong) for idiom in IDIOMS)):
        made[f"wrong{number}"] = right | {
            idiom.name: idiom.wrong[number] for idiom in IDIOMS if number < len(idiom.wrong)
        }
    return made
