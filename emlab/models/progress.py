"""A bar for what takes its time.

It appears on the standard output after some seconds and goes away at the end: what is written to the
standard error would cost a student the points of a cell under stock nbgrader. In a file there is none.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

DELAY = 3.0  # seconds; what is faster needs no bar


@contextmanager
def bar(name: str, total: int, shown: bool) -> Iterator[Callable[[int], object]]:
    """A function that moves the bar on by so many requests; it does nothing where no bar is shown."""
    watched = sys.stdout.isatty() or "ipykernel" in sys.modules
    if not shown or not watched:
        yield lambda n: None
        return
    from tqdm import tqdm

    with tqdm(
        desc=name, total=total, unit="request", delay=DELAY, file=sys.stdout, leave=False, dynamic_ncols=True
    ) as moving:
        yield moving.update
