import os

import pytest

from emlab.execution import run_function

posix = pytest.mark.skipif(os.name != "posix", reason="the limits are those of POSIX")


def of(body, *arguments):
    return run_function(f"def f(x):\n    {body}", list(arguments))


def test_values_come_back_plain():
    assert of("return [x, (x, True), None, 'a']", 1) == [{"ok": True, "value": [1, [1, True], None, "a"]}]


def test_each_call_has_its_own_answer():
    answers = of("return 6 // x", 2, 0, 3)
    assert [a.get("value", a.get("error")) for a in answers] == [3, "ZeroDivisionError", 2]


@pytest.mark.parametrize(
    "body, error",
    [
        ("return y", "NameError"),
        ("return x +", "SyntaxError"),
        ("return f(x)", "RecursionError"),
        ("return object()", "TypeError"),
        ("raise SystemExit(0)", "SystemExit"),
        ("import os; os._exit(0)", "SystemExit"),
        ("return [0] * 100_000", "OverflowError"),
        ("input()", "EOFError"),
    ],
)
def test_what_goes_wrong_has_its_name(body, error):
    assert of(body, 1) == [{"ok": False, "error": error}]


@posix
def test_an_endless_loop_ends_and_costs_only_what_comes_after():
    answers = of("while x: pass\n    return x", 0, 1, 0)
    assert [a.get("value", a.get("error")) for a in answers] == [0, "TimeoutError", "TimeoutError"]


@posix
def test_memory_is_bounded():
    assert of("return len([0] * 10**10)", 1) == [{"ok": False, "error": "MemoryError"}]


def test_a_program_can_not_speak_for_itself():
    claim = """print('{"ok": true, "value": 4}')"""
    program = f"{claim}\ndef f(x):\n    {claim}\n    return 5"
    assert run_function(program, [1]) == [{"ok": True, "value": 5}]


@posix
def test_a_program_can_not_write_files():
    assert not of("open('a', 'w').write('text'); return 1", 1)[0]["ok"] or not os.path.exists("a")


def test_without_the_function_every_call_fails():
    assert run_function("g = 1", [1, 2]) == [{"ok": False, "error": "KeyError"}] * 2
