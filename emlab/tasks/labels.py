"""What stands in the label's place: its own word, a nonsense word, or the opposite word.

Nonsense labels take the meaning away (the examples are all the evidence there is); flipped labels set the
examples against the meaning. Source of the idea: Wei, J. et al. 2023, "Larger language models do in-context
learning differently", and Min et al. 2022, "Rethinking the Role of Demonstrations".
"""

import random
from collections.abc import Sequence

from emlab.messages import say
from emlab.tasks.lexicon import split_words

CONDITIONS = ("natural", "arbitrary", "flipped")

# Made-up words, each one token of the ladder's tokenizer (with a space before it). A pair of labels takes one
# from each half, and either may stand for either class.
FIRST_HALF = split_words(
    "dax wug blick toma zorp fep lorp mib gazzer koba tulver quib snarp vimp drell yonk plim gorf teblin "
    "rask jufo hesk morvin zib"
)
SECOND_HALF = split_words(
    "crund plok wiff neeb borp sush kliv frub tazzy ondle pexa vurn glem hobbin skree lunt ibbo fonk dunza "
    "rimpo cheb zant wolp muxi"
)
ARBITRARY_LABELS = FIRST_HALF + SECOND_HALF


def mapping(condition: str, natural: Sequence[str], rng: random.Random) -> dict[str, str]:
    """From each natural label to the label that is shown, for one condition.

    Only "arbitrary" uses `rng`: it draws one fresh nonsense word for each natural label, for two labels one
    from each half, in either order. "flipped" takes the next label in order, which swaps the two of a two-way
    task.
    """
    if condition == "natural":
        return {label: label for label in natural}
    if condition == "arbitrary":
        return dict(zip(natural, _nonsense(len(natural), rng), strict=True))
    if condition == "flipped":
        return dict(zip(natural, [*natural[1:], natural[0]], strict=True))
    raise ValueError(say("unknown_condition", known=", ".join(CONDITIONS), condition=condition))


def _nonsense(n: int, rng: random.Random) -> list[str]:
    if n != 2:
        return rng.sample(ARBITRARY_LABELS, n)
    pair = [rng.choice(FIRST_HALF), rng.choice(SECOND_HALF)]
    rng.shuffle(pair)
    return pair
