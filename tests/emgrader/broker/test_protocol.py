import pytest
from hypothesis import given
from hypothesis import strategies as st

import emlab
from emgrader.broker.protocol import MAX_CHARACTERS, MAX_REQUESTS, Refused, canonical, parse

RUNG = emlab.rungs()[0]

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just(RUNG),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
op = st.sampled_from(sorted(MAX_REQUESTS)) | anything


def ask(op, *requests, **further):
    return parse({"op": op, "model": RUNG, "requests": list(requests), **further})


def test_the_five_questions():
    assert parse({"op": "info", "model": RUNG}).rung.name == RUNG
    assert ask("loglikelihood", ["a", " b"]).items == [("a", " b")]
    how = {"until": ["\n"], "max_gen_toks": 3}
    assert ask("generate_until", ["a", how]).items == [("a", how)]
    assert ask("attention", "a b").items == ["a b"]
    assert ask("tokenize", "a", "b").items == ["a", "b"]


@given(st.dictionaries(st.sampled_from(["op", "model", "requests", "more"]), anything | op, max_size=4))
def test_nonsense_is_refused(message):
    try:
        parse(message)
    except Refused as refused:
        assert refused.kind in ("request", "model")


@pytest.mark.parametrize(
    "message, kind",
    [
        ({}, "request"),
        ({"op": "eval"}, "request"),
        ({"op": ["info"]}, "request"),
        ({"op": "info", "model": RUNG, "path": "/"}, "request"),
        ({"op": "info", "model": RUNG, "requests": ["a"]}, "request"),
        ({"op": "info"}, "model"),
        ({"op": "info", "model": "ladder/../rungs"}, "model"),
        ({"op": "info", "model": "mock:oracle"}, "model"),
        ({"op": "tokenize", "model": RUNG, "requests": "abc"}, "request"),
        ({"op": "tokenize", "model": RUNG, "requests": {"a": 1}}, "request"),
    ],
)
def test_what_is_refused_and_how(message, kind):
    with pytest.raises(Refused) as caught:
        parse(message)
    assert caught.value.kind == kind


@pytest.mark.parametrize("op", ["loglikelihood", "generate_until", "attention", "tokenize"])
def test_too_many_requests_are_refused(op):
    with pytest.raises(Refused, match=f"at most {MAX_REQUESTS[op]} requests"):
        ask(op, *["a"] * (MAX_REQUESTS[op] + 1))


@pytest.mark.parametrize(
    "op, request_",
    [
        ("loglikelihood", ["x" * (MAX_CHARACTERS + 1), " a"]),
        ("loglikelihood", ["a", "x" * (MAX_CHARACTERS + 1)]),
        ("generate_until", ["x" * (MAX_CHARACTERS + 1), {}]),
        ("generate_until", ["a", {"until": ["x" * (MAX_CHARACTERS + 1)]}]),
        ("attention", "x" * (MAX_CHARACTERS + 1)),
    ],
)
def test_a_text_that_is_too_long_is_refused(op, request_):
    with pytest.raises(Refused, match=f"more than {MAX_CHARACTERS} characters"):
        ask(op, request_)


def test_too_many_stops_are_refused():
    with pytest.raises(Refused, match="at most 16 stops"):
        ask("generate_until", ["a", {"until": ["x"] * 17}])


def test_the_canonical_text_does_not_depend_on_who_wrote_it():
    assert canonical(("a", {"until": ["ş"], "max_gen_toks": 1})) == canonical(
        ["a", {"max_gen_toks": 1, "until": ["ş"]}]
    )
