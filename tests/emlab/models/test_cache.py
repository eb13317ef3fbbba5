import sqlite3

import pytest

from emlab.models.cache import Cache, request_key


def test_what_was_put_is_got_bit_for_bit(tmp_path):
    cache = Cache(tmp_path / "sub" / "cache.db")
    cache.put([(b"k", [-0.1234567890123456, True]), (b"x", "ş\n")])
    assert cache.get([b"k", b"y"]) == {b"k": [-0.1234567890123456, True]}
    cache.close()
    again = Cache(tmp_path / "sub" / "cache.db")
    assert again.get([b"x", b"k"]) == {b"k": [-0.1234567890123456, True], b"x": "ş\n"}


def test_a_key_is_of_everything():
    one = ("m", "0" * 12, "float32", "generate_until", ("a", ("b",), 3))
    others = [(*one[:i], "other", *one[i + 1 :]) for i in range(5)]
    assert len({request_key(*each) for each in [one, *others]}) == 6
    assert request_key(*one) == request_key(*one[:4], ["a", ["b"], 3])


def test_many_are_got_at_once(tmp_path):
    cache = Cache(tmp_path / "cache.db")
    many = {str(i).encode(): i for i in range(2000)}
    cache.put(many.items())
    assert cache.get(list(many)) == many


def test_the_first_answer_stays(tmp_path):
    cache = Cache(tmp_path / "cache.db")
    cache.put([(b"k", 1)])
    cache.put([(b"k", 2)])
    assert cache.get([b"k"]) == {b"k": 1}


def test_a_broken_file_is_set_aside(tmp_path):
    path = tmp_path / "cache.db"
    path.write_bytes(b"this is no database" * 1000)
    cache = Cache(path)
    cache.put([(b"k", 1)])
    assert cache.get([b"k"]) == {b"k": 1}
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
    cache.put([(b"k", 1)])
    assert cache.get([b"k"]) == {}


def test_a_file_of_another_version_is_started_afresh(tmp_path):
    path = tmp_path / "cache.db"
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE answers (something)")
    database.execute("PRAGMA user_version = 99")
    database.close()
    cache = Cache(path)
    cache.put([(b"k", 1)])
    assert cache.get([b"k"]) == {b"k": 1}


def test_two_processes_can_share_a_file(tmp_path):
    one, other = Cache(tmp_path / "cache.db"), Cache(tmp_path / "cache.db")
    one.put([(b"a", 1)])
    other.put([(b"b", 2)])
    assert one.get([b"a", b"b"]) == other.get([b"a", b"b"]) == {b"a": 1, b"b": 2}
