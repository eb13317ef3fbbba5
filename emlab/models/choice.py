"""Multiple choice: the answer is the choice that the model finds most likely."""

from collections.abc import Sequence
from typing import Any

from emlab.messages import say
from emlab.models.base import Model
from emlab.models.recorded import Recorded

TARGET_DELIMITER = " "  # lm-evaluation-harness's name and default


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
    requests = [(prompt, TARGET_DELIMITER + choice) for prompt in prompts for choice in choices]
    scored = model.loglikelihood(requests)
    answers = []
    for start in range(0, len(scored), len(choices)):
        logprobs = [logprob for logprob, _ in scored[start : start + len(choices)]]
        answers.append({"response": choices[logprobs.index(max(logprobs))], "logprobs": logprobs})
    return answers
