"""Words and signs that the corpus draws from at random, besides the lists of the tasks in emlab."""

from emlab.tasks.world import CATEGORIES, COMMON, JOBS, PEOPLE, TOWNS

# Written with the space that stands before them, as in " ->" and " 7".
SYMBOLS = tuple("-=+,.?|:*/()")

CATEGORY_WORDS = tuple(word for members in CATEGORIES.values() for word in members)


def copy_pool() -> list[str]:
    """Words to be copied or associated at random; each is one token with and without a space before it."""
    return list(dict.fromkeys([*CATEGORY_WORDS, *COMMON, *JOBS, *PEOPLE, *TOWNS]))
