"""Held-out word problems by number of steps, answered at once and step by step."""

from collections import Counter

from emlab.tasks import word_problems
from ladder.measure.common import Loaded, rate_row

PROBLEMS = 500
TASK = "word problems"
STEP_TOKENS = 10  # most tokens of a step, as in " 12 + 8 = 20."
ANSWER_TOKENS = 8  # a new line, "Answer: 12", two new lines


def by_steps(rung: Loaded) -> list[dict]:
    """Exact match in both styles, on the same problems, and for chains the share without a wrong step.

    The chance is that of the best constant answer.
    """
    rows = []
    for steps in range(1, word_problems.MOST_STEPS + 1):
        for style in word_problems.STYLES:
            items = word_problems.items(PROBLEMS, steps=steps, style=style)
            texts = completions(rung, items, steps, style)
            pairs = list(zip(items, texts, strict=True))
            right = sum(word_problems.final_answer(text, style) == item["answer"] for item, text in pairs)
            ((_, most),) = Counter(item["answer"] for item in items).most_common(1)
            where = (rung, TASK, f"{steps} step{'s' if steps > 1 else ''}, {style}")
            extra = {"steps": steps, "style": style}
            rows.append(rate_row(*where, "exact_match", right, PROBLEMS, chance=most / PROBLEMS, **extra))
            if style == "cot":
                chains = sum(word_problems.steps_correct(item, text) for item, text in pairs)
                rows.append(rate_row(*where, "steps_correct", chains, PROBLEMS, **extra))
    return rows


def completions(rung: Loaded, items: list[dict], steps: int, style: str) -> list[str]:
    """What the rung writes to the end of each item."""
    if style == "direct":
        how = {"until": ["\n"], "max_gen_toks": 4}
    else:
        how = {"until": ["\n\n"], "max_gen_toks": steps * STEP_TOKENS + ANSWER_TOKENS}
    return rung.lm.generate_until([(item["prompt"], how) for item in items])
