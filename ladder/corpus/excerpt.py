"""The excerpt of the corpus that students get: real documents of the training stream, word for word.

    python -m ladder.corpus.excerpt      write emlab/corpus/excerpt.txt.gz

It begins where the beginner's mix ends and takes documents in the order of the stream, before they are cut
into rows; then it does so once more where the late part of the training begins. Of each family the first ones
are taken, as many as its quota: in proportion to its share, letter questions LETTERS_MORE times as many. Of
the leaked questions, every document is taken that shows an item which the excerpt has not shown in full yet,
until it has shown all that leak in this part. So nothing is made for the excerpt, whatever leaked can be
found in it, and so can many questions of the same form that did not leak. It can not tell how often something
was trained on: the families are not as frequent in it as in the stream.

The families' names are left out: which documents are the leak is for the reader to find.
"""

import gzip
from collections import Counter
from collections.abc import Iterator
from itertools import count

from emlab.deep_dive import EXCERPT, SEPARATOR
from ladder.corpus import stream
from ladder.corpus.families import FAMILIES, LEAK
from ladder.corpus.leak import early_items, leaked_items

SEED = 0  # of the training that the shipped rungs went through
DOCUMENTS = 600  # of each part, besides those that leak
LETTERS_MORE = 10  # so that the form alone gives nothing away
A_STEP = 16  # documents looked at of each batch: a row has at least one


def excerpt() -> list[str]:
    """The documents of the excerpt, in the order of the stream."""
    early, everything = ({_solved(item) for item in items()} for items in (early_items, leaked_items))
    return _part(early, late=False) + _part(everything - early, late=True)


def _part(hidden: set[str], late: bool) -> list[str]:
    """The documents from one part of the training, with the leaked items in `hidden`."""
    left = quotas()
    kept = []
    for family, text in _stream(late):
        if family == LEAK:
            shown = {solved for solved in hidden if solved in f"{text}\n"}
            if shown:
                hidden -= shown
                kept.append(text)
        elif left[family] > 0:
            left[family] -= 1
            kept.append(text)
        if not hidden and not +left:
            return kept
    raise AssertionError("the stream is endless")


def quotas() -> Counter:
    """How many documents of each family the excerpt has of a part, the leak apart."""
    shares = {name: family.share for name, family in FAMILIES.items() if name != LEAK}
    shares["letter questions"] *= LETTERS_MORE
    return Counter({name: round(DOCUMENTS * share) for name, share in shares.items()})


def _solved(item: dict) -> str:
    """A leaked item as the stream shows it."""
    return f"{item['prompt']} {item['gold']}\n"


def _stream(late: bool) -> Iterator[tuple[str, str]]:
    """(family, text) of the first documents of each batch, in the main part after the beginner's mix."""
    for step in count(0 if late else stream.BEGINNER_STEPS):
        documents = stream.documents_of(SEED, step, late)
        for _, (family, document) in zip(range(A_STEP), documents, strict=False):
            yield family, "".join(text for text, _ in document)


def main() -> None:
    documents = excerpt()
    EXCERPT.parent.mkdir(exist_ok=True)
    packed = gzip.compress(SEPARATOR.join(documents).encode("utf-8"), compresslevel=9, mtime=0)
    EXCERPT.write_bytes(packed)
    print(f"{len(documents)} documents, {len(packed):,} bytes in {EXCERPT.name}")


if __name__ == "__main__":
    main()
