"""Log-probabilities of a given text, read from what /completions answers with echo and logprobs.

    {"text": ..., "logprobs": {"tokens": [T], "token_logprobs": [T], "top_logprobs": [T dicts]}}

The T tokens are those of the text and then the one that was written after it. The first token of all has
no log-probability (null), since nothing comes before it.

Not every server means this by it. llama-cpp-python 0.3.36 puts beside each token what comes *after* it when
the model has no token that begins a text. So the token that was written, greedily, must be the likeliest by
the server's own numbers, or none of them is believed.
"""

from collections.abc import Callable
from itertools import accumulate
from typing import Any, NamedTuple

from emlab.messages import say
from emlab.models.base import Scored


class NoLogprobs(ValueError):
    """The answer does not hold what echo and logprobs ask for."""


class NoFirst(ValueError):
    """The first token of the text has no log-probability, and it would have to be scored."""


class Echo(NamedTuple):
    """The tokens of a text: each one's text, log-probability (None: the first) and whether it is greedy."""

    tokens: list[str]
    logprobs: list[float | None]
    greedy: list[bool]


def read(choice: dict[str, Any], text: str) -> Echo:
    """The tokens of `text` in the server's answer to it. NoLogprobs when they are not there."""
    match choice.get("logprobs"):
        case {"tokens": list(tokens), "token_logprobs": list(logprobs), "top_logprobs": list(tops)}:
            pass
        case _:
            raise NoLogprobs("no logprobs in its answer")
    if not str(choice.get("text", "")).startswith(text):
        raise NoLogprobs("it does not echo the text")
    if not len(tokens) == len(logprobs) == len(tops) > 0:
        raise NoLogprobs("lists of several lengths")
    usage = choice.get("usage")
    written = usage.get("completion_tokens") if isinstance(usage, dict) else None
    n = len(tokens) - (1 if written is None else written)  # one was asked for
    greedy = []
    for logprob, top in zip(logprobs, tops, strict=True):
        # the most likely token may be this one: its own log-probability is then the largest
        best = max(top.values()) if isinstance(top, dict) and top else None
        greedy.append(logprob is not None and best is not None and logprob >= best)
    if n < len(tokens) and not greedy[n]:
        raise NoLogprobs("by its own numbers the token that it wrote was not the likeliest")
    return Echo([str(token) for token in tokens[:n]], logprobs[:n], greedy[:n])


def score(context: str, continuation: str, ask: Callable[[str], Echo]) -> Scored:
    """The log-probability of `continuation` after `context`, split as lm-evaluation-harness splits them.

    Trailing spaces of the context belong to the continuation, and the continuation begins after as many
    tokens as the context has. Where a token ends just where the context does, that is there; else the
    context is asked for alone. Raises ValueError when no token is left, NoFirst for an empty context.
    """
    kept = context.rstrip()
    whole = ask(context + continuation)
    ends = list(accumulate(map(len, whole.tokens)))
    plain = "".join(whole.tokens) == context + continuation  # no token is a part of a character
    if not kept:
        start = 0 if whole.logprobs[0] is not None or whole.tokens[0] else 1
    elif plain and len(kept) in ends:
        start = ends.index(len(kept)) + 1
    else:
        start = len(ask(kept).tokens)
    scored = whole.logprobs[start:]
    if not scored:
        raise ValueError(say("no_continuation_token", continuation=continuation, end=kept[-20:]))
    if None in scored:
        raise NoFirst
    return float(sum(scored)), all(whole.greedy[start:])
