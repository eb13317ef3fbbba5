"""A training small enough for a test: does the recipe still do what it did?

    python -m ladder.tiny      train the tiny rung and write down what came out, after the recipe has changed

The tiny rung is no part of the ladder. Its figures stand in tests/ladder/tiny.json, and the tests train it
again and expect its losses within the intervals there.
"""

from dataclasses import asdict
from pathlib import Path
from statistics import mean, stdev
from tempfile import TemporaryDirectory

import torch

from emlab.files import write_json
from ladder.corpus.stored import fingerprint
from ladder.corpus.stream import batch
from ladder.rungs import Rung
from ladder.train import Settings, loss_of, train

RUNG = Rung("tiny", width=8, layers=2, heads=2, hidden=16)
SETTINGS = Settings(tokens=100 * 16 * 192, compile=False)
FIGURES = Path(__file__).parents[1] / "tests" / "ladder" / "tiny.json"
UNSEEN = range(1_000_000, 1_000_040)  # steps that no training reaches


def figures() -> dict:
    """Train the tiny rung; its mean loss on batches that it has not seen, with 1.96 standard errors."""
    with TemporaryDirectory() as folder:
        model = train(RUNG, SETTINGS, Path(folder))
    with torch.no_grad():
        losses = [loss_of(model, *batch(0, step, SETTINGS.rows)).item() for step in UNSEEN]
    half = 1.96 * stdev(losses) / len(losses) ** 0.5
    return {
        "corpus": fingerprint(),
        "rung": asdict(RUNG),
        "settings": asdict(SETTINGS),
        "loss": mean(losses),
        "lo": mean(losses) - half,
        "hi": mean(losses) + half,
    }


if __name__ == "__main__":
    write_json(FIGURES, figures())
