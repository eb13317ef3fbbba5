"""The broker's answers on disk: `emlab.models.cache`, with the tokens of each prompt beside the answer."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from emgrader.broker.protocol import Question
from emlab.models import cache


class Answer(NamedTuple):
    """What a model said to one request, as plain JSON values, and the tokens of the prompt."""

    value: Any
    tokens: int


def keys(question: Question) -> list[bytes]:
    """One key for each request of the question; never one of a file that students' models write."""
    rung, op = question.rung, f"broker/{question.op}"
    return [cache.request_key(rung.name, rung.revision, rung.dtype, op, item) for item in question.items]


class Cache:
    """The answers in the file at `path`, which is made when it is missing."""

    def __init__(self, path: Path) -> None:
        self._answers = cache.Cache(path)

    def get(self, wanted: list[bytes]) -> dict[bytes, Answer]:
        """Those of the wanted answers that are known."""
        return {key: Answer(*kept) for key, kept in self._answers.get(wanted).items()}

    def put(self, answers: Iterable[tuple[bytes, Answer]]) -> None:
        """Keep these answers."""
        self._answers.put((key, list(answer)) for key, answer in answers)

    def close(self) -> None:
        """End with everything in the one file."""
        self._answers.close()
