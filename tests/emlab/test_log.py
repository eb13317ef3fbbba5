import gzip
import hashlib
import os

import pandas as pd
import pytest

import emlab
from emlab import log

FIELDS = {
    "run_id": "main",
    "model": "ladder/54k",
    "params": 63296,
    "item_id": "reviews-test-0001",
    "condition": "natural",
    "k": 1,
    "strategy": "random",
    "order": "as_is",
    "template_id": "review",
    "example_ids": ["reviews-pool-0007"],
    "order_seed": 0,
    "prompt": "Review: ş\nSentiment:",
    "response": "positive",
    "gold": "positive",
    "choices": ("negative", "positive"),
}


def frame(*responses, **changes):
    """A log of five rows, or of one for each response."""
    rows = [
        {**FIELDS, "k": k, "response": said, **changes}
        for k, said in enumerate(responses or ["positive"] * 5)
    ]
    return pd.DataFrame([emlab.make_record(**row) for row in rows])


def test_a_record_has_the_columns_in_order():
    record = emlab.make_record(**FIELDS)
    assert tuple(record) == emlab.LOG_COLUMNS
    assert record["prompt_sha256"] == hashlib.sha256("Review: ş\nSentiment:".encode()).hexdigest()
    assert (record["parsed"], record["correct"]) == ("positive", True)


@pytest.mark.parametrize("response, parsed", [("negative", "negative"), ("Positive", None), ("", None)])
def test_a_response_that_is_no_choice_is_not_parsed(response, parsed):
    record = emlab.make_record(**{**FIELDS, "response": response})
    assert (record["parsed"], record["correct"]) == (parsed, False)


def test_a_missing_field_is_named():
    fields = {name: value for name, value in FIELDS.items() if name not in ("k", "gold")}
    with pytest.raises(TypeError, match="needs k, gold"):
        emlab.make_record(**fields)


@pytest.mark.parametrize("name", ["shots", "correct", "parsed", "prompt_sha256"])
def test_an_unknown_field_is_named(name):
    with pytest.raises(TypeError, match=f"does not know {name}"):
        emlab.make_record(**FIELDS, **{name: 1})


@pytest.mark.parametrize("ids", ["reviews-pool-0001", (), [1], None])
def test_example_ids_are_a_list_of_strings(ids):
    with pytest.raises(TypeError, match="list of strings"):
        emlab.make_record(**{**FIELDS, "example_ids": ids})


@pytest.mark.parametrize(
    "responses",
    [
        frame(),
        frame("?"),
        frame("?", "positive"),
        frame(example_ids=[]),
    ],
    ids=["parsed", "unparsed", "mixed", "no examples"],
)
def test_the_round_trip_is_exact(responses, tmp_path):
    path = tmp_path / "responses.jsonl.gz"
    emlab.save_responses(responses, path)
    pd.testing.assert_frame_equal(emlab.read_responses(path), responses)


def test_a_further_column_is_kept(tmp_path):
    responses = frame().assign(logprob=-0.1234567890123)
    emlab.save_responses(responses, tmp_path / "r.gz")
    pd.testing.assert_frame_equal(emlab.read_responses(tmp_path / "r.gz"), responses)


def test_an_empty_log_round_trips(tmp_path):
    emlab.save_responses(pd.DataFrame(columns=list(emlab.LOG_COLUMNS)), tmp_path / "r.gz")
    assert emlab.read_responses(tmp_path / "r.gz").shape == (0, len(emlab.LOG_COLUMNS))


def test_the_same_log_gives_the_same_bytes(tmp_path):
    for name in ("a.gz", "b.gz"):
        emlab.save_responses(frame(), tmp_path / name)
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()


def test_what_can_not_be_saved_is_named_and_the_old_file_stays(tmp_path):
    path = tmp_path / "r.gz"
    emlab.save_responses(frame(), path)
    before = path.read_bytes()
    with pytest.raises(ValueError, match="column response holds"):
        emlab.save_responses(frame().assign(response=[object()] * 5), path)
    with pytest.raises(ValueError, match="lack these columns: gold"):
        emlab.save_responses(frame().drop(columns="gold"), path)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["r.gz"]


@pytest.mark.parametrize(
    "content, reason",
    [
        (b"not gzip", "r.gz"),
        (gzip.compress(b'{"a": 1}\n[2]\n', mtime=0), "line 2"),
        (gzip.compress(b"\xff\n", mtime=0), "line 1"),
        (gzip.compress(b'{"a": 1}\n', mtime=0), "lack these columns"),
        (gzip.compress(b'{"a": 1}\n', mtime=0)[:-9], "r.gz"),
    ],
)
def test_a_strange_file_is_named(content, reason, tmp_path):
    path = tmp_path / "r.gz"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=reason):
        emlab.read_responses(path)


def test_a_file_that_is_not_there_is_not_found(tmp_path):
    with pytest.raises(FileNotFoundError):
        emlab.read_responses(tmp_path / "no.gz")


def test_a_bomb_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(log, "MAX_BYTES", 2**20)
    (tmp_path / "r.gz").write_bytes(gzip.compress(b" " * 2**21))
    with pytest.raises(ValueError, match="more than 1 MB"):
        emlab.read_responses(tmp_path / "r.gz")


def test_result_columns_are_the_documented_ones():
    assert emlab.RESULT_COLUMNS[7:13] == ("n", "n_items", "n_correct", "acc", "ci_lo", "ci_hi")
