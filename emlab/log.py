"""The log of responses: what was asked, what was answered, one row an answer.

Every table of results is computed from this log, so it is handed in with the notebook.
"""

import gzip
import hashlib
import io
import json
import math
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from emlab.messages import say

if TYPE_CHECKING:
    import pandas as pd

LOG_COLUMNS = (
    "run_id",
    "model",
    "params",
    "item_id",
    "condition",
    "k",
    "strategy",
    "order",
    "template_id",
    "example_ids",
    "order_seed",
    "prompt_sha256",
    "prompt",
    "response",
    "parsed",
    "gold",
    "correct",
)

# n counts responses, n_items distinct items. The interval is Wilson's with n_items trials and
# acc * n_items successes, because an item that is asked three times is not three items. seed_sd is the
# sd (ddof=1) of the accuracy over order seeds, 0.0 for one seed.
RESULT_COLUMNS = (
    "model",
    "params",
    "condition",
    "k",
    "strategy",
    "order",
    "template_id",
    "n",
    "n_items",
    "n_correct",
    "acc",
    "ci_lo",
    "ci_hi",
    "n_unparsed",
    "n_seeds",
    "seed_sd",
)

_FILLED_IN = ("prompt_sha256", "parsed", "correct")
_GIVEN = tuple(column for column in LOG_COLUMNS if column not in _FILLED_IN) + ("choices",)

MAX_BYTES = 256 * 2**20  # unpacked; a real log has some 10 MB


def prompt_sha256(prompt: str) -> str:
    """The SHA-256 of the prompt's UTF-8 bytes, as 64 hex digits."""
    return hashlib.sha256(prompt.encode("utf-8")).hexdigest()


def make_record(**fields: Any) -> dict[str, Any]:
    """One row of the log, with the columns in order.

    Takes every column but prompt_sha256, parsed and correct, which are filled in, and `choices`: parsed is
    the response if it is one of them, else None; correct is whether parsed is the gold answer.
    Raises TypeError that names a field that is missing or unknown.
    """
    if missing := [name for name in _GIVEN if name not in fields]:
        raise TypeError(say("record_missing", fields=", ".join(missing)))
    if unknown := [name for name in fields if name not in _GIVEN]:
        raise TypeError(say("record_unknown", fields=", ".join(unknown), known=", ".join(_GIVEN)))
    ids = fields["example_ids"]
    if not isinstance(ids, list) or not all(isinstance(item_id, str) for item_id in ids):
        raise TypeError(say("record_example_ids", got=ids))
    parsed = fields["response"] if fields["response"] in fields["choices"] else None
    filled = {
        **fields,
        "prompt_sha256": prompt_sha256(fields["prompt"]),
        "parsed": parsed,
        "correct": parsed == fields["gold"],
    }
    return {column: filled[column] for column in LOG_COLUMNS}


def make_item_record(
    *,
    run_id: str,
    model: str,
    params: int,
    item: dict,
    condition: str,
    response: str,
    parsed: Any,
    correct: bool,
) -> dict[str, Any]:
    """One row of the log for an item of an evaluation set, scored by the caller.

    The columns of LOG_COLUMNS (no examples: k is 0 and the prompt is the item's), and besides the item's
    capability, difficulty, checker and n_choices (0 where there is nothing to choose).
    """
    row = {
        "run_id": run_id,
        "model": model,
        "params": params,
        "item_id": item["item_id"],
        "condition": condition,
        "k": 0,
        "strategy": "none",
        "order": "none",
        "template_id": "item",
        "example_ids": [],
        "order_seed": 0,
        "prompt_sha256": prompt_sha256(item["prompt"]),
        "prompt": item["prompt"],
        "response": response,
        "parsed": parsed,
        "gold": item["gold"],
        "correct": bool(correct),
    }
    further = ("capability", "difficulty", "checker")
    n_choices = len(item["choices"]) if item["checker"] == "choice" else 0
    return {**row, **{name: item[name] for name in further}, "n_choices": n_choices}


def save_responses(responses: "pd.DataFrame", path: str | os.PathLike) -> None:
    """Write the log to `path` as gzipped JSON lines, all or nothing. The index is not kept.

    The same log always gives the same bytes. Raises ValueError when a column of LOG_COLUMNS is missing or
    a value is not plain.
    """
    if missing := [column for column in LOG_COLUMNS if column not in responses.columns]:
        raise ValueError(say("log_columns", columns=", ".join(missing)))
    path = Path(path)
    # Written beside the target and moved there, so that a killed run leaves the old file whole.
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".tmp")
    try:
        with (
            os.fdopen(handle, "wb") as file,
            gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as packed,
        ):
            for row in responses.to_dict("records"):
                line = {column: _plain(column, value) for column, value in row.items()}
                packed.write(json.dumps(line, ensure_ascii=False).encode("utf-8") + b"\n")
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def read_responses(path: str | os.PathLike) -> "pd.DataFrame":
    """The log that `save_responses` wrote to `path`, with the types that DataFrame(records) gives.

    Raises ValueError that names the file and the line when it is no such log.
    """
    import pandas as pd

    rows: list[dict[str, Any]] = []
    try:
        with gzip.open(path, "rb") as packed:
            data = packed.read(MAX_BYTES + 1)
    except (EOFError, gzip.BadGzipFile, OSError) as error:
        if isinstance(error, FileNotFoundError | PermissionError | IsADirectoryError):
            raise
        raise ValueError(say("log_unreadable", path=path, reason=error)) from None
    if len(data) > MAX_BYTES:
        raise ValueError(say("log_too_large", path=path, limit=MAX_BYTES // 2**20))
    for number, line in enumerate(io.BytesIO(data), start=1):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise ValueError(say("log_unreadable", path=path, reason=f"line {number} is not a JSON object"))
        rows.append(row)
    responses = pd.DataFrame(rows) if rows else pd.DataFrame(columns=list(LOG_COLUMNS))
    if missing := [column for column in LOG_COLUMNS if column not in responses.columns]:
        raise ValueError(say("log_columns", columns=", ".join(missing)))
    return responses


def _plain(column: str, value: Any) -> Any:
    """The value as JSON has it: a missing value is None, a numpy scalar or array its Python twin."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if value is None or isinstance(value, str | int):  # bool is an int
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Sequence):
        return [_plain(column, item) for item in value]
    raise ValueError(say("log_value", column=column, got=value))
