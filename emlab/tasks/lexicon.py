"""The small world that the reviews speak of: what can be reviewed, and which words are praise or blame.

Every word here is one token of the ladder's tokenizer, and no word is both praise and blame.
"""

from typing import NamedTuple


def split_words(text: str) -> tuple[str, ...]:
    """The words of a list written as one line of text."""
    return tuple(text.split())


class Domain(NamedTuple):
    """Things of one kind, with the words of praise and blame that suit them."""

    things: tuple[str, ...]
    praise: tuple[str, ...]
    blame: tuple[str, ...]


DOMAINS: tuple[Domain, ...] = (
    Domain(
        things=split_words("soup bread cake fish salad pie curry stew pasta cheese rice coffee"),
        praise=split_words("tasty fresh delicious crisp juicy creamy rich warm"),
        blame=split_words("cold bland stale burnt soggy greasy bitter salty"),
    ),
    Domain(
        things=split_words("hotel museum garden room cafe market station pool hall shop beach park"),
        praise=split_words("clean quiet cosy bright tidy spacious peaceful elegant"),
        blame=split_words("dirty noisy cramped gloomy shabby crowded smelly damp"),
    ),
    Domain(
        things=split_words("film book play song story show novel concert album dance poem drama"),
        praise=split_words("funny gripping moving clever witty thrilling original touching"),
        blame=split_words("boring dull tedious silly predictable clumsy confusing shallow"),
    ),
    Domain(
        things=split_words("waiter guide driver host cook doctor teacher singer clerk nurse barber pilot"),
        praise=split_words("kind helpful friendly polite patient cheerful careful skilled"),
        blame=split_words("rude slow careless grumpy lazy unhelpful arrogant hostile"),
    ),
)

# Words that suit anything.
PRAISE = split_words(
    "good great lovely wonderful superb excellent pleasant delightful "
    "charming brilliant splendid amazing fantastic perfect impressive memorable"
)
BLAME = split_words(
    "bad awful terrible horrible dreadful poor nasty unpleasant "
    "disappointing ugly lousy miserable dismal mediocre pathetic forgettable"
)

LIKED = split_words("loved enjoyed liked adored admired praised")
DISLIKED = split_words("hated disliked regretted loathed detested avoided")

ADVERBS = split_words("very really so truly quite rather")

POSITIVE_WORDS = frozenset(PRAISE + LIKED).union(*(d.praise for d in DOMAINS))
NEGATIVE_WORDS = frozenset(BLAME + DISLIKED).union(*(d.blame for d in DOMAINS))

# Words that hold a sentence together; the second tuple can also begin one.
FRAME_WORDS = split_words("the a an and was it we what") + ADVERBS
FIRST_WORDS = split_words("the a an it we what")


def words() -> list[str]:
    """Every word that a review can contain, each once, in a fixed order."""
    things = [thing for domain in DOMAINS for thing in domain.things]
    return list(dict.fromkeys([*FRAME_WORDS, *things, *sorted(POSITIVE_WORDS), *sorted(NEGATIVE_WORDS)]))
