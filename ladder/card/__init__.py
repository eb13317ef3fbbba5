"""The model card of the ladder, emlab/rungs/README.md, and its figures, written from the measured tables.

    python -m ladder.card

Every number on the card is read from emlab/rungs/measured/ and ladder.json, and whether something is there or
absent is decided by rules on the intervals. What has not been measured yet is named as such.
"""
