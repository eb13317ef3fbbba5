"""emlab's numbers are those of lm-evaluation-harness's simple_evaluate: same items, same rung."""

import math

import pytest

import emlab
from emlab import benchmarks
from emlab.benchmarks.evaluate import evaluate, evaluate_group
from emlab.benchmarks.table import results_table
from emlab.benchmarks.task import Group
from tests.emlab.benchmarks import harness

ITEMS = 16


def agree(ours, theirs):
    """Every prompt and answer, every value and standard error, and the table."""
    (results,) = theirs["results"].values()
    assert {(v.metric, v.filter) for v in ours.values} == {
        tuple(key.split(",")) for key in results if "," in key and "_stderr" not in key
    }
    for metric, name, value, stderr in ours.values:
        assert value == pytest.approx(results[f"{metric},{name}"], abs=1e-12)
        assert stderr == pytest.approx(results[f"{metric}_stderr,{name}"], abs=1e-12)
    (samples,) = theirs["samples"].values()
    assert len(samples) == len(ours.rows)
    for row, sample in zip(by_filter(ours.rows), by_filter(samples), strict=True):
        assert row["prompt"] == sample["arguments"][0][0]
        answers = [resp[0] for resp in sample["resps"]]
        if isinstance(answers[0], str):
            assert row["response"] == answers[0]
        else:
            assert row["logprobs"] == pytest.approx([logprob for logprob, _ in answers], abs=1e-4)
        for metric in {value.metric for value in ours.values}:
            assert row[metric] == sample[metric]
    from lm_eval.utils import make_table

    assert table_cells(results_table([ours])) == table_cells(make_table(theirs))


def by_filter(rows):
    """Rows of the log, or the harness's samples, filter by filter, in the order of the items."""
    return sorted(rows, key=lambda row: row["strategy"] if "strategy" in row else row["filter"])


def table_cells(table):
    """The texts of a table, line by line; numbers as numbers: the harness writes 0.625 for 0.6250."""

    def read(cell):
        try:
            return float(cell)
        except ValueError:
            return cell.strip()

    return [[read(cell) for cell in line.split("|")] for line in table.strip().splitlines()[2:]]


@pytest.mark.parametrize(
    "name, shots",
    [
        ("ladder_commonsense", 0),  # acc and acc_norm, choices of different lengths
        ("ladder_knowledge_cloze", 0),
        ("ladder_knowledge_geography", 0),  # letters
        ("ladder_reviews_arbitrary", 5),
        ("ladder_translation_labelled", 2),
        ("ladder_word_problems_2", 0),
    ],
)
def test_a_ladder_s_task(name, shots):
    rung = emlab.rungs()[-1]
    task = benchmarks.get_task(name)
    if task.filter_list[0].name != "none":  # the harness's exact_match has no filter to strip here
        task = _without_filter(task)
    ours = evaluate(emlab.load(rung), task, shots, ITEMS)
    agree(ours, harness.evaluate(rung, harness.from_ours(task), shots, ITEMS))


def _without_filter(task):
    from dataclasses import replace

    return replace(task, filter_list=(benchmarks.Filter(),))


@pytest.mark.parametrize("shots", [0, 2])
def test_gsm8k(data, shots):
    """Both filters; the rung reads 192 tokens only, so the prompts lose their beginnings, on both sides."""
    rung = emlab.rungs()[-1]
    task = benchmarks.get_task("gsm8k")
    theirs = harness.from_yaml("gsm8k/gsm8k.yaml", task.docs(), task.fewshot_docs())
    ours = evaluate(emlab.load(rung), task, shots, ITEMS, max_gen_toks=24)
    agree(ours, harness.evaluate(rung, theirs, shots, ITEMS, gen_kwargs={"max_gen_toks": 24}))


@pytest.mark.parametrize("shots", [0, 5])
def test_mmlu(data, shots):
    rung = emlab.rungs()[-1]
    task = benchmarks.get_task("mmlu_virology")
    theirs = harness.from_yaml("mmlu/default/mmlu_virology.yaml", task.docs(), task.fewshot_docs())
    assert theirs.config.task_alias == "virology"
    theirs.config.task_alias = None
    agree(evaluate(emlab.load(rung), task, shots, ITEMS), harness.evaluate(rung, theirs, shots, ITEMS))


def test_sst2_like():
    rung = emlab.rungs()[-1]
    task = benchmarks.get_task("sst2_like")
    theirs = harness.from_yaml("glue/sst2/default.yaml", task.docs(), task.fewshot_docs(), task="sst2_like")
    agree(evaluate(emlab.load(rung), task, 3, ITEMS), harness.evaluate(rung, theirs, 3, ITEMS))


def test_loglikelihood_of_the_target():
    """As in the harness's arithmetic tasks: right is what the model would write."""
    rung = emlab.rungs()[-1]
    task = benchmarks.get_task("ladder_addition_2d")
    agree(
        evaluate(emlab.load(rung), task, 0, ITEMS), harness.evaluate(rung, harness.from_ours(task), 0, ITEMS)
    )


def test_a_group_is_weighted_by_size():
    from lm_eval.api.metrics import aggregate_subtask_metrics, pooled_sample_stderr

    model = emlab.load(emlab.rungs()[-1])
    parts = [
        evaluate(model, benchmarks.get_task(name), limit=n)
        for name, n in (("ladder_knowledge_geography", 11), ("ladder_knowledge_people", 30))
    ]
    whole = evaluate_group(Group("both", ()), parts)
    ((metric, _, value, stderr),) = whole.values
    values, errors = zip(*[(part.values[0].value, part.values[0].stderr) for part in parts], strict=True)
    sizes = [11, 30]
    assert (metric, whole.n) == ("acc", 41)
    assert value == pytest.approx(aggregate_subtask_metrics(list(values), sizes))
    assert stderr == pytest.approx(pooled_sample_stderr(list(errors), sizes))


def test_one_item_has_no_standard_error():
    result = evaluate(emlab.load(emlab.rungs()[0]), benchmarks.get_task("ladder_commonsense"), limit=1)
    assert [value.stderr for value in result.values] == [None, None]
    assert "N/A" in results_table([result])


def test_the_log_holds_what_was_asked_and_answered(tmp_path):
    import pandas as pd

    model = emlab.load(emlab.rungs()[-1])
    task = benchmarks.get_task("ladder_reviews")
    result = evaluate(model, task, 2, 10)
    log = pd.DataFrame(result.rows)
    emlab.save_responses(log, tmp_path / "log.jsonl.gz")
    back = emlab.read_responses(tmp_path / "log.jsonl.gz")
    assert tuple(back.columns[: len(emlab.LOG_COLUMNS)]) == emlab.LOG_COLUMNS
    assert back["prompt_sha256"].tolist() == [emlab.prompt_sha256(prompt) for prompt in back["prompt"]]
    assert back["correct"].mean() == result.values[0].value
    assert all(len(ids) == 2 for ids in back["example_ids"])
    first = back.iloc[0]
    scored = model.loglikelihood([(first["prompt"], f" {choice}") for choice in first["choices"]])
    assert first["logprobs"] == pytest.approx([logprob for logprob, _ in scored], abs=1e-6)
    assert first["response"] == first["choices"][max(range(2), key=lambda i: scored[i][0])]


def test_the_same_run_has_the_same_id_and_another_one_another():
    model = emlab.load(emlab.rungs()[0])
    task = benchmarks.get_task("ladder_commonsense")
    first, again, other = (evaluate(model, task, limit=n).rows[0]["run_id"] for n in (3, 3, 4))
    assert first == again != other


def test_too_many_shots_are_said_before_anything_is_asked():
    task = benchmarks.get_task("ladder_commonsense")
    with pytest.raises(ValueError, match="ladder_commonsense has 0 examples.*not 3"):
        evaluate(emlab.load("mock:oracle"), task, 3, 5)


def test_no_room_to_answer(data):
    rung = emlab.rungs()[0]
    with pytest.raises(ValueError, match="bbh_cot_fewshot_navigate lets a model write 1024 tokens"):
        evaluate(emlab.load(rung), benchmarks.get_task("bbh_cot_fewshot_navigate"), limit=2)


@pytest.mark.parametrize("name", [n for n in benchmarks.tasks() if n.startswith(("ladder_", "sst2_like"))])
def test_every_task_of_the_ladder_runs_as_installed(name, no_data):
    result = evaluate(emlab.load(emlab.rungs()[0]), benchmarks.get_task(name), limit=2)
    assert result.n == 2
    assert all(0 <= value.value <= 1 and math.isfinite(value.stderr) for value in result.values)
    assert len({row["item_id"] for row in result.rows}) == 2
