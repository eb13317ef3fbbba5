"""What every model can do, in lm-evaluation-harness's terms, whatever stands behind it.

A greedy answer to the same request is always the same: it is computed once and remembered while the model
is in memory, and on disk where `load` gave the model a cache. An answer that is sampled (temperature > 0)
is never remembered. A subclass writes the `compute_...` methods, which get each request once and already
checked.
"""

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from emlab.messages import say
from emlab.models.cache import Cache, request_key
from emlab.models.progress import bar

if TYPE_CHECKING:
    import numpy as np

Scored = tuple[float, bool]  # (log-probability, is the continuation the greedy one?)

MOST_GEN_TOKS = 4096
TARGET_DELIMITER = " "  # between prompt and choice; lm-evaluation-harness's name and default


class UnknownModel(ValueError):
    """A model was asked for that does not exist."""


class ModelUnavailable(RuntimeError):
    """A model that may well exist, but not here and now."""


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

    name       the spec that loads it, for example "ladder/774k"
    params     number of parameters; None where nobody says
    revision   12 hex digits that change whenever the weights do
    dtype      what it computes in
    max_length most tokens that it reads at once
    cache      greedy answers on disk, if it keeps them there
    samples    whether it can answer with a temperature above 0
    """

    name: str
    params: int | None
    revision: str
    dtype: str
    max_length: int
    cache: Cache | None = None
    samples = False
    shows_progress = False

    def __init__(self) -> None:
        self._remembered: dict[Hashable, Any] = {}

    def __repr__(self) -> str:
        params = "?" if self.params is None else f"{self.params:,}"
        return f"<{self.name}: {params} parameters, revision {self.revision}>"

    def loglikelihood(self, requests: Sequence[tuple[str, str]]) -> list[Scored]:
        """For each (context, continuation): its log-probability, and whether it is the greedy continuation.

        Trailing spaces of the context are counted as part of the continuation. A context that is too long
        loses its beginning. Raises ValueError for anything that is not a pair of texts.
        """
        checked = check_loglikelihood(requests)
        answers = self._answer("loglikelihood", checked, checked)
        return [(logprob, greedy) for logprob, greedy in answers]

    def generate_until(self, requests: Sequence[tuple[str, dict[str, Any]]]) -> list[str]:
        """For each (context, {"until": [stops], "max_gen_toks": n}): the greedy text up to the first stop.

        Both settings may be left out (no stop; 16 tokens). A context that leaves no room for n tokens
        loses its beginning. With {"temperature": t}, t > 0, the text is sampled: anew for each request, also
        for equal ones, and anew at each call. Not every model can do that.
        """
        most = min(self.max_length - 1, MOST_GEN_TOKS)
        checked = check_generation(requests, most, sampling=self.samples)
        greedy = [i for i, (_, how) in enumerate(checked) if not how.get("temperature")]
        sampled = [i for i, (_, how) in enumerate(checked) if how.get("temperature")]
        texts = [""] * len(checked)
        keys = [(checked[i][0], tuple(checked[i][1]["until"]), checked[i][1]["max_gen_toks"]) for i in greedy]
        for i, text in zip(
            greedy, self._answer("generate_until", keys, [checked[i] for i in greedy]), strict=True
        ):
            texts[i] = text
        for part in self._computed("generate_until", [checked[i] for i in sampled]):
            for n, text in part:
                texts[sampled[n]] = text
        return texts

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

    def compute_in_parts(self, kind: str, requests: list[Any]) -> Iterator[list[tuple[int, Any]]]:
        """The answers as (index of the request, answer), in lists that can be kept as soon as they come.

        Here one list with everything; for a model that takes its time see `in_chunks`.
        """
        compute = self.compute_loglikelihood if kind == "loglikelihood" else self.compute_generation
        yield list(enumerate(compute(requests)))

    def _answer(self, kind: str, keys: list[Hashable], requests: list[Any]) -> list[Any]:
        """Answers in the order of `requests`; a request that is not remembered is computed once."""
        new = {
            (kind, key): request
            for key, request in zip(keys, requests, strict=True)
            if (kind, key) not in self._remembered
        }
        if new and self.cache is not None:
            new = self._recall(self.cache, new)
        names = list(new)
        for part in self._computed(kind, list(new.values())):
            if self.cache is not None:
                self.cache.put((self._disk_key(names[i]), answer) for i, answer in part)
            self._remembered.update((names[i], answer) for i, answer in part)
        return [self._remembered[kind, key] for key in keys]

    def _recall(self, cache: Cache, new: dict[Hashable, Any]) -> dict[Hashable, Any]:
        """Remember what is on disk; gives back what is not."""
        on_disk = {name: self._disk_key(name) for name in new}
        known = cache.get(list(on_disk.values()))
        self._remembered.update((name, known[key]) for name, key in on_disk.items() if key in known)
        return {name: request for name, request in new.items() if on_disk[name] not in known}

    def _disk_key(self, name: Hashable) -> bytes:
        kind, request = name
        return request_key(self.name, self.revision, self.dtype, kind, request)

    def _computed(self, kind: str, requests: list[Any]) -> Iterator[list[tuple[int, Any]]]:
        """`compute_in_parts`, with a bar where this model shows one."""
        if not requests:
            return
        with bar(self.name, len(requests), shown=self.shows_progress) as advance:
            for part in self.compute_in_parts(kind, requests):
                yield part
                advance(len(part))


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


def check_generation(
    requests: Sequence[Any], most: int, sampling: bool = False
) -> list[tuple[str, dict[str, Any]]]:
    """The requests with both settings filled in. ValueError names the first that makes no sense.

    most: the largest max_gen_toks. sampling: whether a temperature above 0 is allowed; one of 0 is left out
    of what is returned, since greedy is what a model is without it.
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
        temperature = how.get("temperature", 0)
        if isinstance(until, str):
            until = [until]
        fits = (
            how.keys() <= {"until", "max_gen_toks", "temperature"}
            and isinstance(until, list | tuple)
            and all(isinstance(stop, str) and stop for stop in until)
            and isinstance(n, int)
            and not isinstance(n, bool)
            and 1 <= n <= most
            and isinstance(temperature, int | float)
            and not isinstance(temperature, bool)
            and 0 <= temperature <= 2
        )
        if not fits:
            raise ValueError(say("bad_generation", index=index, most=most, got=_short(how)))
        if temperature and not sampling:
            raise ValueError(say("no_sampling", index=index))
        for stop in until:
            check_text(stop)
        settings = {"until": list(until), "max_gen_toks": n}
        if temperature:
            settings["temperature"] = float(temperature)
        checked.append((context, settings))
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
