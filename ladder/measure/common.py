"""What all measurements share: the shipped rungs, intervals, and tables written in one go."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, stdev

import pandas as pd
import torch
from transformers import AutoModelForCausalLM

from emlab.models.huggingface import HuggingFaceModel
from emlab.models.ladder import read_rung
from emlab.stats import wilson_interval
from ladder.export import SHIPPED, seed_folder

MEASURED = SHIPPED / "measured"
ENOUGH = 500  # different requests, at least, on which each cell of a table stands


@dataclass(frozen=True)
class Loaded:
    """A rung in memory, twice over the same weights in float32.

    `lm` is what students load (loglikelihood, generate_until); `model` is the bare network, which also gives
    its attention weights.
    """

    entry: dict  # of ladder.json
    lm: HuggingFaceModel
    model: torch.nn.Module

    def columns(self) -> dict:
        """The columns that every table begins with."""
        return {
            "model": f"ladder/{self.entry['name']}",
            "params": self.entry["params"],
            "revision": self.entry["revision"],
            "seed": self.entry["seed"],
            "tokens": self.entry["tokens"],
        }


def entries() -> list[tuple[dict, Path]]:
    """Every model, as (entry of ladder.json, its folder), the slowest first.

    The shipped rungs and checkpoints, and the further seeds of a rung.
    """
    ladder = json.loads((SHIPPED / "ladder.json").read_text(encoding="utf-8"))
    found = [(entry, SHIPPED / entry["name"]) for entry in ladder["rungs"] + ladder["checkpoints"]]
    found += [(entry, seed_folder(entry["name"], entry["seed"])) for entry in ladder["seeds"]]
    return sorted(found, key=lambda pair: -pair[0]["params"])


def load(entry: dict, folder: Path) -> Loaded:
    """One model in memory; its attention weights can be asked for."""
    model = AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager", local_files_only=True
    )
    return Loaded(entry, HuggingFaceModel(read_rung(folder)), model.eval())


def rate_row(
    rung: Loaded,
    task: str,
    condition: str,
    metric: str,
    successes: float,
    n: int,
    chance: float | None = None,
    **extra,
) -> dict:
    """A row of a table of abilities: a share of n different items, with its 95 % Wilson interval.

    chance: the share that guessing gets, None where guessing gets nothing that can be known. Further columns,
    such as k, stand at the end.
    """
    lo, hi = wilson_interval(successes, n)
    return _row(rung, task, condition, metric, n, successes / n, lo, hi, chance, extra)


def mean_row(
    rung: Loaded,
    task: str,
    condition: str,
    metric: str,
    values: Sequence[float],
    chance: float | None = None,
    **extra,
) -> dict:
    """A row of a table of abilities: a mean over items, with 1.96 standard errors around it."""
    middle = mean(values)
    half = 1.96 * stdev(values) / len(values) ** 0.5
    ends = (middle - half, middle + half)
    return _row(rung, task, condition, metric, len(values), middle, *ends, chance, extra)


def interval_row(
    rung: Loaded,
    task: str,
    condition: str,
    metric: str,
    n: int,
    value: float,
    lo: float,
    hi: float,
    chance: float | None = None,
    **extra,
) -> dict:
    """A row of a table of abilities whose 95 % interval was found otherwise, as by resampling."""
    return _row(rung, task, condition, metric, n, value, lo, hi, chance, extra)


def _row(rung, task, condition, metric, n, value, lo, hi, chance, extra) -> dict:
    row = rung.columns() | {"task": task, "condition": condition, "metric": metric, "n": n}
    return row | {"value": value, "ci_lo": lo, "ci_hi": hi, "chance": chance} | extra


def share(name: str, successes: float, n: int) -> dict:
    """A share of n items with its interval, as columns `name`, `ci_lo` and `ci_hi`."""
    lo, hi = wilson_interval(successes, n)
    return {name: successes / n, "ci_lo": lo, "ci_hi": hi}


def write(rows: list[dict], path: Path) -> None:
    """Write a table as CSV; the old one stays until the new one is complete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".tmp")
    table = pd.DataFrame(rows)
    if "n_items" in table:  # whole numbers, also where a row has none
        table["n_items"] = table["n_items"].astype("Int64")
    table.to_csv(unfinished, index=False, float_format="%.4f", lineterminator="\n")
    os.replace(unfinished, path)
