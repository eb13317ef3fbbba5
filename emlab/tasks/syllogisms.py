"""Arguments from two premises: does the conclusion follow?

    Every fep is a dax. Every wug is a fep. Does it follow that every wug is a dax?
    Answer: yes

Each valid form has a fallacy with the same quantifiers, so that only the places of the three words tell them
apart. In a form, S is the conclusion's subject, P its predicate and M the word that is in both premises. With
made-up words nothing but the argument's form helps. With real ones the conclusion may be believable or not,
in a valid argument as well as in a fallacy: whoever answers by belief shows belief bias.
"""

import random
from typing import NamedTuple

from emlab.tasks.labels import ARBITRARY_LABELS
from emlab.tasks.splits import check_split, side
from emlab.tasks.world import CATEGORIES

ANSWERS = ("yes", "no")

Statement = tuple[str, str, str]  # quantifier, subject, predicate


class Form(NamedTuple):
    """A form of argument over the letters S, M and P."""

    premises: tuple[Statement, Statement]
    conclusion: Statement
    valid: bool


FORMS: dict[str, Form] = {
    # "barbara" and so on are the names that the Middle Ages gave to the valid forms.
    "barbara": Form((("every", "M", "P"), ("every", "S", "M")), ("every", "S", "P"), True),
    "celarent": Form((("no", "M", "P"), ("every", "S", "M")), ("no", "S", "P"), True),
    "darii": Form((("every", "M", "P"), ("some", "S", "M")), ("some", "S", "P"), True),
    "ferio": Form((("no", "M", "P"), ("some", "S", "M")), ("some not", "S", "P"), True),
    "undistributed middle": Form((("every", "P", "M"), ("every", "S", "M")), ("every", "S", "P"), False),
    "illicit minor": Form((("no", "M", "P"), ("every", "M", "S")), ("no", "S", "P"), False),
    "undistributed some": Form((("every", "P", "M"), ("some", "S", "M")), ("some", "S", "P"), False),
    "illicit conversion": Form((("no", "M", "P"), ("some", "S", "M")), ("some not", "P", "S"), False),
}
# With real words, the conclusions of the two forms left out can not be both believable and unbelievable.
REAL_FORMS = tuple(name for name in FORMS if name not in ("ferio", "illicit conversion"))

# Forms whose premises are also followed by "So": from those of the other fallacies something follows, though
# not what is asked, and their valid sisters stay with them, so that "yes" and "no" stay even.
STATED = ("barbara", "darii", "undistributed middle", "undistributed some")

# Categories that have a plain singular: "a tool", but no "a clothing".
REAL = {name: CATEGORIES[name] for name in ("animal", "tool", "fruit", "vehicle", "instrument")}

_TEST_SHARE = 0.2


class Argument(NamedTuple):
    """A form filled with words; `swapped` has its second premise first."""

    form: str
    words: dict[str, str]  # of the letters S, M and P
    swapped: bool

    @property
    def valid(self) -> bool:
        return FORMS[self.form].valid

    @property
    def answer(self) -> str:
        return ANSWERS[0] if self.valid else ANSWERS[1]

    def premises(self) -> str:
        """Both premises, as sentences."""
        first, second = (self._say(premise) for premise in FORMS[self.form].premises)
        if self.swapped:
            first, second = second, first
        return f"{first.capitalize()}. {second.capitalize()}."

    def conclusion(self) -> str:
        """The conclusion, without a capital and a full stop."""
        return self._say(FORMS[self.form].conclusion)

    def prompt(self) -> str:
        """The premises and the question whether the conclusion follows."""
        return f"{self.premises()} Does it follow that {self.conclusion()}?\nAnswer:"

    def what_follows(self) -> str:
        """What is said after the premises and "So", for a form of STATED: the conclusion, if it follows."""
        return f"{self.conclusion() if self.valid else 'nothing follows'}."

    def _say(self, statement: Statement) -> str:
        quantifier, subject, predicate = statement
        some, _, negation = quantifier.partition(" ")
        is_ = f"is {negation}" if negation else "is"
        return f"{some} {self.words[subject]} {is_} {_a(self.words[predicate])}"


def split_of(argument: Argument) -> str:
    """ "train" or "test": the side that an argument (form, words and order) belongs to, for good."""
    words = "/".join(argument.words[letter] for letter in "SMP")
    return side(f"{argument.form}/{words}/{argument.swapped}", _TEST_SHARE)


def believable(argument: Argument) -> bool:
    """Whether a conclusion about real words is true in the world. Raises KeyError for made-up words."""
    quantifier = FORMS[argument.form].conclusion[0]
    is_one = argument.words["S"] in REAL[argument.words["P"]]
    return is_one if quantifier in ("every", "some") else not is_one


def generate(
    rng: random.Random, split: str, form: str | None = None, real: bool = False, belief: bool | None = None
) -> Argument:
    """One argument that belongs to `split`, of a form drawn evenly when `form` is None.

    real: S and P are real words (a thing and a category) and M is made up; otherwise all three are made up
    belief: with real words, whether the conclusion is believable (drawn evenly when None)
    """
    check_split(split)
    while True:
        name = form or rng.choice(REAL_FORMS if real else list(FORMS))
        words = _real_words(rng, name, belief) if real else _made_up(rng)
        argument = Argument(name, words, rng.random() < 0.5)
        if split_of(argument) == split:
            return argument


def items(
    n: int, seed: int = 0, form: str | None = None, real: bool = False, belief: bool | None = None
) -> list[dict]:
    """n distinct test items; the settings are those of `generate`."""
    kind = f"{'real' if real else 'made-up'}-{form or 'all'}".replace(" ", "-")
    kind += "" if belief is None else f"-{'' if belief else 'un'}believable"
    rng = random.Random(f"syllogisms/{kind}/{seed}")
    made: dict[str, dict] = {}  # by prompt
    while len(made) < n:
        argument = generate(rng, "test", form, real, belief)
        prompt = argument.prompt()
        made[prompt] = {
            "prompt": prompt,
            "gold": argument.answer,
            "choices": list(ANSWERS),
            "form": argument.form,
            "valid": argument.valid,
            "real": real,
            "believable": believable(argument) if real else None,
        }
    return [
        {"item_id": f"syllogisms-{kind}-{i:04d}", **item} for i, item in enumerate(made.values(), start=1)
    ]


def open_items(n: int, seed: int = 0, *, form: str) -> list[dict]:
    """n distinct test items with made-up words, which ask what follows; `form` is one of STATED.

    Raises ValueError for another form.
    """
    if form not in STATED:
        raise ValueError(f"form must be one of {STATED}, not {form!r}")
    rng = random.Random(f"syllogisms/open/{form}/{seed}")
    made: dict[str, str] = {}  # gold by prompt
    while len(made) < n:
        argument = generate(rng, "test", form)
        made[f"{argument.premises()} So"] = argument.what_follows()
    name = form.replace(" ", "-")
    return [
        {"item_id": f"syllogisms-open-{name}-{i:04d}", "prompt": prompt, "gold": gold, "form": form}
        for i, (prompt, gold) in enumerate(made.items(), start=1)
    ]


def _made_up(rng: random.Random) -> dict[str, str]:
    return dict(zip("SMP", rng.sample(ARBITRARY_LABELS, 3), strict=True))


def _real_words(rng: random.Random, form: str, belief: bool | None) -> dict[str, str]:
    """A thing for S and a category for P, so that the conclusion is as believable as asked for."""
    if belief is None:
        belief = rng.random() < 0.5
    own, other = rng.sample(list(REAL), 2)
    positive = FORMS[form].conclusion[0] in ("every", "some")
    predicate = own if belief == positive else other
    return {"S": rng.choice(REAL[own]), "M": rng.choice(ARBITRARY_LABELS), "P": predicate}


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
