"""How many requests to compute before what was computed is kept: so many as take some seconds."""

import time
from collections.abc import Callable, Iterator
from typing import Any

FIRST = 32  # requests
SHORT, LONG = 4.0, 16.0  # seconds between which a chunk should take


def in_chunks(
    requests: list[Any], compute: Callable[[list[Any]], list[Any]]
) -> Iterator[list[tuple[int, Any]]]:
    """The answers to `requests` as (index, answer), a chunk at a time.

    Requests are taken in the order of their texts, so that those which begin alike, and can be read
    together, come into the same chunk. Chunks grow until one takes SHORT seconds, and shrink above LONG.
    """
    order = sorted(range(len(requests)), key=lambda i: requests[i][0])
    size, start = FIRST, 0
    while start < len(order):
        chunk = order[start : start + size]
        began = time.monotonic()
        computed = compute([requests[i] for i in chunk])
        seconds = time.monotonic() - began
        yield list(zip(chunk, computed, strict=True))
        start += len(chunk)
        if seconds < SHORT:
            size *= 2
        elif seconds > LONG:
            size = max(1, size // 2)
