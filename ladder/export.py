"""Make the shipped files from the training runs, in Hugging Face format with float16 weights.

    python -m ladder.export

Writes emlab/rungs/<rung>/ for every rung, emlab/rungs/<rung>@<tokens>/ for the checkpoints of one rung, and
emlab/rungs/ladder.json, the list of them. Further seeds of a rung are no part of what students get: they go
to ladder/seeds/. A model that was not trained to its end here, or came out the same, stays as it is
listed. Measurements of other weights become stale by this: run ladder.measure and ladder.card.
"""

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import NamedTuple

import torch

import emlab.models.ladder
from emlab.files import write_json
from ladder.compute import flops_per_token
from ladder.rungs import RUNGS, build_model
from ladder.tokenizer import save_tokenizer
from ladder.train import Settings, run_folder

SHIPPED = emlab.models.ladder.FOLDER
SEEDS = Path(__file__).parent / "seeds"
CHECKPOINTS_OF = "774k"  # the rung whose weights on the way are shipped, the last CHECKPOINTS of them
CHECKPOINTS = 4  # the last of them is the end of the main part


def export(checkpoint: Path, folder: Path) -> dict:
    """Write the weights of a training checkpoint to a model folder; returns its entry of ladder.json."""
    state = torch.load(checkpoint, weights_only=True)
    settings = Settings(**state["settings"])
    rung = RUNGS[state["rung"]["name"]]
    model = build_model(rung, settings.seed)
    model.load_state_dict(state["model"])
    unfinished = folder.with_name(f".{folder.name}")
    shutil.rmtree(unfinished, ignore_errors=True)
    model.to(torch.float16).save_pretrained(unfinished)
    save_tokenizer(unfinished)
    (unfinished / "model.safetensors").chmod(0o644)  # written for its owner alone, but everyone reads it
    shutil.rmtree(folder, ignore_errors=True)
    os.replace(unfinished, folder)
    tokens = state["step"] * settings.rows * settings.length
    return {
        "name": folder.name,
        "params": model.num_parameters(),
        "revision": hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()[:12],
        "width": rung.width,
        "layers": rung.layers,
        "heads": rung.heads,
        "hidden": rung.hidden,
        "tokens": tokens,
        "flops": tokens * flops_per_token(rung),
        "cpu_seconds": round(state["cpu_seconds"]),
        "seed": settings.seed,
        "corpus": state["corpus"],
    }


class Model(NamedTuple):
    """A model of the ladder: where its training leaves it, after how many steps, and where it is exported."""

    checkpoint: Path
    step: int
    folder: Path

    def trained(self) -> bool:
        """Whether it was trained here, to the end."""
        if not self.checkpoint.exists():
            return False
        return torch.load(self.checkpoint, weights_only=True)["step"] == self.step


def models() -> dict[str, list[Model]]:
    """Every model, under its list in ladder.json."""
    settings = Settings()

    def trained_from(seed: int, name: str, folder: Path) -> Model:
        return Model(run_folder(name, seed) / "checkpoint.pt", settings.steps, folder)

    return {
        "rungs": [trained_from(rung.seeds[0], rung.name, SHIPPED / rung.name) for rung in RUNGS.values()],
        "checkpoints": [
            Model(
                run_folder(CHECKPOINTS_OF, 0) / f"step-{step}.pt",
                step,
                SHIPPED / checkpoint_name(step, settings),
            )
            for step in settings.milestone_steps[-CHECKPOINTS:]
        ],
        "seeds": [
            trained_from(seed, rung.name, seed_folder(rung.name, seed))
            for rung in RUNGS.values()
            for seed in rung.seeds[1:]
        ],
    }


def listed() -> dict[Path, dict]:
    """The entries of ladder.json, by the folder of the model; none where there is no list yet."""
    path = SHIPPED / "ladder.json"
    lists = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    shipped = lists.get("rungs", []) + lists.get("checkpoints", [])
    return {
        **{SHIPPED / entry["name"]: entry for entry in shipped},
        **{seed_folder(entry["name"], entry["seed"]): entry for entry in lists.get("seeds", [])},
    }


def export_or_keep(model: Model, before: dict | None) -> dict:
    """The entry of a model that was just trained, or the one before. Exits where there is neither."""
    entry = export(model.checkpoint, model.folder) if model.trained() else before
    if entry is None:
        raise SystemExit(f"{model.folder.name} was not trained to its end: `python -m ladder` does that")
    return before if before and before["revision"] == entry["revision"] else entry


def main() -> None:
    before = listed()
    ladder = {
        kind: [export_or_keep(model, before.get(model.folder)) for model in of_kind]
        for kind, of_kind in models().items()
    }
    keep = {entry["name"] for entry in ladder["rungs"] + ladder["checkpoints"]}
    for folder in SHIPPED.iterdir():
        if (folder / "model.safetensors").exists() and folder.name not in keep:
            shutil.rmtree(folder)
    write_json(SHIPPED / "ladder.json", ladder)
    for kind, entries in ladder.items():
        for entry in entries:
            print(kind, entry["name"], entry["seed"], f"{entry['params']:,} parameters", entry["revision"])


def seed_folder(rung: str, seed: int) -> Path:
    """Where a further seed of a rung is, which is measured but not in the package."""
    return SEEDS / f"seed{seed}" / rung


def checkpoint_name(step: int, settings: Settings) -> str:
    """The folder of a checkpoint, "774k@1.25m": the rung and the tokens that it has seen."""
    return f"{CHECKPOINTS_OF}@{step * settings.rows * settings.length / 1e6:.3g}m"


if __name__ == "__main__":
    main()
