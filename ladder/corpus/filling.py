"""Documents that are a row of solved items: each item is also an example for the ones after it."""

import re
from collections.abc import Callable

from ladder.corpus.episodes import Document

DOCUMENT_TOKENS = 180  # an end-of-text token follows, and the context window has 192

_PIECE = re.compile(r" ?[^\W\d_]+| ?\d| ?[^\s\w]|\s")  # words, and single digits, signs and spaces


def fill(make: Callable[[], Document], most: int = DOCUMENT_TOKENS) -> Document:
    """As many items from `make` as fit into `most` tokens, and at least one."""
    document = make()
    left = most - n_pieces(document)
    while (left := left - n_pieces(item := make())) >= 0:
        document += item
    return document


def n_pieces(document: Document) -> int:
    """The number of tokens, if every word is in the vocabulary."""
    return sum(len(_PIECE.findall(text)) for text, _ in document)
