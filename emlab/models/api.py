"""`api:<model>`: a model behind a server that speaks OpenAI's protocol.

    api:gpt-4o-mini                                     OPENAI_API_KEY in the environment
    api:smollm2,base_url=http://127.0.0.1:8000/v1       a server here; also OPENAI_BASE_URL

`generate_until` asks /chat/completions, with the context as the one message of the user, or /completions
with endpoint=completions. `loglikelihood` asks /completions for the log-probabilities of a text that is
given (echo); few servers say them. A server may put other weights behind the same name: answers in the
cache are those of the day they were asked (`revision` begins anew).
"""

import hashlib
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from emlab.messages import say
from emlab.models import costs, echo
from emlab.models.base import Attention, Model, ModelUnavailable, Scored
from emlab.models.http import ApiError, Client, Refused, side_by_side
from emlab.models.options import answers, full_name, parse
from emlab.models.text import cut

PREFIX = "api:"
KEY_VARIABLE = "OPENAI_API_KEY"
URL_VARIABLE = "OPENAI_BASE_URL"
OPENAI = "https://api.openai.com/v1"
ENDPOINTS = ("chat", "completions")
MOST_STOPS = 4  # that the protocol takes; the text is cut at all of them here


@dataclass(frozen=True)
class ApiOptions:
    """
    base_url             where the server is, up to and with /v1; else OPENAI_BASE_URL, else OpenAI's
    endpoint             chat or completions: what writes texts
    revision             any word; another one forgets the answers that are in the cache
    params               number of parameters, for tables
    concurrency          requests at a time
    requests_per_minute  most requests sent in a minute
    timeout              seconds for one try
    tries                most tries of one request
    max_wait             most seconds to wait when the server names a time
    price_in, price_out  money for a million tokens read and written
    max_cost             refuse a run that is estimated to cost more
    """

    base_url: str | None = None
    endpoint: str = answers("chat")
    revision: str = answers("")
    params: int | None = None
    concurrency: int = 8
    requests_per_minute: float | None = None
    timeout: float = 120.0
    tries: int = 8
    max_wait: float = 300.0
    price_in: float | None = None
    price_out: float | None = None
    max_cost: float | None = None


class ApiModel(Model):
    """A model of which only the answers are known. `usage` is what the server has counted so far.

    `params` is None unless given, `revision` a hash of the server's address, the name and the option
    revision. Raises ApiError for a server that does not answer or that lacks what is needed.
    """

    dtype = "server"
    max_length = 1_000_000  # the server knows; it refuses what is too long
    samples = True
    shows_progress = True

    def __init__(self, spec: str, **keywords: Any) -> None:
        super().__init__()
        self._target, options = parse(ApiOptions, spec, keywords)
        if options.endpoint not in ENDPOINTS:
            raise ValueError(say("api_endpoint", got=options.endpoint))
        self._options = options
        self.name = full_name(PREFIX, self._target, options)
        url = options.base_url or os.environ.get(URL_VARIABLE) or OPENAI
        if not url.startswith(("http://", "https://")):
            raise ValueError(say("api_address", name=self.name, got=url))
        key = os.environ.get(KEY_VARIABLE, "").strip()
        if not key and url == OPENAI:
            raise ModelUnavailable(
                say("api_no_key", name=self.name, variable=KEY_VARIABLE, url_variable=URL_VARIABLE)
            )
        self.params = options.params
        identity = f"{url}\0{self._target}\0{options.revision}"
        self.revision = hashlib.sha256(identity.encode("utf-8")).hexdigest()[:12]
        self._client = Client(
            self.name,
            url,
            key,
            timeout=options.timeout,
            tries=options.tries,
            per_minute=options.requests_per_minute,
            max_wait=options.max_wait,
        )
        self._most_name = "max_tokens"
        self._counting = threading.Lock()
        self.usage = costs.Usage()

    def estimate(self, kind: str, requests: list[Any]) -> costs.Estimate:
        """About what `requests` of `kind` ("loglikelihood", "generate_until") cost, none of them cached.

        Generation needs {"max_gen_toks": n} in each request.
        """
        return costs.estimate(kind, requests, self._options.price_in, self._options.price_out)

    @property
    def cost(self) -> float | None:
        """What the server's counts so far cost at the prices given; None without prices."""
        return self.usage.cost(self._options.price_in, self._options.price_out)

    def compute_loglikelihood(self, requests: list[tuple[str, str]]) -> list[Scored]:
        return self._in_order("loglikelihood", requests)

    def compute_generation(self, requests: list[tuple[str, dict[str, Any]]]) -> list[str]:
        return self._in_order("generate_until", requests)

    def compute_in_parts(self, kind: str, requests: list[Any]) -> Iterator[list[tuple[int, Any]]]:
        """Each answer as it comes. A large run is announced first, and refused above max_cost."""
        estimate = self.estimate(kind, requests)
        if self._options.max_cost is not None and (estimate.money or 0) > self._options.max_cost:
            words = estimate.words(self.name)
            raise ApiError(say("api_too_dear", estimate=words, limit=self._options.max_cost))
        if estimate.requests > costs.LARGE:
            print(estimate.words(self.name))
        ask = self._score if kind == "loglikelihood" else self._write
        # the first alone: if the server can not do this at all, one request finds out
        yield [(0, ask(requests[0], threading.Event()))]
        for index, answer in side_by_side(requests[1:], ask, self._options.concurrency):
            yield [(index + 1, answer)]

    def attention(self, text: str) -> Attention:
        raise NotImplementedError(say("no_weights", name=self.name))

    def tokenize(self, text: str) -> list[str]:
        raise NotImplementedError(say("no_weights", name=self.name))

    def _in_order(self, kind: str, requests: list[Any]) -> list[Any]:
        found = {i: answer for part in self.compute_in_parts(kind, requests) for i, answer in part}
        return [found[i] for i in range(len(requests))]

    def _write(self, request: tuple[str, dict[str, Any]], stop: threading.Event) -> str:
        context, how = request
        chat = self._options.endpoint == "chat"
        body = {
            **({"messages": [{"role": "user", "content": context}]} if chat else {"prompt": context}),
            "temperature": how.get("temperature", 0.0),
            self._most_name: how["max_gen_toks"],
        }
        if how["until"]:
            body["stop"] = how["until"][:MOST_STOPS]
        try:
            choice = self._ask("chat/completions" if chat else "completions", body, stop)
        except Refused as refused:
            # OpenAI's newer models know this setting by its newer name only
            if "max_completion_tokens" not in str(refused) or self._most_name != "max_tokens":
                raise
            self._most_name = "max_completion_tokens"
            return self._write(request, stop)
        message = choice.get("message") if chat else choice
        text = message.get("content" if chat else "text", "") if isinstance(message, dict) else None
        if not isinstance(text or "", str) or message is None:
            raise ApiError(say("api_strange", name=self.name, reason="no text in it"))
        return cut(text or "", how["until"])[0]

    def _score(self, request: tuple[str, str], stop: threading.Event) -> Scored:
        def ask(text: str) -> echo.Echo:
            body = {"prompt": text, "max_tokens": 1, "temperature": 0.0, "logprobs": 1, "echo": True}
            try:
                return echo.read(self._ask("completions", body, stop), text)
            except echo.NoLogprobs as error:
                reason = str(error)
            except Refused as refused:
                if refused.status not in (400, 404, 405, 422, 501):
                    raise
                reason = str(refused)
            raise ApiError(say("api_no_logprobs", name=self.name, reason=reason))

        try:
            return echo.score(*request, ask)
        except echo.NoFirst:
            raise ApiError(say("api_no_first", name=self.name)) from None

    def _ask(self, path: str, body: dict[str, Any], stop: threading.Event) -> dict[str, Any]:
        """The first choice of the server's answer."""
        answer = self._client.post(path, {"model": self._target, **body}, stop)
        with self._counting:
            self.usage.add(answer.get("usage"))
            self.usage.retries = self._client.retries
        match answer:
            case {"choices": [dict(choice), *_]}:
                return {**choice, "usage": answer.get("usage")}
        raise ApiError(say("api_strange", name=self.name, reason=f"no choices in {str(answer)[:200]}"))
