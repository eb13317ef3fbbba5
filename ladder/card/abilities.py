"""The abilities that the card speaks of, and the measure that a rung must beat the one below on."""

from typing import NamedTuple

import pandas as pd

from emlab.plots.tidy import rescaled
from ladder.card.tables import Cell, Measured, NotMeasured, cell, of_cell, of_rungs
from ladder.corpus.families import FAMILIES


class Ability(NamedTuple):
    """One line in one panel of the emergence curves."""

    panel: str
    line: str
    cell: Cell
    counts: bool = True  # in the summary and in the map; the others are there to compare with

    @property
    def name(self) -> str:
        return f"{self.panel}: {self.line}"


ABILITIES = (
    Ability("reviews", "natural labels, no example", cell("few_shot", "natural", k=0)),
    Ability("reviews", "arbitrary labels, 10 examples", cell("few_shot", "arbitrary", k=10)),
    Ability("reviews", "flipped labels, 10 examples", cell("few_shot", "flipped", k=10)),
    Ability("topics", "natural labels, no example", cell("topics", "natural", k=0)),
    Ability("topics", "arbitrary labels, 10 examples", cell("topics", "arbitrary", k=10)),
    *(Ability("addition", f"{n} digits", cell("addition", f"{n} digits", "exact_match")) for n in (2, 3, 4)),
    *(
        Ability(
            "word problems",
            f"{n} steps, {words}",
            cell("word problems", f"{n} steps, {style}", "exact_match"),
        )
        for n in (2, 4)
        for style, words in (("direct", "at once"), ("cot", "step by step"))
    ),
    Ability("facts", "asked", cell("knowledge", "asked", "acc_cloze")),
    Ability("facts", "only stated", cell("knowledge", "held_out", "acc_cloze")),
    Ability("facts", "leaked items", cell("knowledge", "leaked", "acc_letter"), counts=False),
    Ability("facts", "leaked, shuffled", cell("knowledge", "leaked/shuffled", "acc_letter"), counts=False),
    Ability("facts", "never seen", cell("knowledge", "never_seen", "acc_cloze"), counts=False),
    Ability("facts", "asked, by letter", cell("knowledge", "asked", "acc_letter")),
    Ability("syllogisms", "made-up words", cell("syllogisms", "all")),
    Ability("syllogisms", "what follows", cell("syllogisms, what follows", "all", "exact_match")),
    Ability("commonsense", "held-out pairs", cell("commonsense", "all")),
    Ability("programs", "one operation", cell("programs", "1 operation, seen", "pass@1")),
    Ability("programs", "two, pair seen", cell("programs", "2 operations, seen", "pass@1")),
    Ability("programs", "two, pair new", cell("programs", "2 operations, new", "pass@1")),
    Ability(
        "translation",
        "words, 5 examples",
        cell("translation", "words", "exact_match", k=5, form="arrow"),
    ),
    Ability("translation", "phrases", cell("translation", "phrases", "exact_match", k=0, form="labelled")),
)


def ability_rows(cells: pd.DataFrame, only_counting: bool = False) -> pd.DataFrame:
    """The rows of all measured abilities, as the figures take them. Raises NotMeasured if there is none."""
    parts = []
    for ability in ABILITIES:
        if only_counting and not ability.counts:
            continue
        try:
            rows = of_cell(cells, ability.cell)
        except NotMeasured:
            continue
        parts.append(
            rows.assign(task=ability.panel, condition=ability.line, metric="share", ability=ability.name)
        )
    if not parts:
        raise NotMeasured("abilities")
    return pd.concat(parts, ignore_index=True)


def summary(cells: pd.DataFrame) -> pd.Series:
    """One number for each model: the mean over abilities of the value between guessing (0) and all right (1).

    A rung is shipped if it beats the one below. The index is (params, model, seed, tokens), smallest first.
    """
    scores = rescaled(ability_rows(cells, only_counting=True))
    return scores.groupby(["params", "model", "seed", "tokens"])["value"].mean()


def losses(measured: Measured) -> pd.Series:
    """The second measure, by the same index: the loss on the answers of an unseen stretch of the stream.

    The mean over families, each with its share of the stream. Raises NotMeasured without the table.
    """
    loss = measured.table("loss")
    shares = loss["family"].map({name: family.share for name, family in FAMILIES.items()})
    keys = [loss[column] for column in ("params", "model", "seed", "tokens")]
    return (loss["answer_loss"] * shares).groupby(keys).sum()


def ability_table(cells: pd.DataFrame) -> pd.DataFrame:
    """Ability by rung: the measured value."""
    columns = {}
    for ability in ABILITIES:
        try:
            columns[ability.name] = of_rungs(cells, ability.cell)["value"]
        except NotMeasured:
            continue
    if not columns:
        raise NotMeasured("abilities")
    rows = pd.DataFrame(columns)
    sizes = pd.concat([of_rungs(cells, a.cell)["params"] for a in ABILITIES if a.name in columns])
    return rows.loc[sizes[~sizes.index.duplicated()].sort_values().index].T
