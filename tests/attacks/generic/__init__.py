"""Hostile submissions to the small course, grouped by what they try.

Each says what it tries and which points it must get; tests/attacks/test_generic.py hands each in. An attack
joins by being in the list of its file here, a file by being in the tuple below.
"""

from tests.attacks.generic import cells, faults, files, forged, reaching, searching, values, wire
from tests.attacks.generic.attack import FULL

__all__ = ["ATTACKS", "FULL"]

ATTACKS = [
    attack
    for group in (values, forged, wire, searching, reaching, files, faults, cells)
    for attack in group.ATTACKS
]
