"""What one submission has used, and how much it may."""

from dataclasses import asdict, dataclass
from typing import Any

from emgrader.broker.protocol import Refused
from emgrader.messages import say

# Of answers that one submission may add to the cache; past it, it is answered and nothing is kept.
MAX_STORED_BYTES = 32 * 2**20


@dataclass(frozen=True)
class Limits:
    """The most that one submission may use. An honest one asks some 20,000 requests and takes 20 s."""

    requests: int = 200_000
    seconds: float = 300.0


@dataclass
class Meter:
    """What one submission has used so far.

    frames          questions of any kind, refused ones included
    requests        single requests in them
    cached          requests answered from the cache
    prompt_tokens   tokens of the prompts, cached or not
    seconds         time of the models, shared out by tokens where submissions were computed together
    stored_bytes    answers that it added to the cache
    """

    frames: int = 0
    requests: int = 0
    cached: int = 0
    prompt_tokens: int = 0
    seconds: float = 0.0
    stored_bytes: int = 0

    def admit(self, n_requests: int, limits: Limits) -> None:
        """Count a question of `n_requests` requests; Refused when the submission may not ask as many."""
        self.frames += 1
        if max(self.frames, self.requests + n_requests) > limits.requests:
            raise Refused("limit", say("broker.limit_requests", limit=f"{limits.requests:,}"))
        if self.seconds >= limits.seconds:
            raise Refused("limit", say("broker.limit_seconds", limit=round(limits.seconds)))
        self.requests += n_requests

    def charge(self, seconds: float) -> None:
        """Count the time that a model took."""
        self.seconds += seconds

    def may_store(self, n_bytes: int) -> bool:
        """Whether an answer of `n_bytes` may be kept; counts it when it may."""
        if self.stored_bytes + n_bytes > MAX_STORED_BYTES:
            return False
        self.stored_bytes += n_bytes
        return True

    def usage(self) -> dict[str, Any]:
        """Everything counted, as a plain dict."""
        return {**asdict(self), "seconds": round(self.seconds, 3)}
