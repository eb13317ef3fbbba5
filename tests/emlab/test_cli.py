"""The command `emlab`."""

import pytest

import emlab
from emlab import benchmarks
from emlab.cli import main
from emlab.models.base import Model
from tests.emlab.models.server import serve


class Programmer(Model):
    """Solves HumanEval's third problem, and neither the first nor the second."""

    name, params, revision, dtype, max_length = "mock:program", None, "0" * 12, "none", 10_000

    def compute_generation(self, requests):
        return ["    return number % 1.0\n" for _ in requests]

    def compute_loglikelihood(self, requests): ...

    def attention(self, text): ...

    def tokenize(self, text): ...


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
        (["--gen_kwargs", "temperature=1"], "max_gen_toks=NUMBER"),
        (["--limit", "0"], "invalid"),
        (["--output", "nowhere/log.jsonl.gz"], "can not be written into nowhere"),
    ],
)
def test_what_can_be_put_right_is_said_in_a_line(capsys, no_data, arguments, complaint):
    defaults = ["--model", emlab.rungs()[0], "--task", "ladder_reviews", "--limit", "2"]
    status, out, err = run(capsys, "eval", *defaults, *arguments)
    assert status in (1, 2) and out == ""
    assert complaint in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "task", ["ladder_reviews", "ladder_addition_2d", "ladder_word_problems_cot_2", "ladder_commonsense"]
)
def test_a_log_evaluated_again_gives_the_same_table(capsys, tmp_path, task):
    path = str(tmp_path / "log.jsonl.gz")
    settings = ["--task", task, "--limit", "12"]
    _, first, _ = run(capsys, "eval", "--model", emlab.rungs()[-1], *settings, "--output", path)
    again = str(tmp_path / "again.jsonl.gz")
    status, second, err = run(capsys, "eval", "--model", f"recorded:{path}", *settings, "--output", again)
    assert (status, err) == (0, "")
    assert [line for line in second.splitlines() if line.startswith("|")] == [
        line for line in first.splitlines() if line.startswith("|")
    ]
    status, _, err = run(capsys, "eval", "--model", f"recorded:{path}", *settings, "--limit", "13")
    assert status == 1 and "has no answer to the prompt" in err


@pytest.mark.parametrize(
    "model, complaint",
    [
        ("api:gpt", "needs a key. Put it into the environment variable OPENAI_API_KEY"),
        ("api:gpt,base_url=http://127.0.0.1:9/v1", "there is no server at http://127.0.0.1:9/v1/ (Connect"),
        ("api:gpt,base_url=127.0.0.1:9/v1", "base_url must begin with http:// or https://"),
        ("api:gpt,endpoint=talk", "endpoint must be chat or completions"),
        ("recorded:nothing.jsonl.gz", "nothing.jsonl.gz"),
        ("hf:nothing,colour=red", "no option 'colour'"),
    ],
)
def test_a_model_that_is_not_to_be_had_is_said_in_a_line(capsys, monkeypatch, tmp_path, model, complaint):
    monkeypatch.setenv("EMLAB_CACHE", str(tmp_path))
    monkeypatch.setattr("emlab.models.http.FIRST_WAIT", 0.01)
    for variable in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(variable, raising=False)
    task = ("--task", "ladder_word_problems_2", "--limit", "2")
    status, out, err = run(capsys, "eval", "--model", model, *task)
    assert status == 1 and out == ""
    assert complaint in err and err.count("\n") == 1


def test_a_server_without_logprobs_is_said_in_a_line(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("EMLAB_CACHE", str(tmp_path))
    with serve(lambda *_: (200, {"choices": [{"text": "a"}]})) as server:
        model = f"api:gpt,base_url={server.url}"
        status, out, err = run(capsys, "eval", "--model", model, "--task", "ladder_reviews", "--limit", "2")
    assert (status, out) == (1, "")
    assert "can not compare continuations" in err and "Use a task that has the model write" in err


def test_a_model_s_programs_run_in_a_sandbox_or_when_that_is_confirmed(capsys, data, monkeypatch, tmp_path):
    evaluation = ["--model", "mock:program", "--task", "humaneval", "--limit", "3"]
    evaluation += ["--output", str(tmp_path / "log.jsonl.gz")]
    monkeypatch.setattr("emlab.load", lambda spec: Programmer())
    monkeypatch.setattr(benchmarks, "confined", lambda: ())
    status, out, err = run(capsys, "eval", *evaluation)
    assert (status, out) == (1, "") and "this machine has no sandbox for them" in err
    for given, sandbox in (["--confirm_run_unsafe_code"], ()), ([], ("bwrap",)):
        monkeypatch.setattr(benchmarks, "confined", lambda sandbox=sandbox: sandbox)
        status, out, err = run(capsys, "eval", *evaluation, *given)
        assert (status, err) == (0, "") and "|create_test|     0|pass@1|↑  |0.3333|" in out


def test_a_run_that_is_stopped_says_how_it_goes_on(capsys, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(benchmarks, "run", interrupted)
    status, out, err = run(capsys, "eval", "--model", "mock:oracle", "--task", "ladder_reviews")
    assert (status, out) == (130, "") and "the same command goes on from there" in err


def test_models_and_tasks_are_listed(capsys):
    _, models, _ = run(capsys, "models")
    head, *listed = models.partition("\n\n")[0].splitlines()
    assert head.split() == ["model", "parameters", "revision"]
    assert [line.split()[0] for line in listed][: len(emlab.rungs())] == emlab.rungs()
    assert "hf:<id or folder>, api:<model> and recorded:<file>" in models
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
    status, out, _ = run(capsys, "fetch", "gsm8k", "--yes")
    assert status == 0 and (tmp_path / "fresh" / "gsm8k" / "test.jsonl").is_file()
    status, out, _ = run(capsys, "fetch", "gsm8k")
    assert status == 0 and "already" in out
