"""What the rungs can do, measured on held-out items and written to emlab/rungs/measured/.

    python -m ladder.measure                           every table
    python -m ladder.measure knowledge translation     these alone; the others stay as they are

Each module measures one thing and returns its table; every row names the revision of the weights. A cell
stands on at least 500 different requests. Shares carry a 95 % Wilson interval; where several requests are
about one fact, word or proverb, it takes them together (`clusters`).
"""
