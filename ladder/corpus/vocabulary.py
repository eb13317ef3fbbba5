"""Write the tokenizer's whole pieces, one a line, to ladder/vocabulary.txt.

    python -m ladder.corpus.vocabulary

They are what the families write, found by sampling their documents, and the pools that they draw from, so
that no rare word is missed. The file is committed: a new family does not change the tokens of a trained rung.
"""

import random

from emlab.files import write_text
from emlab.tasks.labels import ARBITRARY_LABELS
from emlab.tasks.lexicon import FIRST_WORDS
from emlab.tasks.lexicon import words as review_words
from ladder.corpus.families import BEGINNER, FAMILIES
from ladder.corpus.words import CATEGORIES, copy_pool
from ladder.tokenizer import VOCABULARY, pieces

DOCUMENTS = 2000  # sampled from each family


def vocabulary() -> list[str]:
    """Every piece of more than one byte, sorted."""
    pool = copy_pool()
    spaced = [*review_words(), *ARBITRARY_LABELS, *CATEGORIES, *pool]
    found = {*(f" {word}" for word in spaced), *pool, *FIRST_WORDS}
    for name, family in {**BEGINNER, **FAMILIES}.items():
        rng = random.Random(f"vocabulary/{name}")
        for _ in range(DOCUMENTS):
            for text, _ in family.make(rng):
                found.update(pieces(text))
    return sorted(piece for piece in found if len(piece.encode()) > 1)


def main() -> None:
    entries = vocabulary()
    write_text(VOCABULARY, "\n".join(entries) + "\n")
    print(f"{len(entries)} pieces in {VOCABULARY.name}")


if __name__ == "__main__":
    main()
