"""How much may cross the wire in one message."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds on one message. Whatever exceeds them doesn't cross."""

    bytes: int = 64 * 2**20  # of JSON text
    depth: int = 32  # lists in lists in dicts …
    items: int = 4_000_000  # values, counted over all containers
    int_bits: int = 4096  # of one integer
    dimensions: int = 8  # of one array
    same_hash: int = 64  # keys of one dict or set with one hash: more is an attack on the hash table


DEFAULT = Limits()
