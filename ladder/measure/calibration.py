"""Does a rung know how sure it may be? Its probabilities of the four options, against how often it is right.

The confidence of an answer is the probability of the likeliest option's text, normalised over the options.
Answers are put into M = 15 bins of equal width by confidence, and the expected calibration error is

    ECE = sum over bins B of |B| / n * |acc(B) - conf(B)|

where acc(B) is the share of right answers in a bin and conf(B) its mean confidence. Source: Guo et al. 2017,
"On Calibration of Modern Neural Networks". ECE is never negative, so that a small sample shows some even of a
model that is perfectly calibrated. For the picture the bins have equal numbers of answers instead, EQUAL_BINS
of them with ENOUGH or more each (as Nguyen and O'Connor 2015, "Posterior calibration and exploratory analysis
for natural language processing models").

The Brier score of an item is the sum over its options of (p - y)^2, where y is 1 for the right option and 0
for the others: 0 at best, 0.75 for even guesses among four, 2 at worst.
"""

import math
import random
from collections.abc import Sequence
from itertools import chain, pairwise
from statistics import mean, stdev

from emlab.tasks.knowledge import STATUSES
from ladder.measure.choosing import scores
from ladder.measure.clusters import by_owner, clustered_row
from ladder.measure.common import ENOUGH, Loaded, interval_row, mean_row
from ladder.measure.knowledge import cells, owners, requests

BINS = 15
EQUAL_BINS = 6
RESAMPLES = 200
EVEN_BRIER = 0.75  # of even guesses among four options

Answer = tuple[float, bool]  # confidence, right?


def calibration(rung: Loaded) -> list[dict]:
    """ECE (with 1.96 standard errors, from the bootstrap) and mean Brier score, by status.

    Both intervals are over facts: each comes with all the requests about it.
    """
    rows = []
    for status in STATUSES:
        items = requests(cells()[status])
        found, gold = _asked(rung, items)
        given = answers(found, gold)
        by_fact = by_owner(given, owners(items))
        value, error = ece(given), bootstrap_error(by_fact, random.Random(f"ece/{status}"))
        lo, hi = max(0.0, value - 1.96 * error), min(1.0, value + 1.96 * error)
        where, n_items = (rung, "knowledge", status), len(by_fact)
        rows.append(interval_row(*where, "ece", len(given), value, lo, hi, n_items=n_items))
        briers = [brier(p, right) for p, right in zip(found, gold, strict=True)]
        means = [mean(of_fact) for of_fact in by_owner(briers, owners(items))]
        row = mean_row(*where, "brier", means, EVEN_BRIER, n_items=n_items)
        rows.append(row | {"n": len(items)})
    return rows


def reliability(rung: Loaded) -> list[dict]:
    """Accuracy in each of EQUAL_BINS bins of answers, from the least confident; n is their number."""
    rows = []
    for status in STATUSES:
        items = requests(cells()[status], EQUAL_BINS * ENOUGH)
        given = answers(*_asked(rung, items))
        order = sorted(range(len(given)), key=lambda i: given[i][0])
        ends = [len(order) * number // EQUAL_BINS for number in range(EQUAL_BINS + 1)]
        for number, (start, end) in enumerate(pairwise(ends), start=1):
            inside = order[start:end]
            right, about = [given[i][1] for i in inside], owners([items[i] for i in inside])
            confidence = mean(given[i][0] for i in inside)
            cell = clustered_row(rung, "knowledge", status, "acc_cloze", right, about)
            rows.append(cell | {"bin": number, "confidence": confidence})
    return rows


def answers(found: Sequence[Sequence[float]], gold: Sequence[int]) -> list[Answer]:
    """The confidence of each answer and whether it is right, from the probabilities and the right option."""
    return [(max(p), p.index(max(p)) == right) for p, right in zip(found, gold, strict=True)]


def bin_of(confidence: float, n_bins: int = BINS) -> int:
    """The number of a confidence's bin, from 1; a bin holds its upper end, the first one also 0."""
    return max(1, math.ceil(confidence * n_bins))


def bins(given: Sequence[Answer], n_bins: int = BINS) -> list[list[Answer]]:
    """The answers by confidence."""
    sorted_in: list[list[Answer]] = [[] for _ in range(n_bins)]
    for confidence, right in given:
        sorted_in[bin_of(confidence, n_bins) - 1].append((confidence, right))
    return sorted_in


def ece(given: Sequence[Answer], n_bins: int = BINS) -> float:
    """The expected calibration error."""
    gaps = (
        abs(sum(right for _, right in members) - sum(confidence for confidence, _ in members))
        for members in bins(given, n_bins)
    )
    return sum(gaps) / len(given)


def brier(p: Sequence[float], right: int) -> float:
    """The Brier score of one item: its options' probabilities, and the number of the right one."""
    return sum((share - (number == right)) ** 2 for number, share in enumerate(p))


def bootstrap_error(by_fact: Sequence[Sequence[Answer]], rng: random.Random) -> float:
    """The standard error of the ECE: its spread over samples of the facts, drawn with replacement."""
    samples = (rng.choices(by_fact, k=len(by_fact)) for _ in range(RESAMPLES))
    return stdev(ece(list(chain.from_iterable(sample))) for sample in samples)


def normalised(logliks: Sequence[float]) -> list[float]:
    """The probabilities of the options, made to sum to one."""
    weights = [math.exp(loglik - max(logliks)) for loglik in logliks]
    return [weight / sum(weights) for weight in weights]


def _asked(rung: Loaded, items: list[dict]) -> tuple[list[list[float]], list[int]]:
    """The options' probabilities for each item, and the number of the right option."""
    logliks = scores(rung, [(item["open_prompts"][0], item["options"]) for item in items])
    return [normalised(of_item) for of_item in logliks], [i["options"].index(i["answer"]) for i in items]
