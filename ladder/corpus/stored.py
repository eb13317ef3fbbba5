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
TOKEN = np.dtype([("id", "u2"), ("weight", "f4")])


@cache
def fingerprint() -> str:
    """12 hex digits that name the stream: they change when its documents, their order or their tokens do."""
    whole = sha256()
    for step in LOOKED_AT:
        ids, weights = stream.rows_of(0, step, 16, MAX_LENGTH)
        whole.update(np.array(ids, "<u2").tobytes())
        whole.update(np.array(weights, "<f4").tobytes())
    return whole.hexdigest()[:12]


def path_of(seed: int, rows: int) -> Path:
    return FOLDER / f"stream-{fingerprint()}-seed{seed}-rows{rows}.npy"


def write(seed: int, steps: int, rows: int) -> None:
    """Write the first `steps` batches of a seed; nothing is done where they are written already."""
    stored = batches(seed, rows)
    if stored is not None and len(stored) >= steps:
        return
    path = path_of(seed, rows)
    path.parent.mkdir(exist_ok=True)
    unfinished = path.with_suffix(".tmp")
    array = np.lib.format.open_memmap(unfinished, "w+", TOKEN, (steps, rows, MAX_LENGTH + 1))
    parts = [(seed, range(start, min(start + PART, steps)), rows) for start in range(0, steps, PART)]
    with Pool(os.cpu_count()) as pool:
        for (_, part, _), made in zip(parts, pool.imap(_make, parts), strict=True):
            array[part.start : part.stop] = made
            print(f"\rseed {seed}: {part.stop} of {steps} batches", end="", flush=True)
    array.flush()
    os.replace(unfinished, path)
    print()


def batches(seed: int, rows: int) -> np.ndarray | None:
    """The stored batches of a seed, (steps, rows, MAX_LENGTH + 1) of TOKEN, or None."""
    try:
        return np.load(path_of(seed, rows), mmap_mode="r")
    except FileNotFoundError:
        return None


def _make(part: tuple[int, range, int]) -> np.ndarray:
    seed, steps, rows = part
    made = np.empty((len(steps), rows, MAX_LENGTH + 1), TOKEN)
    for batch, step in zip(made, steps, strict=True):
        batch["id"], batch["weight"] = stream.rows_of(seed, step, rows, MAX_LENGTH)
    return made


def main() -> None:
    from ladder.train import Settings

    settings = Settings()
    for seed in map(int, sys.argv[1:]):
        write(seed, settings.steps, settings.rows)


if __name__ == "__main__":
    main()
