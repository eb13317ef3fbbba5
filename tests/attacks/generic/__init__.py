"""Hostile submissions to the small course, grouped by what they try.

Each says what it tries and which points it must get; tests/attacks/test_attacks.py hands them in. An attack
joins by being in the list of its file here, a file by being in the tuple below.
"""

from tests.attacks.generic import (
    broker,
    cells,
    classmates,
    engines,
    faults,
    feedback,
    files,
    forged,
    reaching,
    searching,
    uploads,
    values,
    wire,
)

GROUPS = (
    values, forged, wire, broker, searching, classmates, reaching, engines, files, uploads, faults, cells, feedback
)  # fmt: skip
