"""Train the smallest rungs once more from nothing and compare them with the shipped figures.

    python -m ladder.reproduce              the two smallest rungs, under 15 minutes on two cores
    python -m ladder.reproduce 248k         another rung

Says for each measured value whether its interval and the shipped one overlap, and fails when fewer than 95 %
do: on another machine or with another torch the last bits differ, and a training carries that on.
"""

import argparse
import json
import shutil
from concurrent.futures import ProcessPoolExecutor

import pandas as pd

from ladder.corpus import stored
from ladder.export import SHIPPED, export
from ladder.measure.__main__ import TABLES
from ladder.measure.common import MEASURED, load, write
from ladder.rungs import RUNGS
from ladder.train import RUNS, Settings, train

AGAIN = RUNS / "again"
ENOUGH = 0.95
INTERVAL = ("ci_lo", "ci_hi")
# What a row measured, and what names the weights: the first differs by chance, the second by design.
VALUES = ("value", "acc", "n_correct", "seed_sd", "revision", *INTERVAL)


def retrain(name: str) -> dict[str, list[dict]]:
    """Train, export and measure one rung in ladder/runs/again/: {table: rows}."""
    rung = RUNGS[name]
    train(rung, Settings(seed=rung.seeds[0]), AGAIN / "runs" / name)
    entry = export(AGAIN / "runs" / name / "checkpoint.pt", AGAIN / "rungs" / name)
    shipped = next(e for e in json.loads((SHIPPED / "ladder.json").read_text())["rungs"] if e["name"] == name)
    if entry["revision"] == shipped["revision"]:
        print(f"{name}: the very same weights")
    loaded = load(entry, AGAIN / "rungs" / name)
    return {table: measure(loaded) for table, measure in TABLES.items()}


def compare(table: str, rows: list[dict]) -> pd.DataFrame:
    """The measured rows beside the shipped ones, with a column `overlap`; only tables with intervals."""
    path = AGAIN / f"{table}.csv"
    write(rows, path)  # with the digits of the shipped ones
    again = pd.read_csv(path)
    if not set(INTERVAL) <= set(again.columns):
        return pd.DataFrame()
    keys = [column for column in again.columns if column not in VALUES]
    shipped = pd.read_csv(MEASURED / f"{table}.csv")
    both = again.merge(shipped, on=keys, suffixes=("_again", "_shipped"), validate="one_to_one")
    if len(both) != len(again):
        raise SystemExit(f"{MEASURED / table}.csv lacks {len(again) - len(both)} of the rows measured now")
    overlap = (both["ci_lo_again"] <= both["ci_hi_shipped"]) & (both["ci_lo_shipped"] <= both["ci_hi_again"])
    return both.assign(table=table, overlap=overlap)


def chosen(arguments: list[str] | None = None) -> list[str]:
    """The names of the rungs on the command line; the two smallest without any."""
    parser = argparse.ArgumentParser(description="Train rungs once more and compare with what is shipped.")
    parser.add_argument("rungs", nargs="*", metavar="RUNG", help=", ".join(RUNGS))
    names = parser.parse_args(arguments).rungs or list(RUNGS)[:2]
    if unknown := set(names) - set(RUNGS):
        parser.error(f"there is no rung {', '.join(sorted(unknown))}; there are {', '.join(RUNGS)}")
    return names


def main() -> None:
    names = chosen()
    shutil.rmtree(AGAIN, ignore_errors=True)
    stored.write_all(Settings.seed, Settings())
    with ProcessPoolExecutor() as pool:
        measured = dict(zip(names, pool.map(retrain, names), strict=True))
    results = [compare(table, rows) for tables in measured.values() for table, rows in tables.items()]
    compared = pd.concat(results)
    for model, part in compared.groupby("model", sort=False):
        print(f"{model}: {part['overlap'].sum()} of {len(part)} intervals overlap the shipped ones")
    if not compared["overlap"].all():
        print(compared[~compared["overlap"]].dropna(axis=1, how="all").to_string())
    if compared["overlap"].mean() < ENOUGH:
        raise SystemExit(f"fewer than {ENOUGH:.0%} overlap")


if __name__ == "__main__":
    main()
