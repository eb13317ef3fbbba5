"""What a submission asked and what it was told, one JSON line a request.

    {"at": 1700000000.1, "op": "loglikelihood", "model": "ladder/774k", "revision": "0123456789ab",
     "prompt_sha256": "...", "asked": " positive", "answer": [-0.25, true], "cached": false}

`asked` is the continuation, the settings of a generation, or null; the answer of attention and tokenize is
null. prompt_sha256 is `emlab.prompt_sha256`, so a line can be found from a row of the responses.
"""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from emgrader.broker.protocol import Question
from emgrader.messages import say
from emlab.log import prompt_sha256

MAX_TEXT = 200  # characters of one continuation or answer; of a longer text only the hash is kept
MAX_NAME = 200  # bytes of a file name


def journal_path(folder: Path, submission: str) -> Path:
    """The file of a submission. ValueError when its name is empty or too long to be one."""
    name = quote(submission, safe="") + ".jsonl"
    if not submission or len(name) > MAX_NAME:
        raise ValueError(say("broker.bad_submission", submission=submission))
    return folder / name


class Journal:
    """The journal of one submission, started afresh."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._file = path.open("w", encoding="utf-8")

    def write(self, question: Question, answers: list[Any], cached: list[bool]) -> None:
        """One line for each request, on disk before the submission gets its answers."""
        lines = []
        for item, answer, was_cached in zip(question.items, answers, cached, strict=True):
            prompt, asked = (item, None) if isinstance(item, str) else item
            line = {
                "at": round(time.time(), 1),
                "op": question.op,
                "model": question.rung.name,
                "revision": question.rung.revision,
                "prompt_sha256": prompt_sha256(prompt),
                "asked": _short(asked),
                "answer": _short(answer) if question.op in ("loglikelihood", "generate_until") else None,
                "cached": was_cached,
            }
            lines.append(json.dumps(line, separators=(",", ":")) + "\n")
        self._file.write("".join(lines))
        self._file.flush()

    def close(self) -> None:
        """No more lines."""
        self._file.close()


def read_journal(path: str | Path) -> Iterator[dict[str, Any]]:
    """The lines of a journal; a last line that a killed broker left unfinished is skipped."""
    with Path(path).open(encoding="utf-8") as file:
        for line in file:
            if line.endswith("\n"):
                yield json.loads(line)


def _short(value: Any) -> Any:
    match value:
        case str() if len(value) > MAX_TEXT:
            return {"sha256": prompt_sha256(value)}
        case {"until": until, "max_gen_toks": n}:
            return {"until": [_short(stop) for stop in until], "max_gen_toks": n}
    return value
