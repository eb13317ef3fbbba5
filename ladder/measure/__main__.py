"""Measure every model of the ladder and write the tables; as many models at a time as there are cores.

What is finished is kept in ladder/runs/measured/, so that a run that was cut off goes on where it was.
"""

import datetime
import json
import os
import platform
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from hashlib import sha256
from pathlib import Path

import torch
import transformers

import emlab.tasks
from emlab.files import write_json
from ladder.measure import (
    arithmetic,
    attention,
    calibration,
    few_shot,
    knowledge,
    loss,
    order,
    programs,
    reasoning,
    selection,
    translation,
    traps,
    word_problems,
)
from ladder.measure.common import MEASURED, entries, load, write
from ladder.train import RUNS

TABLES = {
    "loss": loss.loss,
    "few_shot": few_shot.by_condition,
    "within_a_half": few_shot.within_a_half,
    "format": few_shot.by_template,
    "three_way": few_shot.three_way,
    "instruction": few_shot.by_instruction,
    "selection": selection.selection,
    "recency": order.recency,
    "orders": order.all_orders,
    "induction": attention.induction,
    "attention": attention.to_labels,
    "arithmetic": arithmetic.addition,
    "word_problems": word_problems.by_steps,
    "programs": programs.greedy,
    "programs_sampled": programs.sampled,
    "knowledge": knowledge.by_status,
    "knowledge_bands": knowledge.by_band,
    "letters": knowledge.letters,
    "consistency": knowledge.consistency,
    "calibration": calibration.calibration,
    "reliability": calibration.reliability,
    "proverb": traps.proverb,
    "claim": traps.claim,
    "negation": traps.negation,
    "translation": translation.translation,
    "syllogisms": reasoning.logic,
    "what_follows": reasoning.what_follows,
    "commonsense": reasoning.everyday,
}

KEPT = RUNS / "measured"


def main() -> None:
    started = time.time()
    models = entries()
    parts = {}
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for number, (revision, tables) in enumerate(pool.map(_measure, models), start=1):
            parts[revision] = tables
            print(f"{number} of {len(models)} models, {time.time() - started:.0f} s", flush=True)
    in_order = [part for _, part in sorted((_place(entry), entry["revision"]) for entry, _ in models)]
    for name in TABLES:
        write([row for revision in in_order for row in parts[revision][name]], MEASURED / f"{name}.csv")
    made = {
        "date": datetime.date.today().isoformat(),
        "machine": f"{platform.machine()} {platform.system()}, one thread a model",
        "python": platform.python_version(),
        "torch": torch.__version__,
        "transformers": transformers.__version__,
        "seconds": round(sum(tables["seconds"] for tables in parts.values())),
    }
    write_json(MEASURED / "made.json", made)


def _place(entry: dict) -> tuple:
    """Rungs by size, then by seed, a rung's checkpoints before itself."""
    return entry["params"], entry["seed"], entry["tokens"]


def _measure(model: tuple[dict, Path]) -> tuple[str, dict]:
    """(revision, {table: rows}) of one model, and the seconds that it took."""
    torch.set_num_threads(1)
    entry, folder = model
    loaded, tables, seconds = None, {}, 0.0
    for name, measure in TABLES.items():
        path = KEPT / fingerprint() / f"{entry['revision']}-{name}.json"
        if not path.exists():
            started = time.time()
            loaded = loaded or load(entry, folder)
            rows = measure(loaded)
            path.parent.mkdir(parents=True, exist_ok=True)
            write_json(path, {"rows": rows, "seconds": time.time() - started})
        kept = json.loads(path.read_text(encoding="utf-8"))
        tables[name] = kept["rows"]
        seconds += kept["seconds"]
    return entry["revision"], tables | {"seconds": seconds}


@cache
def fingerprint() -> str:
    """Changes with whatever the measurements are made of."""
    whole = sha256()
    folders = (Path(__file__).parent, Path(emlab.tasks.__file__).parent)
    for path in (path for folder in folders for path in sorted(folder.glob("*.py"))):
        whole.update(path.read_bytes())
    return whole.hexdigest()[:12]


if __name__ == "__main__":
    main()
