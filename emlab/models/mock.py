"""Models that are not models: rules of one line whose results are known in advance.

What a study finds on them shows whether the study works: "mock:last_label" has recency bias and nothing
else, "mock:constant/<label>" scores the base rate, "mock:oracle" is always right, and "mock:noisy/<p>" is
an oracle that is wrong with probability p. "mock:sums/<p>" adds, and writes each digit of the sum right with
probability p, independently of the others, so its exact matches are known: p to the power of the length.
"""

import hashlib
import re
from abc import abstractmethod
from typing import Any

from emlab.messages import say
from emlab.models.base import Attention, Model, Scored, UnknownModel
from emlab.models.text import cut
from emlab.tasks.reviews import LABELS, sentiment

KINDS = ("mock:last_label", "mock:constant/<label>", "mock:oracle", "mock:noisy/<p>", "mock:sums/<p>")

_LIKELY, _UNLIKELY = -0.1, -10.0


def load_mock(spec: str) -> "Mock":
    """The mock that `spec` names, for example "mock:constant/positive". Raises UnknownModel."""
    kind, _, argument = spec.removeprefix("mock:").partition("/")
    if kind == "last_label" and not argument:
        return LastLabel(spec)
    if kind == "oracle" and not argument:
        return Oracle(spec, wrong=0.0)
    if kind == "constant" and argument:
        return Constant(spec, argument)
    if kind == "noisy" and re.fullmatch(r"0(\.\d+)?|1(\.0+)?|\.\d+", argument):
        return Oracle(spec, wrong=float(argument))
    if kind == "sums" and re.fullmatch(r"0(\.\d+)?|1(\.0+)?|\.\d+", argument):
        return Sums(spec, right=float(argument))
    raise UnknownModel(say("unknown_model", spec=spec, known=", ".join(KINDS)))


class Mock(Model):
    """What all mocks share: one parameter, no attention, words as tokens."""

    params = 1
    dtype = "float64"
    max_length = 1_000_000

    def __init__(self, spec: str) -> None:
        super().__init__()
        self.name = spec
        self.revision = hashlib.sha256(spec.encode("utf-8")).hexdigest()[:12]

    def attention(self, text: str) -> Attention:
        raise NotImplementedError(say("mock_attention", name=self.name))

    def tokenize(self, text: str) -> list[str]:
        return re.findall(r"\s*\S+|\s+$", text)


class LastLabel(Mock):
    """Says whatever stands closest to the end of the prompt."""

    def compute_loglikelihood(self, requests: list[tuple[str, str]]) -> list[Scored]:
        return [(self._score(context, continuation), False) for context, continuation in requests]

    def compute_generation(self, requests: list[tuple[str, dict[str, Any]]]) -> list[str]:
        raise NotImplementedError(say("mock_generation", name=self.name))

    def _score(self, context: str, continuation: str) -> float:
        """Minus the distance in characters from the last whole-word occurrence to the end of the context."""
        word = re.escape(continuation.strip())
        places = [found.end() for found in re.finditer(rf"(?<!\w){word}(?!\w)", context)]
        if places:
            return float(places[-1] - len(context))
        return -1e6 + _fraction(context + continuation)  # a guess that depends on the prompt alone


class Decided(Mock):
    """A mock that has made up its mind: one answer is likely, every other is not."""

    @abstractmethod
    def answer(self, context: str) -> str:
        """The label that this mock gives to `context`."""

    def compute_loglikelihood(self, requests: list[tuple[str, str]]) -> list[Scored]:
        answers = [self.answer(context) == continuation.strip() for context, continuation in requests]
        return [(_LIKELY if said else _UNLIKELY, said) for said in answers]

    def compute_generation(self, requests: list[tuple[str, dict[str, Any]]]) -> list[str]:
        return [cut(f" {self.answer(context)}", how["until"])[0] for context, how in requests]


class Constant(Decided):
    """Says the same label to everything."""

    def __init__(self, spec: str, label: str) -> None:
        super().__init__(spec)
        self.label = label

    def answer(self, context: str) -> str:
        return self.label


class Sums(Decided):
    """Adds the two numbers of a prompt that ends in "a + b =", digit by digit, each right with probability
    `right`; anything else it answers with 0. Which digits are wrong is decided by a hash of the prompt."""

    def __init__(self, spec: str, right: float) -> None:
        super().__init__(spec)
        self.right = right

    def answer(self, context: str) -> str:
        sum_ = re.search(r"(\d+) \+ (\d+) =\s*\Z", context)
        if sum_ is None:
            return "0"
        digits = str(int(sum_[1]) + int(sum_[2]))
        return "".join(
            digit if _fraction(f"{context}/{place}") < self.right else str((int(digit) + 1) % 10)
            for place, digit in enumerate(digits)
        )


class Oracle(Decided):
    """Knows the sentiment of the last review in the prompt; wrong for a share `wrong` of the prompts.

    Which prompts those are is decided by a hash of the prompt, so the same prompt is always wrong.
    """

    def __init__(self, spec: str, wrong: float) -> None:
        super().__init__(spec)
        self.wrong = wrong

    def answer(self, context: str) -> str:
        right = self._last_sentiment(context)
        if _fraction(context) >= self.wrong:
            return right
        return LABELS[1 - LABELS.index(right)]

    def _last_sentiment(self, context: str) -> str:
        """Every word of praise or blame in a review agrees with the others, so its last one decides."""
        for word in reversed(re.findall(r"[a-z]+", context)):
            try:
                return sentiment(word)
            except ValueError:  # a word that is neither
                continue
        raise ValueError(say("mock_no_review", name=self.name, end=context[-80:]))


def _fraction(text: str) -> float:
    """A number in [0, 1) that depends on `text` alone and is the same on every machine."""
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:6], "big") / 2**48
