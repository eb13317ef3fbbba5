"""Held-out sums, scored sharply and smoothly: the whole answer, its digits, its tokens, its likelihood."""

from itertools import accumulate
from statistics import mean

from emlab.tasks import arithmetic
from ladder.measure.common import Loaded, mean_row, rate_row

SUMS = 500
TASK = "addition"


def addition(rung: Loaded) -> list[dict]:
    """Every metric by number of digits; `length` is the mean number of digits of the answers.

    token_accuracy: share of the gold answer's digits that are the most likely token once the digits before
    are given. predicted_exact_match: the mean of that share to the power of the answer's length, which is how
    often the whole answer would be right if each digit were so, independently of the others. Source:
    Schaeffer et al. 2023, "Are Emergent Abilities of Large Language Models a Mirage?".
    """
    rows = []
    for digits in arithmetic.MEASURED_DIGITS:
        items = arithmetic.items(SUMS, digits=digits)
        gold = [str(item["gold"]) for item in items]
        answers = generated(rung, [str(item["prompt"]) for item in items])
        exact = sum(answer == right for answer, right in zip(answers, gold, strict=True))
        by_digit = [arithmetic.digits_right(*pair) for pair in zip(answers, gold, strict=True)]
        likely, token = teacher_forced(rung, [str(item["prompt"]) for item in items], gold)

        where = (rung, TASK, f"{digits} digits")
        extra = {"digits": digits, "length": mean(map(len, gold))}
        tokens = rate_row(*where, "token_accuracy", sum(token), SUMS, **extra)
        rows += [
            rate_row(*where, "exact_match", exact, SUMS, **extra),
            rate_row(*where, "digit_accuracy", sum(by_digit), SUMS, **extra),
            mean_row(*where, "loglikelihood_per_token", likely, **extra),
            tokens,
            predicted(tokens, gold),
        ]
    return rows


def generated(rung: Loaded, prompts: list[str]) -> list[str]:
    """What the rung writes to the end of the line, without the space before it."""
    how = {"until": ["\n"], "max_gen_toks": 6}  # five digits at most, and the end of the line
    return [text.strip() for text in rung.lm.generate_until([(prompt, how) for prompt in prompts])]


def teacher_forced(rung: Loaded, prompts: list[str], gold: list[str]) -> tuple[list[float], list[float]]:
    """For each sum: the log-probability a digit of its gold answer, and the share of the digits that are the
    most likely token after the digits before them. Every digit is one token.
    """
    requests, owners = [], []
    for i, (prompt, answer) in enumerate(zip(prompts, gold, strict=True)):
        first, *others = answer
        pieces = [f" {first}", *others]
        contexts = accumulate(pieces[:-1], initial=prompt)
        requests += zip(contexts, pieces, strict=True)
        owners += [i] * len(pieces)
    likely, right = [0.0] * len(prompts), [0] * len(prompts)
    for i, (logprob, greedy) in zip(owners, rung.lm.loglikelihood(requests), strict=True):
        likely[i] += logprob
        right[i] += greedy
    lengths = [len(answer) for answer in gold]
    return (
        [total / length for total, length in zip(likely, lengths, strict=True)],
        [count / length for count, length in zip(right, lengths, strict=True)],
    )


def predicted(tokens: dict, gold: list[str]) -> dict:
    """The row of predicted exact matches: value and interval of `tokens` to the power of each length."""
    ends = ("value", "ci_lo", "ci_hi")
    powers = {end: mean(tokens[end] ** len(answer) for answer in gold) for end in ends}
    return {**tokens, "metric": "predicted_exact_match", **powers}
