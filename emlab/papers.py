"""Tables that come with the package: figures of papers, and what was measured on the ladder.

emlab/published/*.csv: facts with their source; each file begins with lines "# ..." that name the paper and
the table. emlab/rungs/measured/*.csv: written by ladder.measure.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from emlab.messages import say

if TYPE_CHECKING:
    import pandas as pd

FOLDER = Path(__file__).parent / "published"
MEASURED = Path(__file__).parent / "rungs" / "measured"

# a part of the table "results": the column and what must be in it
_PARTS = {
    "wei2022_cot": ("source", "arXiv:2201.11903"),
    "codex": ("source", "arXiv:2107.03374"),
    "mmlu": ("benchmark", "MMLU"),
    "palm": ("model", "PaLM"),
    "gpt4": ("source", "arXiv:2303.08774"),
    "human": ("model", "human"),
}

# where all rows of a table are from
_ORIGINS = {
    "gpt3_table_h1": {"source": "Brown et al. 2020 arXiv:2005.14165", "table": "Table H.1"},
    "bbh_codex": {"source": "Suzgun et al. 2022 arXiv:2210.09261", "table": "recorded answers, counted"},
}


def published(name: str) -> "pd.DataFrame":
    """A published table, for example "gpt3_table_h1"; `.attrs["source"]` says where it is from.

    Each row says its source and the table there.
    gpt3_table_h1: one row for each task, setting (zero, one, few) and model size, with columns task,
    metric, split, k_fewshot (examples in the few-shot prompt), setting, size, params, train_flops, value
    (in %).
    results: benchmark, model, params, setting, metric, value (in %), train_flops, compute_source, source,
    table; params and train_flops are NaN where they were not published. Its parts: "wei2022_cot"
    (chain of thought), "codex", "mmlu" (by model), "palm", "gpt4" (the GPT-4 report), "human" (people; the
    setting says who they are, and whether the figure was measured or estimated).
    bbh_codex: nine tasks of BIG-Bench Hard, items that code-davinci-002 got right with and without a chain of
    thought, with only one of these, with neither.
    wei2022_emergent: the abilities that Wei et al. list as emergent, with the scale where they appear.
    Raises ValueError for an unknown name; it lists the tables.
    """
    import pandas as pd

    tables = {path.stem: path for path in sorted(FOLDER.glob("*.csv"))}
    if name not in tables and name not in _PARTS:
        raise ValueError(say("unknown_published", name=name, known=", ".join([*tables, *_PARTS])))
    path = tables[name if name in tables else "results"]
    # "n/a" is a split; only a number can be missing
    missing = {"params": [""], "train_flops": [""]}
    table = pd.read_csv(path, comment="#", keep_default_na=False, na_values=missing)
    if name in _PARTS:
        column, part = _PARTS[name]
        found = table[column] == part if column != "source" else table[column].str.contains(part, regex=False)
        table = table[found].reset_index(drop=True)
    table.attrs["source"] = _source(path)
    return table.assign(**_ORIGINS.get(path.stem, {}))


def measured(name: str) -> "pd.DataFrame":
    """A table of what was measured on the ladder, for example "proverb", as emlab's figures take it.

    It holds all models, also those trained again from another seed; `emlab.shipped` leaves the rungs.
    Raises ValueError for an unknown name; it lists the tables.
    """
    import pandas as pd

    tables = {path.stem: path for path in sorted(MEASURED.glob("*.csv"))}
    if name not in tables:
        raise ValueError(say("unknown_measured", name=name, known=", ".join(tables)))
    return pd.read_csv(tables[name])


def _source(path: Path) -> str:
    """The comment lines at the head of a table, as one text."""
    with path.open(encoding="utf-8") as file:
        lines = [line for line in file if line.startswith("#")]
    return " ".join(line.lstrip("# ").strip() for line in lines)
