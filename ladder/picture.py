"""Draw the README's picture from the measured tables: docs/few_shot.png.

    python -m ladder.picture
"""

import os
from pathlib import Path

import matplotlib
import pandas as pd

from ladder.measure.common import MEASURED

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "few_shot.png"


def main() -> None:
    matplotlib.use("Agg")
    from emlab.plots import few_shot_curves, shipped

    figure = few_shot_curves(shipped(pd.read_csv(MEASURED / "few_shot.csv")))
    PICTURE.parent.mkdir(exist_ok=True)
    unfinished = PICTURE.with_suffix(".tmp")
    figure.savefig(unfinished, format="png", dpi=150)
    os.replace(unfinished, PICTURE)


if __name__ == "__main__":
    main()
