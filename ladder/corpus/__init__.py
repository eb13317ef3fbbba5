"""The ladder's corpus: made up, seeded and endless; nothing is stored.

    python -m ladder.corpus > ladder/CORPUS.md      write the page about it

`families` makes documents, `stream` packs them into training batches.
"""
