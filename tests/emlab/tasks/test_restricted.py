from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emlab.tasks.restricted import Refused, run_function

ALLOWED = (
    "x = x + [1]\n    return x",
    "return [n * 2 for n in x if n > 1 if n % 2 == 0]",
    "return sum(n for n in x)",
    "x = sorted(x)\n    return x[::-1]",
    "y = x[1:]\n    return max(y + [0]) if len(y) >= 2 else -1",
    "return [x[len(x) - 1 - i] for i in range(len(x))]",
    "return list(reversed(x))",
    "n = 5\n    y = [n for n in x]\n    return n",
    "s = sum(x)\n    s += 3\n    s *= 2\n    return s // 3",
    "return not x",
)


@pytest.mark.parametrize("body", ALLOWED)
@given(x=st.lists(st.integers(-50, 50), max_size=6))
def test_what_is_run_gives_what_python_gives(body, x):
    source = f"def f(x):\n    {body}\n"
    names = {}
    exec(source, names)  # sources from this file only
    assert run_function(source, x) == names["f"](x)


@pytest.mark.parametrize(
    "body",
    [
        "import os\n    return 1",
        "return __import__('os')",
        "return open('file')",
        "return eval('1')",
        "return x.__class__",
        "return x.append(1)",
        "return (lambda: 1)()",
        "return f(x)",
        "return 'text'",
        "return 1.5",
        "return 2 ** 99",
        "return 9 << 99",
        "while True:\n        pass",
        "for n in x:\n        pass\n    return x",
        "return [n for n in x for m in x]",
        "return [[n] for n in x]",
        "return [x, x]",
        "return x * 999999999",
        "return 999999999 * x",
        "return range(10**9)",
        "return range(999999999)",
        "return [y := 1]",
        "return sum([n * 1000000000000 for n in range(900)])",
        "return sum([sum([m for m in range(900)]) for n in range(900)])",
        "x[0] = 1\n    return x",
        "x, y = x\n    return x",
        "return sorted(x, reverse=True)",
        "return sorted(*x)",
        "return x[9]",
        "return y",
        "return 1 // 0",
        "return x + 1",
        "return",
        "pass",
        "global x\n    return 1",
        "return 1 +",
        "return " + "(" * 150 + "1" + ")" * 150 + " + y",
        "return " + "-" * 1500 + "1 + y",
    ],
)
def test_everything_else_is_refused(body):
    with pytest.raises(Refused):
        run_function(f"def f(x):\n    {body}\n", [3, 1, 2])


@pytest.mark.parametrize(
    "source",
    [
        "",
        "x = 1",
        "def f():\n    return 1",
        "def f(x, y):\n    return 1",
        "def f(x, *y):\n    return 1",
        "def f(x, *, y=1):\n    return 1",
        "def f(x=1):\n    return 1",
        "def f(x: print(1)):\n    return 1",
        "def f(x) -> print(1):\n    return 1",
        "@print\ndef f(x):\n    return 1",
        "async def f(x):\n    return 1",
        "class f:\n    x = 1",
        "def f(x):\n    return 1\nprint(1)",
        "def f(x):\n    return 1\n" + "#" * 3000,
        "\0",
    ],
)
def test_anything_but_one_plain_function_is_refused(source):
    with pytest.raises(Refused):
        run_function(source, 1)


@given(st.text(max_size=60))
def test_no_text_does_anything_else_than_give_a_value_or_be_refused(text):
    for source in (text, f"def f(x):\n    return {text}"):
        with suppress(Refused):
            run_function(source, [1, 2])
