"""Requests to a server that may be slow, busy or broken: sent again, not too fast, several at a time."""

import email.utils
import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from typing import Any

import httpx

from emlab.messages import say
from emlab.models.base import ModelUnavailable

# what may pass: timeout, conflict, too early, too many requests, and the server's own troubles
PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0  # seconds, without a Retry-After
FIRST_TRIES = 3  # to reach a server that never answered: more likely than a pause is a wrong address
_SHOWN = 500  # characters of a server's words that an error quotes
_SECRET = 12  # characters; a shorter key ("none", "EMPTY") is a stand-in, and may be a word of an answer


class ApiError(ModelUnavailable):
    """A server gives no answer, or not the one that is needed."""


class Refused(ApiError):
    """The server says that the request itself is wrong; `status` is HTTP's."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Client:
    """Posts JSON to one server; any number of threads.

    key          goes into the header and nowhere else: it is blotted out of what a server sends back, be it
                 an error or an answer
    timeout      seconds for one try
    tries        most tries of one request
    per_minute   most requests in a minute; None for no limit
    max_wait     most seconds to wait when the server names a time
    """

    def __init__(
        self,
        name: str,
        url: str,
        key: str,
        *,
        timeout: float,
        tries: int,
        per_minute: float | None,
        max_wait: float,
    ) -> None:
        self._name = name
        self._key = key
        self._tries = tries
        self._max_wait = max_wait
        self._pace = _Pace(60 / per_minute if per_minute else 0.0)
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._http = httpx.Client(base_url=url.rstrip("/") + "/", headers=headers, timeout=timeout)
        self._reached = False
        self.retries = 0

    def post(self, path: str, body: dict[str, Any], stop: threading.Event | None = None) -> dict[str, Any]:
        """The JSON object that the server answers with. Refused or ApiError when there is none.

        `stop`: set when the answer is not wanted any more.
        """
        for n in range(1, self._tries + 1):
            self._pace.wait(stop)
            if stop is not None and stop.is_set():
                raise ApiError("stopped")
            named = None
            try:
                response = self._http.post(path, json=body)
                self._reached = True
                if response.status_code == 200:
                    return _read_object(self._blot(response.content.decode()))
                reason = self._words(response)
                if response.status_code not in PASSING or "insufficient_quota" in reason:
                    message = say("api_refused", name=self._name, status=response.status_code, reason=reason)
                    raise Refused(response.status_code, message)
                named = retry_after(response.headers)
                reason = f"HTTP {response.status_code}: {reason}"
            except (httpx.TransportError, httpx.DecodingError, ValueError) as error:
                reason = self._blot(f"{type(error).__name__}: {error}")[:_SHOWN]
                unreachable = isinstance(error, httpx.ConnectError) and not self._reached
                if unreachable and n == min(FIRST_TRIES, self._tries):
                    url = self._http.base_url.copy_with(userinfo=b"")
                    message = say("api_unreachable", name=self._name, url=url, reason=reason)
                    raise ApiError(message) from None
            if n == self._tries:
                break
            if named is not None and named > self._max_wait:
                message = say("api_wait", name=self._name, seconds=round(named), limit=self._max_wait)
                raise ApiError(message)
            self.retries += 1
            if named is not None:
                self._pace.pause(named)  # it is the server that is busy, so nobody asks meanwhile
            # full jitter, so that requests which failed together do not come back together
            wait = random.uniform(0, min(LONGEST_WAIT, FIRST_WAIT * 2**n))
            _sleep(wait if named is None else named + random.uniform(0, FIRST_WAIT), stop)
        raise ApiError(say("api_failed", name=self._name, tries=self._tries, reason=reason))

    def _words(self, response: httpx.Response) -> str:
        """What the server says is wrong."""
        text = self._blot(response.text)
        try:
            error = json.loads(text)
            error = error.get("error", error.get("detail", error))
            text = error if isinstance(error, str) else json.dumps(error, ensure_ascii=False)
        except (ValueError, AttributeError):
            pass
        return text[:_SHOWN]

    def _blot(self, text: str) -> str:
        return text.replace(self._key, "***") if len(self._key) >= _SECRET else text


def _read_object(text: str) -> dict[str, Any]:
    """ValueError for anything but a JSON object: a proxy's page, or half an answer."""
    answer = json.loads(text)
    if not isinstance(answer, dict):
        raise ValueError("no JSON object")
    return answer


def retry_after(headers: httpx.Headers) -> float | None:
    """The seconds that a server asks to wait, given as seconds or as a date; None when it does not say."""
    text = headers.get("retry-after", "")
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - time.time())
    except ValueError:
        return None


class _Pace:
    """Lets requests go at least `gap` seconds apart, and none before a pause is over."""

    def __init__(self, gap: float) -> None:
        self._gap = gap
        self._next = 0.0
        self._lock = threading.Lock()

    def wait(self, stop: threading.Event | None) -> None:
        with self._lock:
            turn = max(self._next, time.monotonic())
            self._next = turn + self._gap
        _sleep(turn - time.monotonic(), stop)

    def pause(self, seconds: float) -> None:
        with self._lock:
            self._next = max(self._next, time.monotonic() + seconds)


def _sleep(seconds: float, stop: threading.Event | None) -> None:
    if seconds > 0:
        (stop or threading.Event()).wait(seconds)


def side_by_side(
    items: list[Any], ask: Callable[[Any, threading.Event], Any], threads: int
) -> Iterator[tuple[int, Any]]:
    """`ask(item, stop)` for each item, `threads` at a time, as (index, answer) in the order they come.

    The first error ends it: what has not been asked is not asked, and what was answered until then is given
    out before the error is raised.
    """
    stop = threading.Event()
    pool = ThreadPoolExecutor(max_workers=threads)
    try:
        futures: dict[Future, int] = {pool.submit(ask, item, stop): i for i, item in enumerate(items)}
        failed = None
        for future in as_completed(futures):
            if future.cancelled():
                continue
            if (error := future.exception()) is None:
                yield futures[future], future.result()
            elif failed is None:
                failed = error
                stop.set()
                for other in futures:
                    other.cancel()
        if failed is not None:
            raise failed
    finally:
        stop.set()
        pool.shutdown(wait=False, cancel_futures=True)
