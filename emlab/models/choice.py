"""Multiple choice: the answer is the choice that the model finds most likely."""

from collections.abc import Sequence
from typing import Any

from emlab.messages import say
from emlab.models.base import TARGET_DELIMITER, Model
from emlab.models.recorded import Recorded


def multiple_choice(model: Model, prompts: Sequence[str], choices: Sequence[str]) -> list[dict[str, Any]]:
    """For each prompt the most likely choice, and the log-probability of each choice in order.

    The continuation is a space and the choice, so a prompt ends without a space. The first of equally
    likely choices wins. Returns a list of {"response": choice, "logprobs": [float, ...]}; a recording plays
    its answers back, and its logprobs are None. Raises ValueError for fewer than two different choices.
    """
    if isinstance(choices, str) or len(set(choices)) < 2:
        raise ValueError(say("no_choices", choices=choices))
    if isinstance(model, Recorded):
        return model.choose(list(prompts), list(choices))
    return likeliest(model, prompts, [choices] * len(prompts))


def likeliest(
    model: Model, prompts: Sequence[str], choices: Sequence[Sequence[str]]
) -> list[dict[str, Any]]:
    """The same, with choices of its own for each prompt, always by log-likelihood."""
    pairs = zip(prompts, choices, strict=True)
    scored = iter(model.loglikelihood([(p, TARGET_DELIMITER + choice) for p, own in pairs for choice in own]))
    answers = []
    for own in choices:
        logprobs = [next(scored)[0] for _ in own]
        answers.append({"response": own[logprobs.index(max(logprobs))], "logprobs": logprobs})
    return answers
