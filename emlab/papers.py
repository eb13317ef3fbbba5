"""Figures transcribed from papers: facts with their source, in emlab/published/*.csv.

Each file begins with lines "# ..." that name the paper and the table.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from emlab.messages import say

if TYPE_CHECKING:
    import pandas as pd

FOLDER = Path(__file__).parent / "published"


def published(name: str) -> "pd.DataFrame":
    """A published table, for example "gpt3_table_h1"; `.attrs["source"]` says where it is from.

    gpt3_table_h1: one row for each task, setting (zero, one, few) and model size, with columns task,
    metric, split, k_fewshot (examples in the few-shot prompt), setting, size, params, train_flops, value
    (in %). Raises ValueError for an unknown name; it lists the tables.
    """
    import pandas as pd

    tables = {path.stem: path for path in sorted(FOLDER.glob("*.csv"))}
    if name not in tables:
        raise ValueError(say("unknown_published", name=name, known=", ".join(tables)))
    table = pd.read_csv(tables[name], comment="#", keep_default_na=False)  # "n/a" is a split
    table.attrs["source"] = _source(tables[name])
    return table


def _source(path: Path) -> str:
    """The comment lines at the head of a table, as one text."""
    with path.open(encoding="utf-8") as file:
        lines = [line for line in file if line.startswith("#")]
    return " ".join(line.lstrip("# ").strip() for line in lines)
