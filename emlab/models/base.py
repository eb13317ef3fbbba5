"""What every model can do, in lm-evaluation-harness's terms, whatever stands behind it.

A model answers greedily, so the same request always has the same answer: it is computed once and
remembered while the model is in memory. A subclass writes the `compute_...` methods, which get each
request once and already checked.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from emlab.messages import say

if TYPE_CHECKING:
    import numpy as np

Scored = tuple[float, bool]  # (log-probability, is the continuation the greedy one?)

MOST_GEN_TOKS = 4096


class UnknownModel(ValueError):
    """A model was asked for that does not exist."""


@dataclass(frozen=True)
class Attention:
    """Who looks at whom: the attention of every layer and head over one text.

    `weights[layer, head, i, j]` (float32) is how much position i takes from position j <= i; each row
    sums to 1. `tokens` are the T pieces of the text, which concatenated give the text back.
    """

    tokens: list[str]
    weights: "np.ndarray"  # (layers, heads, T, T)


class Model(ABC):
    """A causal language model.

    name       the spec that loads it, for example "ladder/227k"
    params     number of parameters
    revision   12 hex digits that change whenever the weights do
    dtype      what it computes in
    max_length most tokens that it reads at once
    """

    name: str
    params: int
    revision: str
    dtype: str
    max_length: int

    def __init__(self) -> None:
        self._remembered: dict[Hashable, Any] = {}

    def __repr__(self) -> str:
        return f"<{self.name}: {self.params:,} parameters, revision {self.revision}>"

    def loglikelihood(self, requests: Sequence[tuple[str, str]]) -> list[Scored]:
        """For each (context, continuation): its log-probability, and whether it is the greedy continuation.

        Trailing spaces of the context are counted as part of the continuation. A context that is too long
        loses its beginning. Raises ValueError for anything that is not a pair of texts.
        """
        checked = check_loglikelihood(requests)
        return self._answer("loglikelihood", checked, checked, self.compute_loglikelihood)

    def generate_until(self, requests: Sequence[tuple[str, dict[str, Any]]]) -> list[str]:
        """For each (context, {"until": [stops], "max_gen_toks": n}): the greedy text up to the first stop.

        Both settings may be left out (no stop; 16 tokens). A context that leaves no room for n tokens
        loses its beginning.
        """
        checked = check_generation(requests, most=min(self.max_length - 1, MOST_GEN_TOKS))
        keys = [(context, tuple(how["until"]), how["max_gen_toks"]) for context, how in checked]
        return self._answer("generate_until", keys, checked, self.compute_generation)

    @abstractmethod
    def compute_loglikelihood(self, requests: list[tuple[str, str]]) -> list[Scored]:
        """`loglikelihood` without checks and without memory."""

    @abstractmethod
    def compute_generation(self, requests: list[tuple[str, dict[str, Any]]]) -> list[str]:
        """`generate_until` without checks and without memory."""

    @abstractmethod
    def attention(self, text: str) -> Attention:
        """The attention weights of every layer and head over `text`."""

    @abstractmethod
    def tokenize(self, text: str) -> list[str]:
        """The pieces of `text` that the model reads; concatenated they give the text back."""

    def _answer(
        self, kind: str, keys: list[Hashable], requests: list[Any], compute: Callable[[list[Any]], list[Any]]
    ) -> list[Any]:
        """Answers in the order of `requests`; a request that is not remembered is computed once."""
        new = {
            (kind, key): request
            for key, request in zip(keys, requests, strict=True)
            if (kind, key) not in self._remembered
        }
        if new:
            self._remembered.update(zip(new, compute(list(new.values())), strict=True))
        return [self._remembered[kind, key] for key in keys]


def check_loglikelihood(requests: Sequence[Any]) -> list[tuple[str, str]]:
    """The requests as a list of tuples. ValueError names the first that is not a (context, continuation)."""
    checked = []
    for index, request in enumerate(requests):
        match request:
            case (str(context), str(continuation)):
                check_text(context)
                check_text(continuation)
            case _:
                example = [("2 + 2 =", " 4")]
                raise ValueError(
                    say(
                        "not_requests",
                        method="loglikelihood",
                        example=example,
                        index=index,
                        got=_short(request),
                    )
                )
        if not continuation:
            raise ValueError(say("empty_continuation", index=index))
        checked.append((context, continuation))
    return checked


def check_generation(requests: Sequence[Any], most: int) -> list[tuple[str, dict[str, Any]]]:
    """The requests with both settings filled in. ValueError names the first that makes no sense.

    `most` is the largest max_gen_toks.
    """
    checked = []
    for index, request in enumerate(requests):
        match request:
            case (str(context), dict(how)):
                check_text(context)
            case _:
                example = [("2 + 2 =", {"until": ["\n"], "max_gen_toks": 16})]
                raise ValueError(
                    say(
                        "not_requests",
                        method="generate_until",
                        example=example,
                        index=index,
                        got=_short(request),
                    )
                )
        until, n = how.get("until", []), how.get("max_gen_toks", min(16, most))
        if isinstance(until, str):
            until = [until]
        fits = (
            how.keys() <= {"until", "max_gen_toks"}
            and isinstance(until, list | tuple)
            and all(isinstance(stop, str) and stop for stop in until)
            and isinstance(n, int)
            and not isinstance(n, bool)
            and 1 <= n <= most
        )
        if not fits:
            raise ValueError(say("bad_generation", index=index, most=most, got=_short(how)))
        for stop in until:
            check_text(stop)
        checked.append((context, {"until": list(until), "max_gen_toks": n}))
    return checked


def check_text(text: Any) -> str:
    """`text` itself. ValueError when it is no string, or half of a surrogate pair is in it, which is a
    legal str but which no tokenizer and no file takes.
    """
    if not isinstance(text, str):
        raise ValueError(say("not_text", got=_short(text)))
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        around = text[max(0, error.start - 10) : error.end + 10]
        raise ValueError(say("not_unicode", text=around, reason=error.reason)) from None
    return text


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 200 else text[:200] + "…"
