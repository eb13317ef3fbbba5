"""Word problems of one to four steps, to be answered at once or step by step.

    Question: Mira has 7 apples. She buys 4 more. She gives 2 to Tomas. How many apples does she have now?
    Steps: 7 + 4 = 11. 11 - 2 = 9.
    Answer: 9

The numbers are small (0 to 20, changes of 2 to 9), so that what is hard is the number of steps. Whether a
problem is held out is decided by a hash of its plot and numbers, whatever the names in it and whichever way
it is to be answered. Source of the idea: Wei, J. et al. 2022, "Chain-of-Thought Prompting Elicits Reasoning
in Large Language Models".
"""

import random
import re
from typing import NamedTuple

from emlab.tasks.plots import PLOTS, TWICE, Plot, cast
from emlab.tasks.splits import check_split, side

Item = dict[str, str | int]

STYLES = ("direct", "cot")
MOST_STEPS = 4
LARGEST = 20  # the largest number that is ever reached
STARTS = range(2, 20)
CHANGES = range(2, 10)

_TEST_SHARE = 0.2  # of all problems are held out for testing
_TWICE_SHARE = 0.15  # of the problems of a plot that allows it
_STEP = re.compile(r"\d+ [+-] \d+ = \d+")


class Problem(NamedTuple):
    """What happens: a number to start with, then events (sentence of the plot, number)."""

    plot: str
    start: int
    events: tuple[tuple[str, int], ...]

    @property
    def content(self) -> str:
        """Everything that decides the answer, as one line of text."""
        return " | ".join([self.plot, str(self.start), *(f"{text} {n}" for text, n in self.events)])

    @property
    def steps(self) -> list[str]:
        """The calculation of each step: ["7 + 4 = 11", "11 - 2 = 9"]. Twice as many is a sum, too."""
        lines, value = [], self.start
        for text, n in self.events:
            sign = "-" if text in PLOTS[self.plot].losses else "+"
            change = value if text == TWICE else n
            result = value - change if sign == "-" else value + change
            lines.append(f"{value} {sign} {change} = {result}")
            value = result
        return lines


def split_of(problem: Problem) -> str:
    """"train" or "test": the side that a problem belongs to, for good."""
    return side(problem.content, _TEST_SHARE)


def draw(rng: random.Random, steps: int) -> Problem:
    """A problem of so many steps, of either side of the split."""
    name = rng.choice(list(PLOTS))
    plot = PLOTS[name]
    start = value = rng.choice(STARTS)
    events = []
    for step in range(steps):
        last = step == steps - 1
        if plot.can_double and last and 2 <= value <= LARGEST // 2 and rng.random() < _TWICE_SHARE:
            events.append((TWICE, 0))
            break
        text, change = _event(rng, plot, value)
        events.append((text, abs(change)))
        value += change
    return Problem(name, start, tuple(events))


def _event(rng: random.Random, plot: Plot, value: int) -> tuple[str, int]:
    """One more or one less, as far as the value stays within 0 and LARGEST."""
    gains = [n for n in CHANGES if value + n <= LARGEST]
    losses = [n for n in CHANGES if value - n >= 0]
    if gains and (not losses or rng.random() < 0.5):
        return rng.choice(plot.gains), rng.choice(gains)
    return rng.choice(plot.losses), -rng.choice(losses)


def generate(rng: random.Random, split: str, *, steps: int, style: str = "direct") -> Item:
    """One problem of `split` ("train" or "test") in the style "direct" or "cot"."""
    check_split(split)
    while True:
        problem = draw(rng, steps)
        if split_of(problem) == split:
            return _item(problem, tell(problem, rng), style)


def items(n: int, seed: int = 0, *, steps: int, style: str = "direct") -> list[Item]:
    """n different held-out problems, with ids such as "word-problem-3-0001".

    The problems and ids are the same in both styles, so that the styles can be compared problem by problem.
    """
    rng = random.Random(f"word problems/{steps}/{seed}")
    found: dict[str, Item] = {}
    while len(found) < n:
        item = generate(rng, "test", steps=steps, style=style)
        found.setdefault(item["content"], item)
    return [
        {"item_id": f"word-problem-{steps}-{i:04d}", **item} for i, item in enumerate(found.values(), start=1)
    ]


def tell(problem: Problem, rng: random.Random) -> str:
    """The problem in words, ending in its question; `rng` draws the names and things."""
    plot, words = PLOTS[problem.plot], cast(PLOTS[problem.plot], rng)
    sentences = [plot.start.format(n=problem.start, **words)]
    sentences += [text.format(n=n, **words) for text, n in problem.events]
    doubled = problem.events[-1][0] == TWICE
    return " ".join(sentences) + " " + (plot.other_question if doubled else plot.question).format(**words)


def _item(problem: Problem, text: str, style: str) -> Item:
    if style not in STYLES:
        raise ValueError(f"style must be one of {', '.join(STYLES)}, not {style!r}")
    answer = problem.steps[-1].split()[-1]
    chain = ". ".join(problem.steps) + "."
    return {
        "prompt": f"Question: {text}\n" + ("Steps:" if style == "cot" else "Answer:"),
        "gold": f"{chain}\nAnswer: {answer}" if style == "cot" else answer,
        "answer": answer,
        "steps": len(problem.events),
        "style": style,
        "content": problem.content,
    }


def final_answer(completion: str, style: str) -> str | None:
    """The answer that a completion gives, or None.

    Direct: its first line. With steps: what stands between "Answer:" and the end of that line.
    """
    if style == "direct":
        return completion.strip().split("\n")[0].strip()
    _, found, rest = completion.partition("Answer:")
    return rest.split("\n")[0].strip() if found else None


def steps_correct(item: Item, completion: str) -> bool:
    """Whether the completion's steps are the item's, each and in order."""
    return _STEP.findall(completion.split("\nAnswer")[0]) == _STEP.findall(str(item["gold"]))
