"""Multiple choice: which of a few continuations a rung finds likeliest."""

from collections.abc import Sequence

from ladder.measure.common import Loaded

Asked = tuple[str, Sequence[str]]  # a prompt and its choices


def scores(rung: Loaded, asked: Sequence[Asked]) -> list[list[float]]:
    """The log-likelihood of every choice after its prompt."""
    requests = [(prompt, f" {choice}") for prompt, choices in asked for choice in choices]
    found = iter(rung.lm.loglikelihood(requests))
    return [[next(found)[0] for _ in choices] for _, choices in asked]


def likeliest(rung: Loaded, asked: Sequence[Asked]) -> list[str]:
    """The likeliest choice after each prompt."""
    found = zip(asked, scores(rung, asked), strict=True)
    return [choices[of_item.index(max(of_item))] for (_, choices), of_item in found]
