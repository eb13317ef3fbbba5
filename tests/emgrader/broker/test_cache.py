import dataclasses

import pytest

import emlab
from emgrader.broker.cache import Answer, Cache, keys
from emgrader.broker.protocol import Question
from emlab.models.ladder import find_rung


@pytest.fixture
def question():
    rung = find_rung(emlab.rungs()[0])
    return Question("loglikelihood", rung, [("a", " b"), ("a", " c"), ("a", " b")])


def test_what_was_put_is_got_bit_for_bit(tmp_path, question):
    first, second, third = keys(question)
    assert first == third != second
    cache = Cache(tmp_path / "sub" / "cache.db")
    cache.put([(first, Answer([-0.1234567890123456, True], 7)), (b"x", Answer("ş\n", 1))])
    assert cache.get([first, second]) == {first: ([-0.1234567890123456, True], 7)}
    cache.close()
    again = Cache(tmp_path / "sub" / "cache.db")
    assert again.get([b"x", first]) == {first: ([-0.1234567890123456, True], 7), b"x": ("ş\n", 1)}


@pytest.mark.parametrize("change", [{"name": "ladder/x"}, {"revision": "0" * 12}, {"dtype": "float16"}])
def test_another_model_has_other_keys(question, change):
    other = dataclasses.replace(question, rung=dataclasses.replace(question.rung, **change))
    assert not set(keys(question)) & set(keys(other))


def test_another_operation_or_setting_has_other_keys(question):
    rung = question.rung
    texts = {keys(Question(op, rung, ["a"]))[0] for op in ("attention", "tokenize")}
    settings = [("a", {"until": [], "max_gen_toks": n}) for n in (1, 2)]
    assert len(texts | set(keys(Question("generate_until", rung, settings)))) == 4
