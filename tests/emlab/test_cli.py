"""The command `emlab`."""

import pytest

import emlab
from emlab.cli import main


def run(capsys, *arguments):
    """Exit status, what was printed, what was complained about."""
    try:
        status = main(arguments)
    except SystemExit as stopped:
        status = stopped.code
    said = capsys.readouterr()
    return status, said.out, said.err


def test_eval_prints_the_table_and_writes_the_log(capsys, tmp_path):
    rung = emlab.rungs()[0]
    path = tmp_path / "log.jsonl.gz"
    status, out, err = run(
        capsys, "eval", "--model", rung, "--task", "ladder_reviews,ladder_word_problems_2",
        "--num_fewshot", "0", "--limit", "4", "--output", str(path),
    )  # fmt: skip
    assert (status, err) == (0, "")
    assert (
        "|Tasks                 |Version|Filter           |n-shot|Metric     |   |Value |   |Stderr|" in out
    )
    assert str(path) in out
    log = emlab.read_responses(path)
    assert log["condition"].tolist() == ["ladder_reviews"] * 4 + ["ladder_word_problems_2"] * 4
    assert set(log["model"]) == {rung}


def test_eval_names_the_log_after_the_run(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    status, out, _ = run(
        capsys, "eval", "--model", "mock:oracle", "--task", "ladder_reviews",
        "--num_fewshot", "0", "--limit", "3",
    )  # fmt: skip
    assert status == 0
    (written,) = tmp_path.iterdir()
    assert written.name == "mock-oracle_ladder_reviews_0-shot_first-3.jsonl.gz"
    assert written.name in out


def test_a_group_comes_with_its_tasks(capsys, tmp_path):
    status, out, _ = run(
        capsys, "eval", "--model", emlab.rungs()[0], "--task", "ladder_knowledge", "--limit", "3",
        "--output", str(tmp_path / "log.jsonl.gz"),
    )  # fmt: skip
    assert status == 0
    assert "|ladder_knowledge_geography " in out
    assert "|Groups          |" in out


@pytest.mark.parametrize(
    "arguments, complaint",
    [
        (["--task", "hellaswog"], "There is no benchmark 'hellaswog'"),
        (["--model", "ladder/none"], "no model 'ladder/none'"),
        (["--task", "ladder_proverb", "--num_fewshot", "2"], "0 examples"),
        (["--task", "gsm8k"], "emlab fetch gsm8k"),
        (["--task", "humaneval"], "--confirm_run_unsafe_code"),
        (["--gen_kwargs", "temperature=1"], "max_gen_toks=NUMBER"),
        (["--limit", "0"], "invalid"),
    ],
)
def test_what_can_be_put_right_is_said_in_a_line(capsys, no_data, arguments, complaint):
    defaults = ["--model", emlab.rungs()[0], "--task", "ladder_reviews", "--limit", "2"]
    status, out, err = run(capsys, "eval", *defaults, *arguments)
    assert status in (1, 2) and out == ""
    assert complaint in err
    assert "Traceback" not in err


def test_models_and_tasks_are_listed(capsys):
    _, models, _ = run(capsys, "models")
    assert [line.split()[0] for line in models.splitlines()] == emlab.rungs()
    _, tasks, _ = run(capsys, "tasks", "gsm8k")
    assert [line.split()[0] for line in tasks.splitlines()] == ["gsm8k", "gsm8k_cot"]


def test_fetch_asks_first(capsys, no_data, monkeypatch, tmp_path):
    status, out, err = run(capsys, "fetch", "gsm8k")
    assert status == 1 and "--yes" in err
    assert "licence: MIT" in out and "749,738 bytes" in out
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda question: "n")
    status, out, _ = run(capsys, "fetch", "gsm8k")
    assert status == 1 and "Nothing was fetched" in out
    assert not no_data.exists()


def test_fetch_from_the_mirror(capsys, data, monkeypatch, tmp_path):
    monkeypatch.setenv("EMLAB_DATA", str(tmp_path / "fresh"))
    status, out, _ = run(capsys, "fetch", "humaneval", "--yes")
    assert status == 0 and (tmp_path / "fresh" / "humaneval" / "HumanEval.jsonl.gz").is_file()
    status, out, _ = run(capsys, "fetch", "humaneval")
    assert status == 0 and "already" in out
