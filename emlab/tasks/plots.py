"""The plots of the word problems: how they begin, what adds, what takes away, what is asked.

Every number in a sentence is at least 2, so that the plural is always right. No two sentences of a plot are
the same once their holes are filled, so that a problem can be read off its text.
"""

import random
from typing import NamedTuple

from emlab.tasks.lexicon import split_words
from emlab.tasks.world import PEOPLE

TWICE = "{friend} has twice as many."

WOMEN = tuple(name for name in PEOPLE if name.endswith("a"))
MEN = tuple(name for name in PEOPLE if not name.endswith("a"))


class Plot(NamedTuple):
    """Sentences with holes: {n} is the number, the others are filled by `cast`."""

    start: str
    gains: tuple[str, ...]
    losses: tuple[str, ...]
    question: str
    things: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    other_question: str = ""  # when a friend has twice as many at the end

    @property
    def can_double(self) -> bool:
        return bool(self.other_question)


PLOTS = {
    "owning": Plot(
        start="{name} has {n} {things}.",
        gains=("{She} buys {n} more.", "{She} finds {n} more.", "{friend} gives {her} {n} more."),
        losses=("{She} sells {n}.", "{She} loses {n}.", "{She} gives {n} to {friend}."),
        question="How many {things} does {she} have now?",
        other_question="How many {things} does {friend} have?",
        things=split_words("apples books coins cards eggs"),
    ),
    "baking": Plot(
        start="{name} bakes {n} {things}.",
        gains=("{She} bakes {n} more.", "{friend} bakes {n} more.", "{friend} brings {n} more."),
        losses=("{She} sells {n}.", "{She} eats {n}.", "{friend} eats {n}."),
        question="How many {things} are left?",
        things=split_words("cakes pies"),
    ),
    "picking": Plot(
        start="{name} picks {n} {things}.",
        gains=("{She} picks {n} more.", "{She} finds {n} more.", "{friend} gives {her} {n} more."),
        losses=("{She} eats {n}.", "{She} loses {n}.", "{She} gives {n} to {friend}."),
        question="How many {things} does {she} have now?",
        things=split_words("apples pears plums flowers"),
    ),
    "storing": Plot(
        start="There are {n} {things} in a {place}.",
        gains=("{name} puts in {n} more.", "{name} finds {n} more.", "{friend} brings {n} more."),
        losses=("{name} takes {n}.", "{name} loses {n}.", "{friend} sells {n}."),
        question="How many {things} are in the {place} now?",
        things=split_words("apples pears books coins eggs"),
        places=split_words("box bag basket cupboard"),
    ),
    "riding": Plot(
        start="There are {n} people on a {place}.",
        gains=("{n} people get on.", "{n} more get on.", "Then {n} more get on."),
        losses=("{n} people get off.", "{n} get off.", "Then {n} get off."),
        question="How many people are on the {place} now?",
        places=split_words("bus train tram ferry"),
    ),
    "visiting": Plot(
        start="There are {n} people in a {place}.",
        gains=("{n} people come in.", "{n} more come in.", "Then {n} more come in."),
        losses=("{n} people leave.", "{n} leave.", "Then {n} leave."),
        question="How many people are in the {place} now?",
        places=split_words("museum shop cafe park hall"),
    ),
}


def cast(plot: Plot, rng: random.Random) -> dict[str, str]:
    """Names, things and a place for a plot. The friend is of the other sex, so that "she" is always clear."""
    name, friend = rng.choice(WOMEN), rng.choice(MEN)
    she, her = "she", "her"
    if rng.random() < 0.5:
        name, friend, she, her = friend, name, "he", "him"
    words = {"name": name, "friend": friend, "she": she, "She": she.capitalize(), "her": her}
    if plot.things:
        words["things"] = rng.choice(plot.things)
    if plot.places:
        words["place"] = rng.choice(plot.places)
    return words
