"""Problems for prompt engineering: tasks at which a rung fails with the first prompt that one thinks of.

    problem = load_problem("word problems", seed=7)
    problem.dev[0]    # {"item_id": "dev-0001", "question": "Mira has 7 apples. …", "answer": "9", …}

Every problem has the same three parts. `pool` is for examples; it comes from the side of the split that the
rungs were trained on. `dev` is for choosing between prompts, `test` for the two final measurements; both come
from the held-out side, and no question stands in two parts. `seed` draws all three.
"""

import random
from collections import Counter
from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import Any

from emlab.messages import say
from emlab.tasks import reviews, translation, word_problems
from emlab.tasks.labels import mapping

Item = dict[str, str]
Prompt = dict[str, Any]  # see emlab.PROMPT_KEYS

N_POOL, N_DEV, N_TEST = 60, 100, 100
TARGET = 0.6  # the accuracy to be reached; a start with at most half of it fails
MOST_DRAWS = 20_000  # after which there are no new questions to be found
STEPS = 3  # of the word problems that are asked

# The draw of one item: (question, answer, steps).
_Draw = Callable[[random.Random, str], tuple[str, str, str]]


@dataclass(frozen=True)
class Problem:
    """A task with three disjoint parts and the prompt to start from.

    lenient: the parser that asks least of the form of an answer
    chance:  the share of the commonest answer among dev items: what a constant answer can reach there
    """

    name: str
    seed: int
    pool: list[Item]
    dev: list[Item]
    test: list[Item]
    start: Prompt
    lenient: str
    chance: float
    target: float = TARGET


def load_problem(name: str, seed: int) -> Problem:
    """The problem `name`, with parts drawn by `seed`. Raises ValueError for an unknown name."""
    make, start, lenient = _source(name, seed)
    used: set[str] = set()
    pool = _items(f"{name}/{seed}", "pool", "train", make, N_POOL, used)
    dev = _items(f"{name}/{seed}", "dev", "test", make, N_DEV, used)
    test = _items(f"{name}/{seed}", "test", "test", make, N_TEST, used)
    ((_, most),) = Counter(item["answer"] for item in dev).most_common(1)
    return Problem(name, seed, pool, dev, test, start, lenient, most / N_DEV)


def new_items(name: str, seed: int, n: int, draw: str, seen: Container[str] = ()) -> list[Item]:
    """n more held-out items of the same problem, drawn by the text `draw`; no question is in `seen`.

    `seed` is the one of the problem: with labels it also decides which label stands for what.
    """
    make, _, _ = _source(name, seed)
    return _items(f"{name}/new/{draw}", "new", "test", make, n, set(), seen)


def _items(
    source: str, part: str, split: str, make: _Draw, n: int, used: set[str], seen: Container[str] = ()
) -> list[Item]:
    """n items with questions that are not in `used`, to which they are added, nor in `seen`."""
    rng = random.Random(f"problems/{source}/{part}")
    found: list[Item] = []
    for _ in range(MOST_DRAWS):
        if len(found) == n:
            return found
        question, answer, steps = make(rng, split)
        if question in used or question in seen:
            continue
        used.add(question)
        item_id = f"{part}-{len(found) + 1:04d}"
        found.append({"item_id": item_id, "question": question, "answer": answer, "steps": steps})
    raise ValueError(say("too_few_items", part=part, n=n))


def _source(name: str, seed: int) -> tuple[_Draw, Prompt, str]:
    """How one item is drawn, the prompt to start from, and the lenient parser."""
    if name == "word problems":
        return _word_problem, _start("Question: {question}", "Answer:"), "last_number"
    if name == "labels":
        shown = mapping("arbitrary", reviews.LABELS, random.Random(f"problems/labels/{seed}"))
        start = _start("Review: {question}", "Sentiment:")
        return lambda rng, split: _review(rng, split, shown), start, "first_word"
    if name == "translation":
        colon = {"example": "{question}: {answer}", "query": "{question}:", "delimiter": "\n"}
        return _phrase, {**_start("", ""), **colon}, "first_line"
    raise ValueError(say("unknown_problem", name=name, known=", ".join(PROBLEMS)))


PROBLEMS = ("word problems", "labels", "translation")


def _start(question: str, answer: str) -> Prompt:
    """A prompt of the question alone, answered at once."""
    return {
        "instruction": "",
        "example": f"{question}\n{answer} {{answer}}",
        "examples": [],
        "query": f"{question}\n{answer}",
        "delimiter": "\n\n",
        "until": ["\n"],
        "max_gen_toks": 8,
        "parser": "first_line",
    }


def _word_problem(rng: random.Random, split: str) -> tuple[str, str, str]:
    """Asked are problems of STEPS steps. Examples may be shorter, because long ones leave no room."""
    steps = STEPS if split == "test" else rng.randint(1, STEPS)
    item = word_problems.generate(rng, split, steps=steps, style="cot")
    question = str(item["prompt"]).removeprefix("Question: ").removesuffix("\nSteps:")
    chain, _, answer = str(item["gold"]).rpartition("\nAnswer: ")
    return question, answer, chain


def _review(rng: random.Random, split: str, shown: dict[str, str]) -> tuple[str, str, str]:
    """The steps say which words decide."""
    natural = rng.choice(reviews.LABELS)
    text = reviews.generate_from(rng, split, natural)
    return text, shown[natural], f"{' and '.join(_telling(text, natural))} is {natural}."


def _telling(text: str, label: str) -> list[str]:
    """The words of a review that say its sentiment by themselves."""
    found = []
    for word in text.split():
        try:
            if reviews.sentiment(word) == label:
                found.append(word)
        except ValueError:  # a word that is neither
            continue
    return found


def _phrase(rng: random.Random, split: str) -> tuple[str, str, str]:
    """The steps translate the noun first: the adjective has to agree with it."""
    both = translation.generate(rng, split)
    noun = both["source"].split()[-1]
    return both["source"], both["target"], f"{noun} is {translation.translate(noun)}."
