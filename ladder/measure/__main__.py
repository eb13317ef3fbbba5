"""Measure every shipped rung and write the tables."""

import datetime
import platform
import time

import torch
import transformers

from ladder.export import write_json
from ladder.measure import (
    attention,
    calibration,
    few_shot,
    knowledge,
    loss,
    order,
    traps,
)
from ladder.measure.common import MEASURED, rungs, write

TABLES = {
    "loss": loss.loss,
    "few_shot": few_shot.by_condition,
    "within_a_half": few_shot.within_a_half,
    "format": few_shot.by_template,
    "recency": order.recency,
    "orders": order.all_orders,
    "induction": attention.induction,
    "attention": attention.to_labels,
    "knowledge": knowledge.by_status,
    "knowledge_bands": knowledge.by_band,
    "letters": knowledge.letters,
    "consistency": knowledge.consistency,
    "calibration": calibration.calibration,
    "reliability": calibration.reliability,
    "proverb": traps.proverb,
    "claim": traps.claim,
    "negation": traps.negation,
}


def main() -> None:
    torch.set_num_threads(1)
    started = time.time()
    loaded = list(rungs())
    for name, measure in TABLES.items():
        rows = [row for rung in loaded for row in measure(rung)]
        write(rows, MEASURED / f"{name}.csv")
        print(f"{name}: {len(rows)} rows, {time.time() - started:.0f} s", flush=True)
    made = {
        "date": datetime.date.today().isoformat(),
        "machine": f"{platform.machine()} {platform.system()}, one thread",
        "python": platform.python_version(),
        "torch": torch.__version__,
        "transformers": transformers.__version__,
        "seconds": round(time.time() - started),
    }
    write_json(MEASURED / "made.json", made)


if __name__ == "__main__":
    main()
