"""Checkpoints of a training: everything that it needs to go on as if it had never stopped."""

import os
from dataclasses import asdict
from pathlib import Path

import torch

from ladder.corpus.stored import fingerprint
from ladder.rungs import Rung


def save(path: Path, model, optimizers, step: int, cpu_seconds: float, rung: Rung, settings) -> None:
    """Write a checkpoint; the old one stays until the new one is complete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    state = {
        "model": model.state_dict(),
        "optimizers": [optimizer.state_dict() for optimizer in optimizers],
        "step": step,
        "cpu_seconds": cpu_seconds,
        "corpus": fingerprint(),
        "rung": asdict(rung),
        "settings": asdict(settings),
    }
    unfinished = path.with_suffix(".tmp")
    torch.save(state, unfinished)
    os.replace(unfinished, path)


def load(path: Path, model, optimizers, rung: Rung, settings) -> tuple[int, float]:
    """Load the checkpoint into the model and the optimizers: (steps done, CPU seconds spent on them).

    (0, 0.0) where there is none. Exits with a message when it was made with other settings.
    """
    if not path.exists():
        return 0, 0.0
    state = torch.load(path, weights_only=True)
    if state["rung"] != asdict(rung) or state["settings"] != asdict(settings):
        raise SystemExit(f"{path} was made with other settings; move it away to start afresh")
    if state["corpus"] != fingerprint():
        raise SystemExit(f"{path} was trained on another corpus; move it away to start afresh")
    model.load_state_dict(state["model"])
    for optimizer, saved in zip(optimizers, state["optimizers"], strict=True):
        optimizer.load_state_dict(saved)
    return state["step"], state["cpu_seconds"]
