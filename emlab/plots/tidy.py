"""Tables of abilities, one row a cell, as the ladder's measurements write them: which rows a figure takes.

Columns: model, params, task, condition, metric, n, value, ci_lo, ci_hi, chance. Where a size was trained
more than once or measured on the way, seed and tokens tell its models apart; further columns, such as k, may
follow.
"""

from emlab.messages import say
from emlab.plots.style import need_columns, need_single_rows

COLUMNS = ("model", "params", "task", "condition", "metric", "n", "value", "ci_lo", "ci_hi", "chance")
_NO_SETTINGS = (*COLUMNS, "revision", "seed", "tokens", "ability")
# Where guessing gets nothing, a single lucky hit is no ability: the interval must lie above this.
LEAST = 0.05


def shipped(table):
    """The rows of the models that come with the package: the first seed, after all of its training.

    A table without the columns seed and tokens comes back as it is.
    """
    return _first_seed(_finished(table))


def further_seeds(table):
    """The rows of models that were trained again from another seed, after all of their training."""
    finished = _finished(table)
    return finished.drop(_first_seed(finished).index)


def on_the_way(table):
    """The rows of the one rung that was also measured on the way, after all of its training too.

    Raises ValueError when there is no such rung in the table, or more than one.
    """
    first = _first_seed(table)
    counts = first.groupby(_rung(first))["tokens"].nunique()
    several = list(counts.index[counts > 1])
    if len(several) != 1:
        raise ValueError(say("plot_checkpoints", rungs=", ".join(several) or "-"))
    return first[_rung(first) == several[0]]


def _finished(table):
    return _extreme(table, "tokens", "max")


def _first_seed(table):
    return _extreme(table, "seed", "min")


def _extreme(table, column: str, which: str):
    """The rows of each rung that have its largest or smallest value of a column."""
    if column not in table.columns or table[column].isna().all():
        return table
    return table[table[column] == table.groupby(_rung(table))[column].transform(which)]


def _rung(table):
    """Of which rung each row is: "ladder/800k@1.25m" is ladder/800k on its way."""
    return table["model"].str.split("@").str[0].rename("rung")


def with_ability(table, function: str):
    """The table with a column `ability`, which names what a row measures.

    A column of that name is kept; otherwise it is made of the task, the condition and whatever else differs.
    """
    need_columns(table, COLUMNS, function)
    if "ability" in table.columns:
        return table
    keys = ["task", "condition", *_settings(table, function)]
    if table["metric"].nunique() > 1:
        keys.append("metric")
    names = [_name(key) for key in table[keys].itertuples(index=False)]
    return table.assign(ability=names)


def series_of(table, function: str) -> list[tuple[str, object]]:
    """(name, rows) of every line of a panel: one for each condition and for whatever else differs in it."""
    keys = ["condition", *_settings(table, function)]
    groups = table.groupby(keys, sort=False, dropna=False)
    return [(_name_of(keys, key), rows) for key, rows in groups]


def _settings(table, function: str) -> list[str]:
    """The further columns that it takes, besides task, condition and metric, to tell a model's rows apart."""
    keys = [c for c in ("model", "seed", "tokens", "task", "condition", "metric") if c in table.columns]
    chosen = []
    for column in table.columns:
        if not table.duplicated([*keys, *chosen]).any():
            break
        if column in _NO_SETTINGS:
            continue
        within = table.groupby([*keys, *chosen], dropna=False)[column].nunique(dropna=False)
        if within.max() > 1:
            chosen.append(column)
    need_single_rows(table, [*keys, *chosen], function)
    return chosen


def _name_of(keys, values) -> str:
    first, *others = values
    named = [
        say("plot_is", name=name, value=_short(value)) for name, value in zip(keys[1:], others, strict=True)
    ]
    return ", ".join(
        [str(first), *(text for text, value in zip(named, others, strict=True) if value == value)]
    )


def _name(row) -> str:
    task, condition, *others = row
    settings = zip(row._fields[2:], others, strict=True)
    named = [_short(value) if key == "metric" else say("plot_is", name=key, value=_short(value))
             for key, value in settings if value == value]  # fmt: skip
    return ", ".join([say("plot_setting", name=task, value=condition), *named])


def _short(value) -> str:
    """A number without the decimals that a column with gaps gives it."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def rescaled(table):
    """The table with value, ci_lo and ci_hi so that guessing is 0 and all right is 1; chance is 0 then."""
    chance = table["chance"].astype(float).fillna(0)
    changed = {c: ((table[c] - chance) / (1 - chance)).clip(0, 1) for c in ("value", "ci_lo", "ci_hi")}
    return table.assign(**changed, chance=0.0)


def above_chance(table):
    """For each row, whether the interval lies above chance, and above LEAST where guessing gets nothing."""
    return table["ci_lo"] > table["chance"].astype(float).fillna(0).clip(lower=LEAST)
