"""What a model's forward pass takes: architectures differ, and say so in its signature."""

import inspect
from functools import cache


def accepts(model: object, name: str) -> bool:
    """Whether the forward pass of `model` has an argument of this name."""
    return name in _arguments(type(model))


@cache
def _arguments(kind: type) -> frozenset[str]:
    return frozenset(inspect.signature(getattr(kind, "forward", kind.__call__)).parameters)
