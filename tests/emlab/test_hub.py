"""Benchmarks and models that come from a hub: the real libraries, the real command, a hub on 127.0.0.1."""

import json
import shutil

import pytest

import emlab
from emlab.models.ladder import find_rung
from tests.emlab import command, hub

pytestmark = pytest.mark.timeout(3600)

ROWS = {
    "test": [{"question": f"What is {i} + {i}?", "answer": f"Twice {i}.\n#### {2 * i}"} for i in range(1, 5)],
    "train": [{"question": f"What is {i} + 1?", "answer": f"One more.\n#### {i + 1}"} for i in range(1, 9)],
}


@pytest.fixture
def served(tmp_path):
    """A hub with GSM8K's dataset in small, and a rung as somebody's model."""
    dataset, model = tmp_path / "dataset", tmp_path / "model"
    (dataset / "main").mkdir(parents=True)
    for split, rows in ROWS.items():
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (dataset / "main" / f"{split}.jsonl").write_text(lines)
    config = "configs:\n- config_name: main\n  data_files:\n"
    config += "".join(f"  - split: {split}\n    path: main/{split}.jsonl\n" for split in ROWS)
    (dataset / "README.md").write_text(f"---\n{config}---\n")
    shutil.copytree(find_rung(emlab.rungs()[0]).folder, model)
    with hub.serve({"datasets/openai/gsm8k": dataset, "models/somebody/rung": model}) as server:
        yield server


def test_a_model_and_a_benchmark_from_the_hub(served, tmp_path):
    home = tmp_path / "home"
    status, out, err = command.run(home, "fetch", "gsm8k", "--yes", HF_ENDPOINT=served.url)
    assert status == 0, out + err
    assert "where it can be reached, all of openai/gsm8k" in out and f"revision {hub.COMMIT}" in out
    evaluation = ("eval", "--model", "hf:somebody/rung", "--task", "gsm8k", "--num_fewshot", "1")
    short = ("--gen_kwargs", "max_gen_toks=8", "--output", "log.jsonl.gz")
    status, out, err = command.run(home, *evaluation, *short, HF_ENDPOINT=served.url)
    assert status == 0, out + err
    assert f"hf:somebody/rung (21,600), revision {hub.COMMIT[:12]}, float32" in out
    log = emlab.read_responses(home / "log.jsonl.gz")
    assert log["item_id"].unique().tolist() == [f"gsm8k-test-{i:04d}" for i in range(1, 5)]
    assert set(log["example_ids"].str[0]) <= {f"gsm8k-train-{i:04d}" for i in range(1, 9)}
    rung = emlab.load(emlab.rungs()[0])
    how = {"until": ["Question:", "</s>", "<|im_end|>"], "max_gen_toks": 8}
    assert log["response"].tolist() == rung.generate_until([(prompt, how) for prompt in log["prompt"]])


def test_what_the_hub_does_not_have_is_said_in_a_line(served, tmp_path):
    status, _, err = command.run(tmp_path / "home", "fetch", "sst2", "--yes", HF_ENDPOINT=served.url)
    assert status == 1 and "hub does not give nyu-mll/glue" in err and "Traceback" not in err
