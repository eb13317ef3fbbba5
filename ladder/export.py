"""Make the shipped files from the training runs, in Hugging Face format with float16 weights.

    python -m ladder.export

Writes emlab/rungs/<rung>/ for every rung and then emlab/rungs/ladder.json, the list of them, smallest first.
Measurements of other weights become stale by this: run ladder.measure and ladder.card next.
"""

import hashlib
import json
import os
import shutil
from pathlib import Path

import torch

import emlab.models.ladder
from ladder.rungs import RUNGS, Rung, build_model
from ladder.tokenizer import save_tokenizer
from ladder.train import Settings, run_folder

SHIPPED = emlab.models.ladder.FOLDER


def export(rung: Rung, checkpoint: Path, shipped: Path = SHIPPED) -> dict:
    """Write one rung's folder from a training checkpoint; returns its entry of ladder.json."""
    state = torch.load(checkpoint, weights_only=True)
    settings = Settings(**state["settings"])
    model = build_model(rung, settings.seed)
    model.load_state_dict(state["model"])
    unfinished = shipped / f".{rung.name}"
    shutil.rmtree(unfinished, ignore_errors=True)
    model.to(torch.float16).save_pretrained(unfinished)
    save_tokenizer(unfinished)
    (unfinished / "model.safetensors").chmod(0o644)  # written for its owner alone, but everyone reads it
    folder = shipped / rung.name
    shutil.rmtree(folder, ignore_errors=True)
    os.replace(unfinished, folder)
    return {
        "name": rung.name,
        "params": model.num_parameters(),
        "revision": hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()[:12],
        "width": rung.width,
        "layers": rung.layers,
        "heads": rung.heads,
        "tokens": state["step"] * settings.rows * settings.length,
        "seed": settings.seed,
    }


def write_json(path: Path, content: object) -> None:
    unfinished = path.with_suffix(".tmp")
    unfinished.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    os.replace(unfinished, path)


def main() -> None:
    entries = [export(rung, run_folder(rung, Settings()) / "checkpoint.pt") for rung in RUNGS.values()]
    write_json(SHIPPED / "ladder.json", {"rungs": entries})
    for entry in entries:
        print(entry["name"], entry["params"], entry["revision"], f"{entry['tokens']:,} tokens")


if __name__ == "__main__":
    main()
