"""Measure every model of the ladder and write the tables; as many models at a time as there are cores.

What is finished is kept in ladder/runs/measured/, so that a run that was cut off goes on where it was. It is
kept under a fingerprint of the modules that make the table: a change elsewhere does not throw it away.
"""

import argparse
import ast
import datetime
import importlib.util
import json
import os
import platform
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from hashlib import sha256
from pathlib import Path

import torch
import transformers

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
MADE = MEASURED / "made.json"
ROOT = Path(__file__).parents[2]
# What a value in a table may depend on, beside the weights.
PARTS = (
    "ladder.measure",
    "ladder.corpus",
    "ladder.prompting",
    "ladder.sample",
    "emlab.tasks",
    "emlab.prompts",
)


def main() -> None:
    names = chosen()
    models = entries()
    started, parts = time.time(), {}
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        found = pool.map(partial(_measure, names), models)
        for number, (revision, tables) in enumerate(found, start=1):
            parts[revision] = tables
            print(f"{number} of {len(models)} models, {time.time() - started:.0f} s", flush=True)
    for name in names:
        rows = in_order([row for tables in parts.values() for row in tables[name]])
        write(rows, MEASURED / f"{name}.csv")
    seconds = round(sum(tables["seconds"] for tables in parts.values()))
    before = json.loads(MADE.read_text(encoding="utf-8")) if MADE.exists() else []
    write_json(MADE, with_run(before, names, seconds))


def chosen(arguments: list[str] | None = None) -> list[str]:
    """The names of the tables on the command line; all without any."""
    parser = argparse.ArgumentParser(description="Measure every model of the ladder.")
    parser.add_argument("tables", nargs="*", metavar="TABLE", help=", ".join(TABLES))
    names = parser.parse_args(arguments).tables
    if unknown := set(names) - set(TABLES):
        parser.error(f"there is no table {', '.join(sorted(unknown))}; there are {', '.join(TABLES)}")
    return [name for name in TABLES if name in names] or list(TABLES)


def in_order(rows: list[dict]) -> list[dict]:
    """Rungs by size, then by seed, a rung's checkpoints before itself."""
    return sorted(rows, key=lambda row: (row["params"], row["seed"], row["tokens"]))


def with_run(before: list[dict], names: list[str], seconds: int) -> list[dict]:
    """The list of runs, each with the tables that are still as it made them, and this run at its end.

    seconds: what all tables that a run made took, those measured anew since among them.
    """
    kept = [run | {"tables": [name for name in run["tables"] if name not in names]} for run in before]
    run = {
        "date": datetime.date.today().isoformat(),
        "machine": f"{platform.machine()} {platform.system()}, one thread a model",
        "python": platform.python_version(),
        "torch": torch.__version__,
        "transformers": transformers.__version__,
        "seconds": seconds,
        "tables": names,
    }
    return [*(run for run in kept if run["tables"]), run]


def _measure(names: list[str], model: tuple[dict, Path]) -> tuple[str, dict]:
    """(revision, {table: rows}) of one model, and the seconds of this process that it took."""
    torch.set_num_threads(1)
    entry, folder = model
    loaded, tables, seconds = None, {}, 0.0
    for name in names:
        path = KEPT / f"{name}-{fingerprint(TABLES[name].__module__)}" / f"{entry['revision']}.json"
        if not path.exists():
            started = time.process_time()
            loaded = loaded or load(entry, folder)
            rows = TABLES[name](loaded)
            path.parent.mkdir(parents=True, exist_ok=True)
            write_json(path, {"rows": rows, "seconds": time.process_time() - started})
        kept = json.loads(path.read_text(encoding="utf-8"))
        tables[name] = kept["rows"]
        seconds += kept["seconds"]
    return entry["revision"], tables | {"seconds": seconds}


@cache
def fingerprint(module: str) -> str:
    """12 hex digits that change with the source of a module, or of one of PARTS that it imports."""
    whole = sha256()
    for path in sorted(sources(module)):
        whole.update(path.read_bytes())
    return whole.hexdigest()[:12]


def sources(module: str) -> set[Path]:
    """The files of a module and of what it imports, directly or not, as far as they are in PARTS."""
    found, waiting = {}, [module]
    while waiting:
        name = waiting.pop()
        if name in found or not name.startswith(PARTS):
            continue
        found[name] = Path(importlib.util.find_spec(name).origin)
        for node in ast.walk(ast.parse(found[name].read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                imported = (f"{node.module}.{alias.name}" for alias in node.names)
                waiting += [node.module, *filter(_is_module, imported)]
    return set(found.values())


def _is_module(name: str) -> bool:
    """Whether a name that is imported from a package or a module is a module."""
    return name.startswith(PARTS) and ROOT.joinpath(*name.split(".")).with_suffix(".py").exists()


if __name__ == "__main__":
    main()
