"""The sandbox's end: answers look-ups and calls with data, whatever the student's values do."""

import json

import pytest

from emgrader import wire
from emgrader.wire.agent import reply, respond


def request(name, args=(), kwargs=None, after=False):
    data = {"args": wire.encode(list(args)), "kwargs": wire.encode(kwargs or {}), "after": after}
    return json.loads(json.dumps({"do": "call", "name": name, **data}))


def call(function, *args, after=False, **kwargs):
    answer = respond(request("f", args, kwargs, after), {"f": function})
    json.dumps(answer, allow_nan=False)
    return answer


def get(value):
    answer = respond({"do": "get", "name": "x"}, {"x": value})
    return wire.decode(json.loads(json.dumps(answer))["ok"])


def test_a_call():
    assert call(lambda a, b=0: [a, b], 1, b=(2,)) == {"ok": [1, {"t": "tuple", "v": [2]}]}


@pytest.mark.parametrize("kind", [ValueError, SystemExit, GeneratorExit])
def test_an_error_crosses_as_its_name_and_message(kind):
    def fail():
        raise kind("no")

    assert call(fail)["raised"]["type"] == kind.__name__
    assert kind.__name__ in call(fail)["raised"]["bases"]
    assert call(fail)["raised"]["message"] == "no"


def test_an_error_of_ones_own_names_its_builtin_bases():
    class Mine(KeyError):
        def __str__(self):
            raise RuntimeError

    def fail():
        raise Mine

    assert call(fail)["raised"] == {
        "type": "Mine",
        "bases": ["KeyError", "LookupError", "Exception", "BaseException", "object"],
        "message": "",
    }


def test_an_interrupt_is_no_error_of_the_student():
    def stop():
        raise KeyboardInterrupt

    assert call(stop) == {"refused": "interrupted"}


def test_names():
    assert respond({"do": "get", "name": "y"}, {}) == {"refused": "missing"}
    assert get(json).name == "json"
    assert get(len).name == "x"
    assert isinstance(get(int), wire.Opaque)


def test_a_student_function_can_be_an_argument():
    add = wire.Function("add")
    names = {"twice": lambda f, x: f(f(x)), "add": lambda x: x + 1, "f": print}
    assert respond(request("twice", [add, 1]), names) == {"ok": 3}
    assert respond(request("f", [wire.Function("gone")]), names) == {"refused": "arguments"}
    assert respond(request("f", [wire.Module("os")]), names) == {"refused": "arguments"}


def test_what_the_arguments_are_like_after_a_call():
    def change(values, *, table):
        values.sort()
        table["new"] = print

    answer = call(change, [3, 1], table={}, after=True)
    (values,), kwargs = wire.decode(answer["after"])
    assert values == [1, 3] and isinstance(kwargs["table"]["new"], wire.Opaque)
    assert "after" not in call(len, [3, 1])


def test_an_answer_that_is_too_large_says_so():
    text = reply(request("f", ["x"]), {"f": lambda x: x * (64 * 2**20)})
    assert json.loads(text)["ok"] == {"t": "opaque", "type": "object", "why": "size"}


class Trouble:
    @property
    def __class__(self):
        raise RuntimeError

    def __call__(self):
        return 1


class BadMeta(type):
    @property
    def __module__(cls):
        raise RuntimeError


class BadType(metaclass=BadMeta):
    pass


@pytest.mark.parametrize("value", [BadType(), [BadType()], 10**5000, [0] * 5_000_000], ids=range(4))
def test_values_that_stay_behind(value):
    answer = respond({"do": "get", "name": "x"}, {"x": value})
    got = wire.decode(answer["ok"])
    assert isinstance(got, wire.Opaque) or isinstance(got[0], wire.Opaque)


def test_a_deceiving_class_changes_nothing():
    assert get(Trouble()).name == "x"
