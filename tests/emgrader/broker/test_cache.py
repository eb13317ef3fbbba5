import dataclasses
import sqlite3

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


def test_many_are_got_at_once(tmp_path):
    cache = Cache(tmp_path / "cache.db")
    many = {str(i).encode(): Answer(i, i) for i in range(2000)}
    cache.put(many.items())
    assert cache.get(list(many)) == many


def test_the_first_answer_stays(tmp_path):
    cache = Cache(tmp_path / "cache.db")
    cache.put([(b"k", Answer(1, 1))])
    cache.put([(b"k", Answer(2, 1))])
    assert cache.get([b"k"]) == {b"k": (1, 1)}


@pytest.mark.parametrize("change", [{"name": "ladder/x"}, {"revision": "0" * 12}, {"dtype": "float16"}])
def test_another_model_has_other_keys(question, change):
    other = dataclasses.replace(question, rung=dataclasses.replace(question.rung, **change))
    assert not set(keys(question)) & set(keys(other))


def test_another_operation_or_setting_has_other_keys(question):
    rung = question.rung
    texts = {keys(Question(op, rung, ["a"]))[0] for op in ("attention", "tokenize")}
    settings = [("a", {"until": [], "max_gen_toks": n}) for n in (1, 2)]
    assert len(texts | set(keys(Question("generate_until", rung, settings)))) == 4


def test_a_broken_file_is_set_aside(tmp_path):
    path = tmp_path / "cache.db"
    path.write_bytes(b"this is no database" * 1000)
    cache = Cache(path)
    cache.put([(b"k", Answer(1, 1))])
    assert cache.get([b"k"]) == {b"k": (1, 1)}
    assert (tmp_path / "cache.db.broken").exists()


def test_a_file_that_can_not_be_opened_is_left_alone(tmp_path):
    (tmp_path / "cache.db").mkdir()
    with pytest.raises(sqlite3.OperationalError):
        Cache(tmp_path / "cache.db")
    assert (tmp_path / "cache.db").is_dir()


def test_a_cache_that_fails_later_only_forgets(tmp_path):
    cache = Cache(tmp_path / "cache.db")
    other = sqlite3.connect(tmp_path / "cache.db")
    other.execute("DROP TABLE answers")
    cache.put([(b"k", Answer(1, 1))])
    assert cache.get([b"k"]) == {}


def test_a_file_of_another_version_is_started_afresh(tmp_path):
    path = tmp_path / "cache.db"
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE answers (something)")
    database.execute("PRAGMA user_version = 99")
    database.close()
    cache = Cache(path)
    cache.put([(b"k", Answer(1, 1))])
    assert cache.get([b"k"]) == {b"k": (1, 1)}


def test_two_brokers_can_share_a_file(tmp_path):
    one, other = Cache(tmp_path / "cache.db"), Cache(tmp_path / "cache.db")
    one.put([(b"a", Answer(1, 1))])
    other.put([(b"b", Answer(2, 1))])
    assert one.get([b"a", b"b"]) == other.get([b"a", b"b"]) == {b"a": (1, 1), b"b": (2, 1)}
