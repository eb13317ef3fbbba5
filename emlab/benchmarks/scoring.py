"""Filters and metrics, by lm-evaluation-harness's rules: what counts as the answer, and as a right one."""

import math
import re
import string
from collections.abc import Callable, Sequence
from statistics import mean, stdev

from emlab.benchmarks.task import Doc, Filter, Metric

INVALID = "[invalid]"  # the harness's answer where a filter finds none


def regex_filter(name: str, pattern: str, group_select: int = 0) -> Filter:
    """The match of `pattern` with that number (-1: the last one); of several groups, the first not empty."""
    compiled = re.compile(pattern)

    def apply(response: str, doc: Doc) -> str:
        found = compiled.findall(response)
        if not found:
            return INVALID
        match = found[group_select]
        if isinstance(match, tuple):
            match = next((part for part in match if part), INVALID)
        return match.strip()

    return Filter(name, apply)


def exact_match(
    regexes_to_ignore: Sequence[str] = (), ignore_case: bool = False, ignore_punctuation: bool = False
) -> Metric:
    """1.0 where answer and target are the same text, after what is ignored has been left out of both."""

    def plain(text: str) -> str:
        for pattern in regexes_to_ignore:
            text = re.sub(pattern, "", text)
        if ignore_case:
            text = text.lower()
        if ignore_punctuation:
            text = text.translate(str.maketrans("", "", string.punctuation))
        # The harness compares numpy strings, which drop NULs at their end.
        return text.rstrip("\0")

    return Metric("exact_match", lambda answer, target, doc: float(plain(answer) == plain(target)))


def _first_largest(values: Sequence[float]) -> int:
    return max(range(len(values)), key=lambda i: values[i])


# The likeliest choice is the right one; the first of equally likely ones is taken.
acc = Metric("acc", lambda logprobs, choices, gold: float(_first_largest(logprobs) == gold))

# The same with each log-probability divided by the number of characters of its choice.
acc_norm = Metric(
    "acc_norm",
    lambda logprobs, choices, gold: float(
        _first_largest([lp / len(choice) for lp, choice in zip(logprobs, choices, strict=True)]) == gold
    ),
)

# The right answer is the one that the model would write.
greedy_acc = Metric("acc", lambda logprob, is_greedy: float(is_greedy))


def passes_tests(passes: Callable[[str, Doc], bool]) -> Metric:
    """pass@1 of the greedy answer: whether the program passes its tests."""
    return Metric("pass@1", lambda answer, target, doc: float(passes(answer, doc)))


def value_and_stderr(scores: Sequence[float]) -> tuple[float, float | None]:
    """The mean and its standard error, the sample sd (ddof=1) over sqrt(n); None for a single score."""
    return mean(scores), stdev(scores) / math.sqrt(len(scores)) if len(scores) > 1 else None


def pooled_stderr(stderrs: Sequence[float], sizes: Sequence[int]) -> float:
    """The standard error of the mean over several tasks, weighted by size, from those of the tasks.

    The pooled variance of the items over their number, as lm-evaluation-harness has it for groups.
    """
    squares = sum((n - 1) * se**2 * n for se, n in zip(stderrs, sizes, strict=True))
    return math.sqrt(squares / (sum(sizes) - len(sizes)) / sum(sizes))
