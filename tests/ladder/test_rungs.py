"""The shipped rungs, as anybody would load them."""

import hashlib
import json

import pytest
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from ladder.export import SHIPPED
from ladder.rungs import RUNGS

LADDER = json.loads((SHIPPED / "ladder.json").read_text(encoding="utf-8"))["rungs"]


@pytest.mark.parametrize("entry", LADDER, ids=lambda entry: entry["name"])
def test_a_rung_loads_and_is_what_the_list_says(entry):
    folder = SHIPPED / entry["name"]
    model = AutoModelForCausalLM.from_pretrained(folder, local_files_only=True)
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    weights = (folder / "model.safetensors").read_bytes()
    assert hashlib.sha256(weights).hexdigest()[:12] == entry["revision"]
    assert model.num_parameters() == entry["params"]
    assert entry["name"] == f"{round(entry['params'] / 1000)}k"
    config = model.config
    shape = (config.hidden_size, config.num_hidden_layers, config.num_attention_heads)
    rung = RUNGS[entry["name"]]
    assert shape == (entry["width"], entry["layers"], entry["heads"]) == (rung.width, rung.layers, rung.heads)
    assert config.vocab_size == len(tokenizer)
    with torch.no_grad():
        logits = model(**tokenizer("Review: the soup was cold\nSentiment:", return_tensors="pt")).logits
    assert logits.isfinite().all()


def test_every_rung_is_shipped_smallest_first_and_saw_the_same_tokens():
    assert [entry["name"] for entry in LADDER] == list(RUNGS)
    params = [entry["params"] for entry in LADDER]
    assert params == sorted(params)
    assert len({entry["tokens"] for entry in LADDER}) == 1
    assert {path.name for path in SHIPPED.iterdir() if path.is_dir()} - {"measured"} == set(RUNGS)


def test_the_ladder_is_small_enough_to_ship():
    assert sum(path.stat().st_size for path in SHIPPED.rglob("*") if path.is_file()) < 5e6
