"""What all measurements share: the shipped rungs, intervals, and tables written in one go."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import torch
from transformers import AutoModelForCausalLM

from emlab.stats import wilson_interval
from ladder.export import SHIPPED

MEASURED = SHIPPED / "measured"


@dataclass(frozen=True)
class Loaded:
    """A shipped rung in memory: its entry of ladder.json and the model in float32."""

    entry: dict
    model: torch.nn.Module

    def columns(self) -> dict:
        """The columns that every table begins with."""
        return {
            "model": f"ladder/{self.entry['name']}",
            "params": self.entry["params"],
            "revision": self.entry["revision"],
        }


def rungs() -> Iterator[Loaded]:
    """Every shipped rung, smallest first; attention weights can be asked for."""
    for entry in json.loads((SHIPPED / "ladder.json").read_text(encoding="utf-8"))["rungs"]:
        model = AutoModelForCausalLM.from_pretrained(
            SHIPPED / entry["name"], dtype=torch.float32, attn_implementation="eager", local_files_only=True
        )
        yield Loaded(entry, model.eval())


def share(name: str, successes: float, n: int) -> dict:
    """A share of n items with its interval, as columns `name`, `ci_lo` and `ci_hi`."""
    lo, hi = wilson_interval(successes, n)
    return {name: successes / n, "ci_lo": lo, "ci_hi": hi}


def write(rows: list[dict], path: Path) -> None:
    """Write a table as CSV; the old one stays until the new one is complete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".tmp")
    pd.DataFrame(rows).to_csv(unfinished, index=False, float_format="%.4f", lineterminator="\n")
    os.replace(unfinished, path)
