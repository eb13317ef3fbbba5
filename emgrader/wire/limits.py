"""How much may cross the wire in one message, and the book that both ends keep about it."""

from dataclasses import dataclass

from emgrader.wire.errors import OverLimit


@dataclass(frozen=True)
class Limits:
    """Bounds on one message. Whatever exceeds them doesn't cross."""

    bytes: int = 64 * 2**20  # of JSON text, and of one array in memory
    depth: int = 32  # lists in lists in dicts …
    items: int = 4_000_000  # values, counted over all containers; also the length of a range
    structure: int = 8_000_000  # commas and opening brackets of JSON text: each can cost 64 bytes of memory
    int_bits: int = 4096  # of one integer
    dimensions: int = 8  # of one array
    same_hash: int = 64  # keys of one dict or set with one hash: more is an attack on the hash table


DEFAULT = Limits()


class Budget:
    """Counts one message's values and levels, while it is encoded and while it is decoded."""

    def __init__(self, limits=DEFAULT):
        self.limits = limits
        self.items = 0

    def count(self, number):
        """Take `number` values into the message."""
        self.items += number
        if self.items > self.limits.items:
            raise OverLimit("size")

    def deeper(self, depth):
        """The level below `depth`."""
        if depth >= self.limits.depth:
            raise OverLimit("depth")
        return depth + 1

    def room(self, size):
        """Check that an array of `size` bytes in memory may be made."""
        if size > self.limits.bytes:
            raise OverLimit("size")

    def integer(self, value):
        """`value`, if it doesn't have too many digits."""
        if value.bit_length() > self.limits.int_bits:
            raise OverLimit("int")
        return value

    def range(self, start, stop, step):
        """The range; it takes no room here, but whatever is done with it later would."""
        if abs(stop - start) // abs(step) > self.limits.items:
            raise OverLimit("size")
        return range(start, stop, step)


def fits(text, limits=DEFAULT):
    """Whether JSON text may cross: not too long, and not one that grows a hundredfold when it is read."""
    structure = text.count(",") + text.count("[") + text.count("{")
    return len(text) <= limits.bytes and structure <= limits.structure
