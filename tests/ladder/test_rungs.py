"""The shipped rungs, as anybody would load them."""

import hashlib
import json

import pytest
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from ladder.corpus.stored import fingerprint
from ladder.export import SHIPPED
from ladder.rungs import RUNGS

LISTS = json.loads((SHIPPED / "ladder.json").read_text(encoding="utf-8"))
LADDER, CHECKPOINTS, SEEDS = LISTS["rungs"], LISTS["checkpoints"], LISTS["seeds"]


def rounded(params: int) -> str:
    """The number of parameters as rungs are named after it: 774k, 1.8m."""
    return f"{params / 1e6:.2g}m" if params >= 1e6 else f"{round(params / 1000)}k"


@pytest.mark.parametrize("entry", LADDER + CHECKPOINTS, ids=lambda entry: entry["name"])
def test_a_rung_loads_and_is_what_the_list_says(entry):
    folder = SHIPPED / entry["name"]
    model = AutoModelForCausalLM.from_pretrained(folder, local_files_only=True)
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    weights = (folder / "model.safetensors").read_bytes()
    assert hashlib.sha256(weights).hexdigest()[:12] == entry["revision"]
    assert model.num_parameters() == entry["params"]
    name = entry["name"].partition("@")[0]
    assert name == rounded(entry["params"])
    config = model.config
    shape = (config.hidden_size, config.num_hidden_layers, config.num_attention_heads)
    rung = RUNGS[name]
    assert shape == (entry["width"], entry["layers"], entry["heads"]) == (rung.width, rung.layers, rung.heads)
    assert config.vocab_size == len(tokenizer)
    with torch.no_grad():
        logits = model(**tokenizer("Review: the soup was cold\nSentiment:", return_tensors="pt")).logits
    assert logits.isfinite().all()


def test_every_rung_is_shipped_smallest_first_and_saw_the_same_tokens_of_the_same_corpus():
    assert [entry["name"] for entry in LADDER] == list(RUNGS)
    assert len(RUNGS) >= 6
    params = [entry["params"] for entry in LADDER]
    assert params == sorted(params)
    assert len({entry["tokens"] for entry in LADDER + SEEDS}) == 1
    assert {entry["corpus"] for entry in LADDER + CHECKPOINTS + SEEDS} == {fingerprint()}


def test_nothing_else_is_shipped():
    shipped = {entry["name"] for entry in LADDER + CHECKPOINTS}
    assert {path.name for path in SHIPPED.iterdir() if path.is_dir()} == shipped | {"measured", "figures"}


def test_checkpoints_are_of_one_rung_in_the_order_of_its_training():
    assert len(CHECKPOINTS) >= 2
    (rung,) = {entry["name"].partition("@")[0] for entry in CHECKPOINTS}
    finished = next(entry for entry in LADDER if entry["name"] == rung)
    tokens = [entry["tokens"] for entry in CHECKPOINTS]
    assert tokens == sorted(tokens) and tokens[-1] < finished["tokens"]


def test_the_four_smallest_rungs_were_trained_from_three_seeds():
    for name in list(RUNGS)[:4]:
        seeds = {entry["seed"] for entry in LADDER + SEEDS if entry["name"] == name}
        assert len(seeds) == 3


def test_the_ladder_is_small_enough_to_ship():
    assert sum(path.stat().st_size for path in SHIPPED.rglob("*") if path.is_file()) < 40e6
