"""Rules that say whether something is there: always by whole intervals, never by the values alone."""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from emlab.plots.tidy import LEAST
from emlab.plots.trends import trend
from ladder.card.tables import Cell, NotMeasured, cell, of_rungs
from ladder.corpus.episodes import TRAINED_TEMPLATES


class Finding(NamedTuple):
    """On which rungs an effect is there, or in which form, and the numbers that say so."""

    where: tuple[str, ...]  # empty: absent
    numbers: str

    @property
    def there(self) -> bool:
        return bool(self.where)


Rule = Callable[[pd.DataFrame], Finding]


def above(wanted: Cell, level: float | None = None) -> Rule:
    """The interval lies above a level; above chance (or LEAST, where guessing gets nothing) if it is None."""

    def rule(cells: pd.DataFrame) -> Finding:
        rows = of_rungs(cells, wanted)
        chance = rows["chance"].astype(float).fillna(0)
        return _on_rungs(rows["ci_lo"] > (chance.clip(lower=LEAST) if level is None else level), _ends(rows))

    return rule


def not_above(wanted: Cell) -> Rule:
    """The interval does not lie above chance."""

    def rule(cells: pd.DataFrame) -> Finding:
        rows = of_rungs(cells, wanted)
        return _on_rungs(rows["ci_lo"] <= rows["chance"], _ends(rows))

    return rule


def exceeds(more: Cell, less: Cell) -> Rule:
    """The whole interval of one cell lies above that of another."""

    def rule(cells: pd.DataFrame) -> Finding:
        high, low = of_rungs(cells, more), of_rungs(cells, less)
        names = [name for name in high.index if name in low.index]
        high, low = high.loc[names], low.loc[names]
        gap = (high["value"] - low["value"]).idxmax()
        numbers = f"{low.at[gap, 'value']:.2f} → {high.at[gap, 'value']:.2f} on `{gap}`"
        return _on_rungs(high["ci_lo"] > low["ci_hi"], numbers)

    return rule


def at_chance_for_all(*wanted: Cell) -> Rule:
    """Every interval holds chance."""

    def rule(cells: pd.DataFrame) -> Finding:
        every = [of_rungs(cells, one) for one in wanted]
        holds = [(rows["ci_lo"] <= rows["chance"]) & (rows["chance"] <= rows["ci_hi"]) for rows in every]
        values = pd.concat([rows["value"] for rows in every], axis=1)
        smallest = values.index[0]
        numbers = f"{values.loc[smallest].min():.2f} to {values.loc[smallest].max():.2f} on `{smallest}`"
        return _on_rungs(pd.concat(holds, axis=1).all(axis=1), numbers)

    return rule


def sharp_while_smooth(sharp: Cell, smooth: Cell) -> Rule:
    """Hardly an answer is wholly right (below 0.1), and yet more than half of its parts are."""

    def rule(cells: pd.DataFrame) -> Finding:
        whole, parts = of_rungs(cells, sharp), of_rungs(cells, smooth)
        there = (whole["ci_hi"] < 0.1) & (parts["ci_lo"] > 0.5)
        return _on_rungs(there, f"whole {_ends(whole)}, parts {_ends(parts)}")

    return rule


def turns(wanted: Cell, *trends: str) -> Rule:
    """Over the rungs, the curve has one of these trends (`emlab.plots.trends`), named in place of rungs."""

    def rule(cells: pd.DataFrame) -> Finding:
        rows = of_rungs(cells, wanted)
        found = trend(rows["ci_lo"], rows["ci_hi"])
        values = ", ".join(f"{value:.2f}" for value in rows["value"])
        where = (f"{found} ({wanted.condition})",) if found in trends else ()
        return Finding(where, f"{found}: {values}")

    return rule


def grows_in_steps(wanted: Cell, least: int = 3) -> Rule:
    """The interval lies above that of the rung below at least so many times: growth, not one jump."""

    def rule(cells: pd.DataFrame) -> Finding:
        rows = of_rungs(cells, wanted)
        rises = rows["ci_lo"].to_numpy()[1:] > rows["ci_hi"].to_numpy()[:-1]
        names = [name for name, rise in zip(rows.index[1:], rises, strict=True) if rise]
        values = ", ".join(f"{value:.2f}" for value in rows["value"])
        return Finding(tuple(names) if len(names) >= least else (), values)

    return rule


def any_of(*rules: Rule) -> Rule:
    """On the rungs where one of the rules holds; the numbers of the first that does, or of the first."""

    def rule(cells: pd.DataFrame) -> Finding:
        findings = [one(cells) for one in rules]
        there = [finding for finding in findings if finding.there]
        where = {name for finding in there for name in finding.where}
        by_size = cells.sort_values("params")["model"].str.removeprefix("ladder/").drop_duplicates().tolist()
        # Trends, which are no rungs, come as they were found.
        order = [*by_size, *(name for finding in there for name in finding.where)]
        where = tuple(name for name in dict.fromkeys(order) if name in where)
        return Finding(where, (there or findings)[0].numbers)

    return rule


def unseen_format_worse(cells: pd.DataFrame) -> Finding:
    """The best of the templates that are not in training lies below the worst of those that are."""
    rows = cells[cells["task"] == "format"]
    if rows.empty:
        raise NotMeasured("format")
    names = sorted(set(rows["template_id"]))
    every = {name: of_rungs(cells, cell("format", "arbitrary", k=5, template_id=name)) for name in names}
    known = pd.concat([rows["ci_lo"] for name, rows in every.items() if name in TRAINED_TEMPLATES], axis=1)
    other = pd.concat(
        [rows["ci_hi"] for name, rows in every.items() if name not in TRAINED_TEMPLATES], axis=1
    )
    there = known.min(axis=1) > other.min(axis=1)
    last = there.index[-1]
    values = ", ".join(f"{name} {rows.at[last, 'value']:.2f}" for name, rows in every.items())
    return Finding(tuple(there.index[there]), f"{values} on `{last}`")


def _on_rungs(there: pd.Series, numbers: str) -> Finding:
    return Finding(tuple(there.index[there]), numbers)


def _ends(rows: pd.DataFrame) -> str:
    """The values of the smallest and the largest rung."""
    return f"{rows['value'].iloc[0]:.2f} → {rows['value'].iloc[-1]:.2f}"
