"""The data-only wire: how values leave the sandbox.

`encode` turns a plain value into data that JSON can carry, `decode` turns it back, and neither ever runs,
imports or builds anything that the data names. What isn't plain data crosses as a marker (`Opaque`) that
says why it stayed behind. FORMAT.md beside this file is the format.

This package is the one part of emgrader that the sandbox can see, so it imports the standard library only,
numpy and pandas when they're loaded, and emlab for figures.
"""

from emgrader.wire.decoder import decode, loads
from emgrader.wire.encoder import as_text, dumps, encode
from emgrader.wire.errors import CannotCross, OverLimit, Unusable, WireError
from emgrader.wire.limits import Limits
from emgrader.wire.marks import Figure, Function, Module, Opaque, checked_name

__all__ = [
    "CannotCross",
    "Figure",
    "Function",
    "Limits",
    "Module",
    "Opaque",
    "OverLimit",
    "Unusable",
    "WireError",
    "as_text",
    "checked_name",
    "decode",
    "dumps",
    "encode",
    "loads",
]
