import json

import pytest

import emlab
from emgrader.broker.journal import Journal, journal_path, read_journal
from emgrader.broker.protocol import parse


@pytest.fixture
def journal(tmp_path):
    return Journal(tmp_path / "sub" / "student01.jsonl")


def ask(op, *requests):
    return parse({"op": op, "model": emlab.rungs()[0], "requests": list(requests)})


def test_each_request_is_a_line_that_a_row_of_responses_can_be_matched_with(journal):
    journal.write(
        ask("loglikelihood", ["p", " a"], ["p", " b"]), [[-0.5, True], [-1.5, False]], [True, False]
    )
    first, second = read_journal(journal.path)
    assert first["prompt_sha256"] == emlab.prompt_sha256("p")
    assert (first["op"], first["model"], len(first["revision"])) == ("loglikelihood", emlab.rungs()[0], 12)
    assert (first["asked"], first["answer"], first["cached"]) == (" a", [-0.5, True], True)
    assert (second["asked"], second["answer"], second["cached"]) == (" b", [-1.5, False], False)


def test_a_generation_keeps_its_settings_and_its_text(journal):
    how = {"until": ["\n"], "max_gen_toks": 4}
    journal.write(ask("generate_until", ["p", how]), [" x"], [False])
    (line,) = read_journal(journal.path)
    assert (line["asked"], line["answer"]) == (how, " x")


def test_long_texts_are_kept_as_hashes(journal):
    journal.write(ask("loglikelihood", ["p", "x" * 5000]), [[-1.0, False]], [False])
    journal.write(ask("generate_until", ["p", {"until": ["y" * 5000]}]), ["z" * 5000], [False])
    journal.write(ask("attention", "q" * 5000), [{"tokens": ["q"] * 5000, "weights": {}}], [False])
    first, second, third = read_journal(journal.path)
    assert first["asked"] == {"sha256": emlab.prompt_sha256("x" * 5000)}
    assert second["answer"] == {"sha256": emlab.prompt_sha256("z" * 5000)}
    assert third["answer"] is None
    assert journal.path.stat().st_size < 2000


def test_a_line_that_was_not_finished_is_skipped(journal):
    journal.write(ask("tokenize", "a"), [["a"]], [False])
    with journal.path.open("a") as file:
        file.write('{"op": "tok')
    assert len(list(read_journal(journal.path))) == 1


def test_a_journal_starts_afresh(journal):
    journal.write(ask("tokenize", "a"), [["a"]], [False])
    journal.close()
    Journal(journal.path).close()
    assert list(read_journal(journal.path)) == []


@pytest.mark.parametrize("submission", ["student01", "few_shot/student01", "../../etc", "Иван", "a b"])
def test_every_submission_has_a_file_in_the_folder(tmp_path, submission):
    path = journal_path(tmp_path, submission)
    assert path.parent == tmp_path
    path.write_text(json.dumps(submission))


@pytest.mark.parametrize("submission", ["", "x" * 300])
def test_an_odd_name_is_named(tmp_path, submission):
    with pytest.raises(ValueError, match="can not be the name of a submission"):
        journal_path(tmp_path, submission)
