"""What a run on a server will cost, said before it begins, and what it did cost."""

from dataclasses import dataclass
from typing import Any

from emlab.messages import say

BYTES_PER_TOKEN = 4  # of English text, roughly; other languages take more tokens
LARGE = 100  # requests; a larger run is announced


@dataclass(frozen=True)
class Estimate:
    """The size of a run before it begins: tokens are estimated from the length of the text.

    money is in the currency of the prices; None when no price is given.
    """

    requests: int
    prompt_tokens: int
    completion_tokens: int
    money: float | None

    def words(self, name: str) -> str:
        """The estimate as a sentence."""
        money = say("api_no_price") if self.money is None else say("api_money", cost=f"{self.money:.2f}")
        return say(
            "api_estimate",
            name=name,
            requests=f"{self.requests:,}",
            prompt_tokens=f"{self.prompt_tokens:,}",
            completion_tokens=f"{self.completion_tokens:,}",
            money=money,
        )


@dataclass
class Usage:
    """What a server has counted so far; `retries` are requests that were sent again."""

    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    retries: int = 0

    def add(self, usage: Any) -> None:
        """Count one answer by what it says about itself; a server need not say it."""
        self.requests += 1
        if isinstance(usage, dict):
            self.prompt_tokens += int(usage.get("prompt_tokens") or 0)
            self.completion_tokens += int(usage.get("completion_tokens") or 0)

    def cost(self, price_in: float | None, price_out: float | None) -> float | None:
        """In the currency of the prices, which are for a million tokens; None without prices."""
        return money(self.prompt_tokens, self.completion_tokens, price_in, price_out)


def estimate(kind: str, requests: list[Any], price_in: float | None, price_out: float | None) -> Estimate:
    """How large `requests` are: (context, continuation) or (context, settings), as `kind` says."""
    if kind == "loglikelihood":
        read = sum(len((context + continuation).encode("utf-8")) for context, continuation in requests)
        written = len(requests)
    else:
        read = sum(len(context.encode("utf-8")) for context, _ in requests)
        written = sum(how["max_gen_toks"] for _, how in requests)
    read = -(-read // BYTES_PER_TOKEN)
    return Estimate(len(requests), read, written, money(read, written, price_in, price_out))


def money(read: int, written: int, price_in: float | None, price_out: float | None) -> float | None:
    """What so many tokens cost at prices for a million tokens."""
    if price_in is None and price_out is None:
        return None
    return (read * (price_in or 0.0) + written * (price_out or 0.0)) / 1e6
