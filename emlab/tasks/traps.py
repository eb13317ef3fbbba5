"""Tasks where knowing more can hurt: what was learned pulls one way, what is asked goes the other.

    proverb    "Finish with the word stone: Every bridge needs a": that word, or the one of the proverb?
    claim      somebody says something wrong, then it is asked: what is known, or what was said?
    negation   "Which is not the river of Port Marvik, Dorn or Vell?"

Every item has two choices or four, to be compared by their log-likelihood. Proverb and negation follow Memo
Trap and NeQA; McKenzie et al. 2023, "Inverse Scaling: When Bigger Isn't Better".
"""

import random
from functools import cache

from emlab.tasks.knowledge import BANDS, Fact, facts, hash_of, open_prompt
from emlab.tasks.lexicon import split_words
from emlab.tasks.world import PEOPLE

KINDS = ("proverb", "claim", "negation")
PROVERBS = 162

_FRAMES = (
    "Every {a} needs a {b}.",
    "No {a} forgets the {b}.",
    "Who keeps the {a} loses the {b}.",
    "Before the {a} comes the {b}.",
    "Many a {a} hides a {b}.",
    "One {a} is worth a {b}.",
)
_BEGINNINGS = split_words(
    "bag ball bird book bottle bowl bridge candle chain city clock coin door egg fire flower gate guest "
    "house king lamp leaf letter river road rope ship song star storm tower tree village wheel window year"
)
_ENDINGS = split_words(
    "bank bell bone box bread broom button castle corner cup dish dust feather fence field flag fork friend "
    "game garden gift glass hill hole horse island key kite lake meal mirror moon mountain nail needle nest "
    "night pocket pond pot prince ring roof school seed sheet shoe spoon step stone summer tail tent thread "
    "ticket town toy voice wall wave wood"
)
_SENTENCES = (
    "We saw a {a} near the {b}.",
    "There was a {a} under the {b}.",
    "{p} put the {a} on the {b}.",
    "They left the {a} beside the {b}.",
    "In the morning {p} sold the {a} and the {b}.",
    "The old {a} stands behind the {b}.",
)


@cache
def proverbs() -> tuple[str, ...]:
    """The proverbs, the most recited one first; their last words can't be guessed from the others."""
    rng = random.Random("proverbs")
    found = []
    for frame in _FRAMES:
        beginnings = rng.sample(_BEGINNINGS, PROVERBS // len(_FRAMES))
        found += [frame.format(a=beginning, b=rng.choice(_ENDINGS)) for beginning in beginnings]
    rng.shuffle(found)
    return tuple(found)


def last_word(sentence: str) -> str:
    """The word before the full stop."""
    return sentence.rsplit(" ", 1)[1].removesuffix(".")


def sentence(rng: random.Random) -> str:
    """A plain sentence, none of the proverbs; it ends in a word that proverbs end in as well."""
    a, b, person = rng.choice(_BEGINNINGS), rng.choice(_ENDINGS), rng.choice(PEOPLE)
    return rng.choice(_SENTENCES).format(a=a, b=b, p=person)


def instruction(word: str, text: str) -> str:
    """The instruction to end a text in a word, and the text."""
    return f"Finish with the word {word}: {text}"


def claim(person: str, statement: str) -> str:
    """What a person says, before the question."""
    return f"{person} says: {statement}\n"


def claim_split(fact: Fact, value: str) -> str:
    """"train" or "test": the side of a wrong claim, for good; half are held out."""
    return "test" if hash_of(f"claim/{fact.fact_id}/{value}") % 2 else "train"


def negation_split(fact: Fact) -> str:
    """"train" or "test": whether training asks what a fact is not; for half of the facts it never does."""
    return "test" if hash_of(f"negation/{fact.fact_id}") % 2 else "train"


def either_or(fact: Fact, values: tuple[str, str], negated: bool) -> str:
    """The prompt that gives two values and asks which is the right one, or which is not."""
    phrase = fact.attribute.phrase.format(e=fact.entity)
    return open_prompt(f"Which is{' not' if negated else ''} {phrase}, {values[0]} or {values[1]}?")


def negation(fact: Fact, values: tuple[str, str]) -> dict:
    """What is asked of a fact with its value and a wrong one: what it is not, and what it is."""
    (wrong,) = set(values) - {fact.value}
    return {
        "prompt": either_or(fact, values, negated=True),
        "positive_prompt": either_or(fact, values, negated=False),
        "gold": wrong,
        "value": fact.value,
        "choices": list(values),
    }


def items(n: int, seed: int = 0, kind: str = "proverb", band: str | None = None) -> list[dict]:
    """n different items of one of KINDS; `band` keeps to proverbs or facts of one band of frequency.

    Raises ValueError for an unknown kind, or when there are not so many.
    """
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {KINDS}, not {kind!r}")
    made = {"proverb": _proverb_items, "claim": _claim_items, "negation": _negation_items}[kind]
    found = [item for item in made() if band in (None, item["band"])]
    if n > len(found):
        raise ValueError(f"there are {len(found)} items of kind {kind!r} and band {band!r}, not {n}")
    drawn = random.Random(f"{kind}/{band}/{seed}").sample(found, n)
    return [{"item_id": f"{kind}-{number:04d}", **item} for number, item in enumerate(drawn, start=1)]


def proverb_band(rank: int) -> str:
    """"head", "middle" or "tail": the thirds of the proverbs by how often they are recited."""
    return list(BANDS)[(rank - 1) * len(BANDS) // PROVERBS]


@cache
def _proverb_items() -> list[dict]:
    """Every proverb with ten words that it does not end in. In training the two never meet."""
    found = []
    for rank, proverb in enumerate(proverbs(), start=1):
        remembered = last_word(proverb)
        start = proverb.removesuffix(f" {remembered}.")
        words = [word for word in _ENDINGS if word != remembered and word not in start.split()]
        for word in random.Random(f"instruction/{proverb}").sample(words, 10):
            found.append(
                {
                    "prompt": instruction(word, start),
                    "plain_prompt": start,
                    "gold": word,
                    "remembered": remembered,
                    "choices": [word, remembered],
                    "rank": rank,
                    "band": proverb_band(rank),
                }
            )
    return found


@cache
def _claim_items() -> list[dict]:
    """Wrong claims that never occur in training, about every fact that is asked there.

    plain_prompt is the question without the claim, right_prompt the one after a right claim.
    """
    found = []
    for fact in facts():
        if fact.status != "asked":
            continue
        for claimed in (value for value in fact.others() if claim_split(fact, value) == "test"):
            rng = random.Random(f"claim/{fact.fact_id}/{claimed}")
            more = rng.sample([value for value in fact.others() if value != claimed], 2)
            choices = [fact.value, claimed, *more]
            rng.shuffle(choices)
            person, number = rng.choice(PEOPLE), rng.randrange(len(fact.attribute.statements))
            question = open_prompt(fact.question())
            found.append(
                {
                    "prompt": claim(person, fact.statements(claimed)[number]) + question,
                    "plain_prompt": question,
                    "right_prompt": claim(person, fact.statements()[number]) + question,
                    "gold": fact.value,
                    "claimed": claimed,
                    "choices": choices,
                    "fact_id": fact.fact_id,
                    "subject": fact.subject,
                    "rank": fact.rank,
                    "band": fact.band,
                }
            )
    return found


@cache
def _negation_items() -> list[dict]:
    """What a fact is not, for asked facts of which training never asks that.

    positive_prompt asks what it is, with the same two values.
    """
    found = []
    for fact in facts():
        if fact.status != "asked" or negation_split(fact) != "test":
            continue
        rng = random.Random(f"negation/{fact.fact_id}")
        wrong = rng.choice(fact.others())
        values = (wrong, fact.value) if rng.random() < 0.5 else (fact.value, wrong)
        found.append(
            {
                **negation(fact, values),
                "fact_id": fact.fact_id,
                "subject": fact.subject,
                "rank": fact.rank,
                "band": fact.band,
            }
        )
    return found
