"""What the rungs can do, measured on held-out items and written to emlab/rungs/measured/.

    python -m ladder.measure

Each module measures one thing and returns its table; every row names the revision of the weights. Shares
carry a 95 % Wilson interval whose n is the number of different items, because an item asked three times is
not three.
"""
