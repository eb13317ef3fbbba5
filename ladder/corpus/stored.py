"""The stream's batches, written down once for all rungs that train on them.

    python -m ladder.corpus.stored SEED [SEED ...]

Making a batch takes longer than training a small rung on it. The file is named after the corpus's
fingerprint, so that batches of another corpus are never used.
"""

import os
import sys
from functools import cache
from hashlib import sha256
from multiprocessing import Pool
from pathlib import Path

import numpy as np

from ladder.corpus import stream
from ladder.tokenizer import MAX_LENGTH

FOLDER = Path(__file__).parent.parent / "runs"
PART = 50  # batches made at a time
LOOKED_AT = (0, stream.BEGINNER_STEPS - 1, *range(stream.BEGINNER_STEPS, stream.BEGINNER_STEPS + 10))
LOOKED_AT_LATE = range(2)
TOKEN = np.dtype([("id", "u2"), ("weight", "f4")])


@cache
def fingerprint() -> str:
    """12 hex digits that name the stream: they change when its documents, their order or their tokens do."""
    whole = sha256()
    for late, step in [(False, step) for step in LOOKED_AT] + [(True, step) for step in LOOKED_AT_LATE]:
        ids, weights = stream.rows_of(0, step, 16, MAX_LENGTH, late)
        whole.update(np.array(ids, "<u2").tobytes())
        whole.update(np.array(weights, "<f4").tobytes())
    return whole.hexdigest()[:12]


def path_of(seed: int, rows: int, late: bool) -> Path:
    part = "-late" if late else ""
    return FOLDER / f"stream-{fingerprint()}-seed{seed}-rows{rows}{part}.npy"


def write(seed: int, steps: int, rows: int, late: bool = False) -> None:
    """Write the first `steps` batches of a seed's main or late part, if they are not written already."""
    stored = batches(seed, rows, late)
    if stored is not None and len(stored) >= steps:
        return
    path = path_of(seed, rows, late)
    path.parent.mkdir(exist_ok=True)
    unfinished = path.with_suffix(".tmp")
    array = np.lib.format.open_memmap(unfinished, "w+", TOKEN, (steps, rows, MAX_LENGTH + 1))
    parts = [(seed, range(start, min(start + PART, steps)), rows, late) for start in range(0, steps, PART)]
    with Pool(os.cpu_count()) as pool:
        for (_, part, *_), made in zip(parts, pool.imap(_make, parts), strict=True):
            array[part.start : part.stop] = made
            print(f"\r{path.name}: {part.stop} of {steps} batches", end="", flush=True)
    array.flush()
    os.replace(unfinished, path)
    print()


def batches(seed: int, rows: int, late: bool = False) -> np.ndarray | None:
    """The stored batches of a seed, (steps, rows, MAX_LENGTH + 1) of TOKEN, or None."""
    try:
        return np.load(path_of(seed, rows, late), mmap_mode="r")
    except FileNotFoundError:
        return None


def _make(part: tuple[int, range, int, bool]) -> np.ndarray:
    seed, steps, rows, late = part
    made = np.empty((len(steps), rows, MAX_LENGTH + 1), TOKEN)
    for batch, step in zip(made, steps, strict=True):
        batch["id"], batch["weight"] = stream.rows_of(seed, step, rows, MAX_LENGTH, late)
    return made


def write_all(seed: int, settings) -> None:
    """Both parts of the training with these settings (ladder.train.Settings), from `seed`."""
    write(seed, settings.main_steps, settings.rows)
    write(seed, settings.late_steps, settings.rows, late=True)


def main() -> None:
    from ladder.train import Settings

    for seed in map(int, sys.argv[1:]):
        write_all(seed, Settings())


if __name__ == "__main__":
    main()
