"""The figures of the model card, from the measured tables to emlab/rungs/figures/."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from emlab import plots
from emlab.models.ladder import FOLDER
from emlab.plots.sharp import METRICS, PREDICTED
from ladder.card.abilities import ability_rows
from ladder.card.tables import Measured, NotMeasured, cell, of_cell

FIGURES_FOLDER = FOLDER / "figures"
DPI = 120
BANDS = {"head": "often", "middle": "sometimes", "tail": "seldom"}


class Picture(NamedTuple):
    """A figure of the card: its file's name, what it shows in words, its tables, and who draws them."""

    name: str
    alternative: str
    tables: Callable[[Measured], tuple[pd.DataFrame, ...]]  # raises NotMeasured where one is missing
    draw: Callable[..., object]

    def ready(self, measured: Measured) -> bool:
        """Whether everything that it takes has been measured."""
        try:
            self.tables(measured)
        except NotMeasured:
            return False
        return True


def _abilities(measured: Measured) -> tuple[pd.DataFrame]:
    return (ability_rows(measured.cells),)


def _counting(measured: Measured) -> tuple[pd.DataFrame]:
    return (ability_rows(measured.cells, only_counting=True),)


def _on_the_way(measured: Measured) -> tuple[pd.DataFrame]:
    rows = ability_rows(measured.cells, only_counting=True)
    if not rows["model"].str.contains("@").any():
        raise NotMeasured("checkpoints")
    return (rows,)


def _addition(measured: Measured) -> tuple[pd.DataFrame]:
    cells = measured.cells
    rows = cells[(cells["task"] == "addition") & cells["metric"].isin((*METRICS, PREDICTED))]
    if rows.empty:
        raise NotMeasured("addition")
    return (rows,)


def _few_shot(measured: Measured) -> tuple[pd.DataFrame]:
    return (plots.shipped(measured.table("few_shot")),)


TRAPS = {
    "an instruction against a proverb": {
        f"proverb heard {often}": cell("proverb", band) for band, often in BANDS.items()
    },
    "a fact against a wrong claim": {
        f"fact stated {often}": cell("claim", f"wrong/{band}") for band, often in BANDS.items()
    },
    "which of two is it": {
        "which is it?": cell("negation", "positive"),
        "which is it not?": cell("negation", "negated"),
    },
    "flipped labels": {f"k = {k}": cell("few_shot", "flipped", k=k) for k in (1, 3, 10)},
}


def _traps(measured: Measured) -> tuple[pd.DataFrame]:
    cells, parts = measured.cells, []
    for task, lines in TRAPS.items():
        for line, wanted in lines.items():
            try:
                rows = of_cell(cells, wanted)
            except NotMeasured:
                continue
            parts.append(rows.assign(task=task, condition=line, metric="share", k=float("nan")))
    if not parts:
        raise NotMeasured("traps")
    return (pd.concat(parts, ignore_index=True),)


def _reliability(measured: Measured) -> tuple[pd.DataFrame]:
    rows = measured.cells
    if "bin" not in rows.columns:
        raise NotMeasured("reliability")
    return (rows[rows["bin"].notna() & (rows["condition"] == "asked")],)


def induction_with_few_shot(measured: Measured) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The induction scores in a format of the stream, and arbitrary labels from the most examples."""
    scores, results = measured.table("induction"), measured.table("few_shot")
    wanted = (results["condition"] == "arbitrary") & (results["k"] == results["k"].max())
    return scores[scores["text"] == "copy"], results[wanted]


PICTURES = (
    Picture(
        "capability_map",
        "A map of abilities by rungs: the share that was measured, rescaled between guessing and all right.",
        _counting,
        plots.capability_map,
    ),
    Picture(
        "emergence",
        "Small panels, one for each task: the share right against the number of parameters.",
        _abilities,
        plots.emergence_curves,
    ),
    Picture(
        "few_shot",
        "Accuracy against the number of examples for each rung, by kind of labels.",
        _few_shot,
        plots.few_shot_curves,
    ),
    Picture(
        "sharp_and_smooth",
        "Sums against the number of parameters: wholly right, digits right, and log-likelihood.",
        _addition,
        plots.sharp_and_smooth,
    ),
    Picture(
        "inverse_scaling",
        "Accuracy on traps and with flipped labels against the number of parameters.",
        _traps,
        plots.inverse_scaling,
    ),
    Picture(
        "training",
        "Abilities against the tokens that one rung has seen in training.",
        _on_the_way,
        plots.training_curves,
    ),
    Picture(
        "reliability",
        "For each rung, the share of right answers against the probability that the rung gave them.",
        _reliability,
        plots.reliability_diagram,
    ),
    Picture(
        "induction_and_few_shot",
        "Few-shot accuracy against the induction score of the best head, one mark a model.",
        induction_with_few_shot,
        plots.induction_and_few_shot,
    ),
)


def draw_all(measured: Measured, folder: Path = FIGURES_FOLDER) -> None:
    """Write every figure whose tables are there, and remove those of tables that are gone."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    folder.mkdir(exist_ok=True)
    for picture in PICTURES:
        path = folder / f"{picture.name}.png"
        if not picture.ready(measured):
            path.unlink(missing_ok=True)
            continue
        figure = picture.draw(*picture.tables(measured))
        _save(figure, path)
        plt.close(figure)


def _save(figure, path: Path) -> None:
    """Write a PNG of at most 256 colours: half the size of what matplotlib writes, and the same each time."""
    from PIL import Image

    drawn, written = BytesIO(), BytesIO()
    figure.savefig(drawn, format="png", dpi=DPI, metadata={"Software": None})
    colours = Image.open(drawn).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    colours.save(written, format="png", optimize=True)
    path.write_bytes(written.getvalue())
