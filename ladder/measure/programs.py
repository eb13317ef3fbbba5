"""Held-out programs, scored by running them: one greedy answer each, and several samples each."""

from emlab.tasks import programs
from ladder.measure.common import Loaded, rate_row
from ladder.sample import sample

PROGRAMS = 500
TASK = "programs"
CELLS = ((1, "seen"), (2, "seen"), (2, "new"), (3, "seen"), (3, "new"))
TOKENS = {1: 30, 2: 48, 3: 66}  # most that a right answer has, with its end
SAMPLED_A_CELL = 100  # of five cells
SAMPLES = 10
TEMPERATURE = 0.8
KS = (1, 5, 10)


def greedy(rung: Loaded) -> list[dict]:
    """pass@1 of the greedy answer, by number of operations and whether training has all of their pairs."""
    rows = []
    for operations, composition in CELLS:
        items = programs.items(PROGRAMS, operations=operations, composition=composition)
        how = {"until": list(programs.STOPS), "max_gen_toks": TOKENS[operations]}
        answers = rung.lm.generate_until([(item["prompt"], how) for item in items])
        right = sum(map(programs.passes, items, answers))
        cell = f"{operations} operation{'s' if operations > 1 else ''}, {composition}"
        extra = {"operations": operations, "composition": composition}
        rows.append(rate_row(rung, TASK, cell, "pass@1", right, PROGRAMS, **extra))
    return rows


def sampled(rung: Loaded) -> list[dict]:
    """pass@k from samples at one temperature, over items of all cells alike."""
    counts = []
    for operations, composition in CELLS:
        items = programs.items(SAMPLED_A_CELL, operations=operations, composition=composition)
        texts = sample(
            rung.model,
            [item["prompt"] for item in items],
            n=SAMPLES,
            until=programs.STOPS,
            max_tokens=TOKENS[operations],
            temperature=TEMPERATURE,
            seed=0,
        )
        for item, of_item in zip(items, texts, strict=True):
            counts.append(sum(programs.passes(item, text) for text in of_item))
    return [
        rate_row(
            rung,
            TASK,
            "all cells, sampled",
            f"pass@{k}",
            sum(programs.pass_at_k(SAMPLES, right, k) for right in counts),
            len(counts),
            k=k,
            samples=SAMPLES,
            temperature=TEMPERATURE,
        )
        for k in KS
    ]
