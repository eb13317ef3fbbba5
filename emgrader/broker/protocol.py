"""What a submission may ask, checked word by word before anything is done with it.

    {"op": "info",           "model": "ladder/774k"}
    {"op": "loglikelihood",  "model": ..., "requests": [[context, continuation], ...]}
    {"op": "generate_until", "model": ..., "requests": [[context, {"until": [...], "max_gen_toks": n}], ...]}
    {"op": "attention",      "model": ..., "requests": [text, ...]}
    {"op": "tokenize",       "model": ..., "requests": [text, ...]}

The bytes around it are `emlab.models.frames`.
"""

import json
from dataclasses import dataclass
from typing import Any

from emgrader.messages import say
from emlab.models.base import check_generation, check_loglikelihood, check_text
from emlab.models.ladder import Rung, find_rung

# Most requests in one frame: no frame may keep the others waiting for more than some seconds.
MAX_REQUESTS = {"info": 0, "loglikelihood": 1024, "generate_until": 256, "attention": 16, "tokenize": 1024}
MAX_CHARACTERS = 100_000  # of one text; a prompt has some 700
MAX_STOPS = 16


class Refused(ValueError):
    """A question that is not answered; `kind` tells the client which exception it is."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True)
class Question:
    """One frame of a submission; `items` are the requests as `emlab.models` takes them."""

    op: str
    rung: Rung
    items: list[Any]


def parse(message: dict[str, Any]) -> Question:
    """The question in a frame. Refused for anything that is not exactly one of the forms above."""
    op, requests = message.get("op"), message.get("requests", [])
    if not isinstance(op, str) or op not in MAX_REQUESTS or not message.keys() <= {"op", "model", "requests"}:
        raise Refused("request", say("broker.unknown_op"))
    if not isinstance(requests, list) or len(requests) > MAX_REQUESTS[op]:
        raise Refused("request", say("broker.too_many", op=op, limit=MAX_REQUESTS[op]))
    try:
        rung = find_rung(message.get("model"))
    except ValueError as error:
        raise Refused("model", str(error)) from None
    try:
        items = _check(op, requests, rung)
    except ValueError as error:
        raise Refused("request", str(error)) from None
    for item in items:
        _check_size(item)
    return Question(op, rung, items)


def _check(op: str, requests: list[Any], rung: Rung) -> list[Any]:
    if op == "loglikelihood":
        return check_loglikelihood(requests)
    if op == "generate_until":
        return check_generation(requests, most=rung.max_length - 1)
    return [check_text(text) for text in requests]


def _check_size(item: Any) -> None:
    match item:
        case (context, {"until": until}):
            texts = [context, *until]
            if len(until) > MAX_STOPS:
                raise Refused("request", say("broker.too_many_stops", limit=MAX_STOPS))
        case str():
            texts = [item]
        case _:
            texts = item
    if any(len(text) > MAX_CHARACTERS for text in texts):
        raise Refused("request", say("broker.too_long", limit=MAX_CHARACTERS))


def canonical(item: Any) -> str:
    """One text for one request, whatever wrote it."""
    return json.dumps(item, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
