"""The data-only wire: how values leave the sandbox.

`encode` turns a plain value into data that JSON can carry, `decode` turns it back, and neither ever runs,
imports or builds anything that the data names. What isn't plain data crosses as a marker (`Opaque`) that
says why it stayed behind.

The format is JSON with tags. These stand for themselves: null, true, false, strings, integers below 2**53,
finite floats (always with a point or an exponent) and arrays (Python lists). Everything else is an object
with a key "t" that names the type; `encode` holds the list. This package is the one part of emgrader that
the sandbox can see, so it imports the standard library only, and numpy and pandas when they're loaded.
"""

from emgrader.wire.decoder import decode, loads
from emgrader.wire.encoder import dumps, encode
from emgrader.wire.limits import Limits
from emgrader.wire.marks import Function, Module, Opaque, WireError

__all__ = ["Function", "Limits", "Module", "Opaque", "WireError", "decode", "dumps", "encode", "loads"]
