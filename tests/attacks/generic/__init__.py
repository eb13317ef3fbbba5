"""Hostile submissions to the small course, grouped by what they try.

Each says what it tries and which points it must get; tests/attacks/test_generic.py hands each in. An attack
joins by being in the list of its file here, a file by being in the tuple below.
"""

from tests.attacks.generic import (
    broker,
    cells,
    faults,
    feedback,
    files,
    forged,
    reaching,
    searching,
    values,
    wire,
)
from tests.attacks.generic.attack import FULL

__all__ = ["ATTACKS", "FULL", "GROUPS"]

GROUPS = (values, forged, wire, broker, searching, reaching, files, faults, cells, feedback)
ATTACKS = [attack for group in GROUPS for attack in group.ATTACKS]
