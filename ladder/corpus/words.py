"""The words of the corpus. Together with the reviews' own lexicon they are the tokenizer's vocabulary."""

from emlab.tasks.labels import ARBITRARY_LABELS
from emlab.tasks.lexicon import FIRST_WORDS, split_words
from emlab.tasks.lexicon import words as review_words
from emlab.tasks.world import CATEGORIES, COMMON, JOBS, PEOPLE, TOWNS

FUNCTION_WORDS = split_words(
    "is are in of to from with for by as not no yes he she they his her who where does do live lives "
    "likes works has have one two three four five six seven eight nine ten this that these each all "
    "then there or if how many some other same new old big small near far and give say write label "
    "labels text texts word words review reviews sentiment input output example examples list answer "
    "question copy sum positive negative classify category"
)
TEMPLATE_WORDS = split_words("Review Sentiment Input Output Q A Give Answer Classify Copy")

# Written with the space that stands before them, as in " ->" and " 7".
SYMBOLS = tuple("-=+,.?|:*/()")
DIGITS = tuple("0123456789")

CATEGORY_WORDS = tuple(word for members in CATEGORIES.values() for word in members)


def copy_pool() -> list[str]:
    """Words to be copied or associated at random; each is one token with and without a space before it."""
    return list(dict.fromkeys([*CATEGORY_WORDS, *COMMON, *JOBS, *PEOPLE, *TOWNS]))


def vocabulary() -> list[str]:
    """The tokenizer's whole words, in a fixed order; a leading space is part of a word."""
    pool = copy_pool()
    spaced = [*review_words(), *ARBITRARY_LABELS, *CATEGORIES, *pool, *FUNCTION_WORDS, *TEMPLATE_WORDS]
    spaced += [*SYMBOLS, *DIGITS]
    unspaced = [*FIRST_WORDS, *pool, *TEMPLATE_WORDS, "classify", "give", "copy", "who", "where"]
    entries = [*(f" {word}" for word in spaced), *(word for word in unspaced if len(word) > 1)]
    return list(dict.fromkeys(entries))
