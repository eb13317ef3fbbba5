import os
from pathlib import Path

import pandas as pd
import pytest

import emlab
from emlab.benchmarks.fetch import MIRROR_VARIABLE
from tests.conftest import require

UNITS = {"M": 10**6, "B": 10**9}
# Of the rows that were transcribed from a secondary text, those that were then looked up in the paper's own:
# Hendrycks et al. 2021, section 3 ("obtain 34.5% accuracy", "is approximately 89.8%") and
# the LaTeX of Touvron et al. 2023, Table 9.
LOOKED_UP = {("MMLU", 89.8), ("MMLU", 34.5), *(("MMLU", value) for value in (35.1, 46.9, 57.8, 63.4))}


@pytest.fixture
def transcribed():
    """A function that reads a table as it was transcribed, with what each row was verified against."""
    folder = Path(os.environ.get(MIRROR_VARIABLE) or "", "published")
    require(
        folder.is_dir(), f"{MIRROR_VARIABLE} names no folder with the transcribed tables, published/*.csv"
    )
    return lambda name: pd.read_csv(folder / f"{name}.csv", keep_default_na=False, dtype=str)


def test_table_h1_row_by_row(transcribed):
    ours = emlab.published("gpt3_table_h1")
    assert set(ours.pop("source")) == {"Brown et al. 2020 arXiv:2005.14165"}
    assert set(ours.pop("table")) == {"Table H.1"}
    pd.testing.assert_frame_equal(ours, transcribed("gpt3_table_h1").astype(ours.dtypes))


def test_emergent_abilities_row_by_row(transcribed):
    ours = emlab.published("wei2022_emergent")
    theirs = transcribed("wei2022_emergent_table1").astype({"train_flops": float})
    theirs["params"] = [float(text[:-1]) * UNITS[text[-1]] for text in theirs["params"]]
    columns = list(theirs.columns)
    pd.testing.assert_frame_equal(ours[columns], theirs, check_dtype=False)


def test_results_row_by_row(transcribed):
    """The verified rows, all of them and nothing else."""
    theirs = transcribed("published_results").astype({"value": float})
    keys = zip(theirs["benchmark"], theirs["value"], strict=True)
    looked_up = pd.Series([key in LOOKED_UP for key in keys])
    assert sum(looked_up) == len(LOOKED_UP)
    assert set(theirs[looked_up]["verified"]) == {"secondary stored text"}
    theirs = theirs[~theirs["verified"].str.startswith("secondary") | looked_up]
    assert (theirs["verified"] != "").all()
    ours = emlab.published("results")
    assert len(ours) == len(theirs)
    for row, other in zip(ours.to_dict("records"), theirs.to_dict("records"), strict=True):
        if row["model"] == "human":
            assert other["model"].startswith("human") and row["table"] == "section 3"
            assert row["source"].startswith(other["source"])
        else:
            assert [row[c] for c in ("model", "setting", "source")] == [
                other[c] for c in ("model", "setting", "source")
            ]
            assert row["table"] == other["locator"]
        assert [row[c] for c in ("benchmark", "metric", "value")] == [
            other[c] for c in ("benchmark", "metric", "value")
        ]
        if other["params_b"]:  # rounded; ours may be the exact number
            assert row["params"] == pytest.approx(float(other["params_b"]) * 1e9, rel=0.02)
        else:
            assert pd.isna(row["params"])


def test_compute_is_that_of_the_source_it_names(transcribed):
    emergent, h1 = transcribed("wei2022_emergent_table1"), transcribed("gpt3_table_h1")
    known = {("Thoppilan et al. 2022 arXiv:2201.08239 section 10", "LaMDA", 137e9): 3.55e23}
    for row in emergent.itertuples():
        params = float(row.params[:-1]) * UNITS[row.params[-1]]
        known["Wei et al. 2022 arXiv:2206.07682 Table 1", row.model, params] = float(row.train_flops)
    for row in h1.itertuples():
        source = "Brown et al. 2020 arXiv:2005.14165 Table D.1"
        known[source, "GPT-3", float(row.params)] = float(row.train_flops)
    results = emlab.published("results").dropna(subset=["train_flops"])
    assert len(results) == 16
    for row in results.to_dict("records"):
        model = "GPT-3" if row["model"].startswith("GPT-3") else row["model"]
        assert known[row["compute_source"], model, row["params"]] == row["train_flops"]


def test_table_h1_is_whole():
    table = emlab.published("gpt3_table_h1")
    assert len(table) == 44 * 3 * 8
    assert not table.isna().any().any()
    assert not table.duplicated(["task", "setting", "size"]).any()
    assert set(table["setting"]) == {"zero", "one", "few"}
    assert table["params"].nunique() == table["size"].nunique() == 8
    assert table["value"].between(0, 100).all()


@pytest.mark.parametrize(
    "task, setting, value",
    [("HellaSwag", "zero", 78.9), ("LAMBADA", "few", 86.4), ("TriviaQA", "one", 68.0), ("PIQA", "few", 82.3)],
)
def test_figures_that_the_paper_s_text_gives_too(task, setting, value):
    """Brown et al. 2020, sections 3.1 and 3.2, for 175B."""
    table = emlab.published("gpt3_table_h1").query("task == @task and setting == @setting and size == '175B'")
    assert table["value"].tolist() == [value]


def test_a_table_names_its_source():
    assert "Brown et al. 2020" in emlab.published("gpt3_table_h1").attrs["source"]


@pytest.mark.parametrize("name", ["gpt5", "", "../papers"])
def test_an_unknown_table_is_named_with_those_that_exist(name):
    with pytest.raises(ValueError, match=f"{name!r}.*gpt3_table_h1"):
        emlab.published(name)


def test_results_name_source_and_table_in_each_row():
    table = emlab.published("results")
    assert len(table) == 86
    assert (table[["benchmark", "model", "setting", "metric", "source", "table"]] != "").all().all()
    assert table["value"].between(0, 100).all()
    assert not table.duplicated(["benchmark", "model", "params", "setting", "metric", "source"]).any()
    # compute is given with its source, and nowhere else
    assert (table["train_flops"].notna() == (table["compute_source"] != "")).all()


@pytest.mark.parametrize(
    "name, rows, query, value",
    [
        ("wei2022_cot", 28, "model == 'PaLM' and params == 540e9 and setting == '8-shot CoT'", 56.9),
        ("codex", 14, "params == 12e9 and metric == 'pass@1'", 28.81),
        ("mmlu", 20, "model == 'GPT-3 Large'", 26.0),
        ("mmlu", 20, "model == 'LLaMA' and params == 7e9", 35.1),
        ("palm", 9, "benchmark == 'MMLU' and params == 62e9", 53.7),
        ("human", 2, "setting == 'crowd workers (measured)'", 34.5),
        ("gpt4", 7, "benchmark == 'HumanEval' and model == 'GPT-4'", 67.0),
    ],
)
def test_parts_of_the_results(name, rows, query, value):
    table = emlab.published(name)
    assert len(table) == rows
    assert table.query(query)["value"].tolist() == [value]


def test_recomputed_accuracies_are_those_of_the_recordings(data):
    log = emlab.recorded_responses("gsm8k")
    found = sorted(round(100 * log.groupby(["model", "condition"])["correct"].mean(), 2))
    table = emlab.published("results").query("benchmark == 'GSM8K' and source.str.startswith('openai/')")
    assert sorted(table["value"]) == found


def test_emergent_abilities():
    table = emlab.published("wei2022_emergent")
    assert len(table) == 22
    row = table[table["ability"] == "Calibration via P(True)"].iloc[0]
    assert (row["params"], row["train_flops"]) == (52_000_000_000, 2.6e23)
    assert "Wei, J. et al. 2022" in table.attrs["source"]


def test_what_was_measured_on_every_rung():
    table = emlab.measured("proverb")
    assert set(emlab.rungs()) < set(table["model"])
    assert set(emlab.shipped(table)["model"]) == set(emlab.rungs())
    assert table["value"].between(table["ci_lo"] - 1e-4, table["ci_hi"] + 1e-4).all()


@pytest.mark.parametrize("name", ["made", "../ladder", ""])
def test_an_unknown_measured_table_is_named_with_those_that_exist(name):
    with pytest.raises(ValueError, match=f"{name!r}.*proverb"):
        emlab.measured(name)


def test_paired_counts_give_the_published_scores():
    """Suzgun et al. 2022; tests/emlab/benchmarks/test_recorded.py counts them anew from the answers."""
    table = emlab.published("bbh_codex").set_index("task")
    assert (table[["both", "direct_only", "cot_only", "neither"]].sum(axis=1) == table["n"]).all()
    direct = (100 * (table["both"] + table["direct_only"]) / table["n"]).round(1)
    steps = (100 * (table["both"] + table["cot_only"]) / table["n"]).round(1)
    assert (direct["word_sorting"], steps["word_sorting"]) == (50.4, 40.4)
    assert (direct["causal_judgement"], steps["causal_judgement"]) == (63.6, 54.0)
    assert "Suzgun et al. 2022" in table.attrs["source"]
