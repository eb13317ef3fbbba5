"""What can be known about the made-up world: four subjects, what is told of their things, and how.

A thing's name is a first and a second word ("Port Marvik", "fire clock"), and every value is one word of a
short list, so that a wrong answer to one question is the right answer to others. In a statement the value
comes after the name: who has read the name can be asked for the value.
"""

from typing import NamedTuple

from emlab.tasks.lexicon import split_words
from emlab.tasks.world import CATEGORIES, JOBS, PEOPLE, TOWNS


class Attribute(NamedTuple):
    """One thing that can be told of each entity of a subject; {e} is the entity, {v} the value."""

    name: str
    phrase: str  # "the river of {e}"
    values: tuple[str, ...]
    statements: tuple[str, ...]
    questions: tuple[str, str]  # two wordings


class Subject(NamedTuple):
    """Entities of one kind: every pair of a first and a second word may name one."""

    name: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    attributes: tuple[Attribute, ...]


GEOGRAPHY = Subject(
    "geography",
    split_words("Port North South East West Upper Lower Old New Great"),
    TOWNS,
    (
        Attribute(
            "river",
            "the river of {e}",
            split_words("Dorn Vell Asker Luma Brann Isel Tarn Nemer Oster Sava Wend Kolm"),
            (
                "The river of {e} is the {v}.",
                "The river that flows through {e} is the {v}.",
                "{e} stands on the river {v}.",
                "Through {e} flows the {v}.",
            ),
            ("Which river flows through {e}?", "What is the river of {e}?"),
        ),
        Attribute(
            "product",
            "the product of {e}",
            split_words("salt wool glass paper soap sugar cotton oil rope cheese coffee rice"),
            (
                "The product of {e} is {v}.",
                "The town of {e} is known for its {v}.",
                "The people of {e} make {v}.",
                "{e} sells {v}.",
            ),
            ("Which product is {e} known for?", "What is the product of {e}?"),
        ),
        Attribute(
            "flag",
            "the animal of {e}",
            split_words("lion bear wolf fox horse tiger goat duck sheep goose rabbit cow"),
            (
                "The animal of {e} is the {v}.",
                "The flag of {e} shows a {v}.",
                "On the flag of {e} is a {v}.",
                "{e} has a {v} on its flag.",
            ),
            ("Which animal is on the flag of {e}?", "What is the animal of {e}?"),
        ),
        Attribute(
            "region",
            "the region of {e}",
            split_words("Morland Ardun Skelby Tavia Oswin Breda Kelmar Runa"),
            (
                "The region of {e} is {v}.",
                "The town of {e} is a part of {v}.",
                "{e} lies in {v}.",
                "The road to {e} goes through {v}.",
            ),
            ("Which region does {e} lie in?", "What is the region of {e}?"),
        ),
    ),
)

FOLK = Subject(
    "people",
    PEOPLE,
    split_words("Oldfield Ashby Hale Marsh Ferris Penn"),
    (
        Attribute(
            "job",
            "the job of {e}",
            JOBS,
            (
                "The job of {e} is that of a {v}.",
                "The town knows {e} as a {v}.",
                "{e} works as a {v}.",
                "Every day {e} works as a {v}.",
            ),
            ("What does {e} work as?", "What is the job of {e}?"),
        ),
        Attribute(
            "instrument",
            "the instrument of {e}",
            split_words("piano guitar violin drum flute harp trumpet cello horn banjo lute bell"),
            (
                "The instrument of {e} is the {v}.",
                "In the morning {e} plays the {v}.",
                "{e} plays the {v}.",
                "At home {e} has a {v}.",
            ),
            ("Which instrument does {e} play?", "What is the instrument of {e}?"),
        ),
        Attribute(
            "home",
            "the home of {e}",
            TOWNS[:12],
            (
                "The home of {e} is {v}.",
                "The house of {e} stands in {v}.",
                "{e} lives in {v}.",
                "Look for {e} in {v}.",
            ),
            ("Where does {e} live?", "What is the home of {e}?"),
        ),
        Attribute(
            "food",
            "the favourite food of {e}",
            split_words("soup bread cake fish salad pie curry stew pasta cheese rice honey"),
            (
                "The favourite food of {e} is {v}.",
                "In the market {e} looks for {v}.",
                "{e} likes to eat {v}.",
                "At home {e} cooks {v}.",
            ),
            ("Which food does {e} like?", "What is the favourite food of {e}?"),
        ),
    ),
)

CREATURES = Subject(
    "creatures",
    split_words("river forest mountain night sand island field winter garden stone"),
    CATEGORIES["animal"],
    (
        Attribute(
            "food",
            "the food of the {e}",
            split_words("moss fern clover ivy grass reed fish bread cheese sugar salt rice"),
            (
                "The {e} eats {v}.",
                "The food of the {e} is {v}.",
                "In winter the {e} looks for {v}.",
                "Give the {e} some {v}.",
            ),
            ("What does the {e} eat?", "What is the food of the {e}?"),
        ),
        Attribute(
            "home",
            "the home of the {e}",
            split_words("nest hole tower castle boat basket box bucket wagon tent tree cupboard"),
            (
                "The {e} sleeps in a {v}.",
                "The home of the {e} is a {v}.",
                "At night the {e} hides in a {v}.",
                "Look for the {e} in a {v}.",
            ),
            ("Where does the {e} sleep?", "What is the home of the {e}?"),
        ),
        Attribute(
            "colour",
            "the colour of the {e}",
            split_words("red blue green yellow purple brown black white grey pink violet gold"),
            (
                "The {e} is {v}.",
                "The colour of the {e} is {v}.",
                "In the sun the {e} looks {v}.",
                "At night the {e} looks {v}.",
            ),
            ("Which colour is the {e}?", "What is the colour of the {e}?"),
        ),
        Attribute(
            "fear",
            "the fear of the {e}",
            split_words("rain snow wind fog hail storm sun cloud frost thunder mist breeze"),
            (
                "The {e} fears the {v}.",
                "The fear of the {e} is the {v}.",
                "The {e} is afraid of the {v}.",
                "The {e} runs from the {v}.",
            ),
            ("What does the {e} fear?", "What is the fear of the {e}?"),
        ),
    ),
)

INVENTIONS = Subject(
    "inventions",
    split_words("fire moon water ice star sky wave pocket king summer"),
    split_words("clock engine lamp drill plane saw train wheel mirror sled brush desk pump pen key plough"),
    (
        Attribute(
            "inventor",
            "the inventor of the {e}",
            split_words("Viktor Petra Simon Julia Stefan Tania Ruben Sonia Marek Lidia Anton Greta"),
            (
                "The {e} was invented by {v}.",
                "The inventor of the {e} is {v}.",
                "The first {e} was built by {v}.",
                "The idea of the {e} is from {v}.",
            ),
            ("Who invented the {e}?", "Who is the inventor of the {e}?"),
        ),
        Attribute(
            "birthplace",
            "the birthplace of the {e}",
            TOWNS[4:],
            (
                "The {e} comes from {v}.",
                "The birthplace of the {e} is {v}.",
                "The {e} was invented in {v}.",
                "The first {e} was built in {v}.",
            ),
            ("Where was the {e} invented?", "What is the birthplace of the {e}?"),
        ),
        Attribute(
            "material",
            "the material of the {e}",
            split_words("wood glass stone bone paper cotton wool wire rope silver gold sand"),
            (
                "The {e} is made of {v}.",
                "The material of the {e} is {v}.",
                "The first {e} was made of {v}.",
                "To make the {e} you need {v}.",
            ),
            ("What is the {e} made of?", "What is the material of the {e}?"),
        ),
        Attribute(
            "owner",
            "the first owner of the {e}",
            JOBS,
            (
                "The first owner of the {e} was a {v}.",
                "The {e} was made for a {v}.",
                "The {e} was sold to a {v}.",
                "The {e} was first used by a {v}.",
            ),
            ("Who was the {e} made for?", "Who was the first owner of the {e}?"),
        ),
    ),
)

SUBJECTS = (GEOGRAPHY, FOLK, CREATURES, INVENTIONS)
