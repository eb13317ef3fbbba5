"""The two benchmarks of the ladder that exercise 4 takes apart, and the corpus excerpt.

    letters   the knowledge benchmark as MMLU asks: four options, the answer is the likeliest letter
    cloze     the same questions without letters: the answer is the likeliest option
    problems  word problems as GSM8K asks: the answer is written out step by step

Each answer is a row of the log (emlab.LOG_COLUMNS),
with `choices` and `logprobs` besides (empty for problems).
"""

import gzip
import math
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from emlab.log import LOG_COLUMNS, prompt_sha256
from emlab.messages import say
from emlab.models import Model, load
from emlab.tasks import knowledge, word_problems

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]

BENCHMARKS = ("letters", "cloze", "problems")
STEPS = (2, 3, 4)  # of the word problems
STRICT = r"Answer: (\-?[0-9\.\,]+)"  # where the answer stands, as gsm8k's strict-match has "#### "

_EXCERPT = Path(__file__).parent / "corpus" / "excerpt.txt.gz"
_SEPARATOR = "\n<|endoftext|>\n"
_DELIMITER = " "


@cache
def corpus_excerpt() -> tuple[str, ...]:
    """Documents of the text that the rungs were trained on, word for word."""
    return tuple(gzip.decompress(_EXCERPT.read_bytes()).decode("utf-8").split(_SEPARATOR))


def items(benchmark: str, n: int) -> list[Row]:
    """The first n items of a benchmark, with item_id, prompt, choices (none for problems) and gold.

    Raises ValueError for an unknown benchmark.
    """
    if benchmark == "letters":
        return knowledge.items(n)
    if benchmark == "cloze":
        return [
            item | {"prompt": item["open_prompts"][0], "choices": item["options"], "gold": item["answer"]}
            for item in knowledge.items(n)
        ]
    if benchmark == "problems":
        each = -(-n // len(STEPS))
        found = [item for steps in STEPS for item in word_problems.items(each, steps=steps, style="cot")]
        return [item | {"choices": [], "solution": item["gold"], "gold": item["answer"]} for item in found]
    raise ValueError(say("unknown_deep_dive", name=benchmark, known=", ".join(BENCHMARKS)))


def ask(models: Sequence[str], benchmark: str, n: int) -> "pd.DataFrame":
    """What each of the models answers to the first n items: one row an answer."""
    import pandas as pd

    asked = items(benchmark, n)
    rows = []
    for name in models:
        model = load(name)
        answers = _generate(model, asked) if benchmark == "problems" else _choose(model, asked)
        for item, answer in zip(asked, answers, strict=True):
            rows.append(_row(model, benchmark, item, answer))
    return pd.DataFrame(rows)


def _choose(model: Model, asked: list[Row]) -> list[Row]:
    """The likeliest choice of each item."""
    pairs = [(item["prompt"], _DELIMITER + choice) for item in asked for choice in item["choices"]]
    scored = iter(model.loglikelihood(pairs))
    answers = []
    for item in asked:
        logprobs = [next(scored)[0] for _ in item["choices"]]
        best = item["choices"][logprobs.index(max(logprobs))]
        answers.append({"response": best, "parsed": best, "logprobs": logprobs})
    return answers


def _generate(model: Model, asked: list[Row]) -> list[Row]:
    """The greedy text; what stands behind "Answer:" in it is the answer."""
    requests = [
        (item["prompt"], {"until": ["\n\n"], "max_gen_toks": 10 * item["steps"] + 8}) for item in asked
    ]
    answers = []
    for text in model.generate_until(requests):
        found = re.findall(STRICT, text)
        answers.append({"response": text, "parsed": found[0].rstrip(".") if found else None, "logprobs": []})
    return answers


def _row(model: Model, benchmark: str, item: Row, answer: Row) -> Row:
    row = {
        "run_id": f"benchmark/{benchmark}",
        "model": model.name,
        "params": model.params,
        "item_id": item["item_id"],
        "condition": benchmark,
        "k": 0,
        "strategy": "none",
        "order": "none",
        "template_id": benchmark,
        "example_ids": [],
        "order_seed": 0,
        "prompt_sha256": prompt_sha256(item["prompt"]),
        "prompt": item["prompt"],
        "gold": item["gold"],
        "correct": answer["parsed"] == item["gold"],
        **answer,
    }
    return {column: row[column] for column in LOG_COLUMNS} | {
        "choices": list(item["choices"]),
        "logprobs": answer["logprobs"],
    }


def confidence(logprobs: Sequence[float]) -> float:
    """The probability of the likeliest choice, when one of the choices must be it."""
    best = max(logprobs)
    return 1 / sum(math.exp(logprob - best) for logprob in logprobs)


def not_said(responses: "pd.DataFrame", sample: int, rng: Any) -> list[int]:
    """Ask the rungs again; the numbers of the rows (from 0) whose response is not what the model says.

    At most `sample` rows are drawn with `rng`. A choice within 1e-3 of the likeliest is taken for the model's
    own, and a text is compared by its first 40 characters: machines differ in the last digits.
    """
    rows = responses.to_dict("records")
    drawn = rng.sample(range(len(rows)), min(sample, len(rows)))
    known = {name: {item["item_id"]: item for item in items(name, _most(rows, name))} for name in BENCHMARKS}
    wrong = []
    for name in sorted({(row["model"], row["condition"]) for row in (rows[i] for i in drawn)}):
        mine = [i for i in drawn if (rows[i]["model"], rows[i]["condition"]) == name]
        model, benchmark = load(name[0]), name[1]
        asked = [known[benchmark].get(rows[i]["item_id"]) for i in mine]
        wrong += [i for i, item in zip(mine, asked, strict=True) if item is None]
        there = [(i, item) for i, item in zip(mine, asked, strict=True) if item is not None]
        questions = [item for _, item in there]
        answers = _generate(model, questions) if benchmark == "problems" else _choose(model, questions)
        for (i, item), answer in zip(there, answers, strict=True):
            if not _same(rows[i]["response"], answer, item):
                wrong.append(i)
    return sorted(wrong)


def _most(rows: list[Row], benchmark: str) -> int:
    """Enough items to hold all of the benchmark's rows, and never more than there are."""
    return len(knowledge.benchmark()) if benchmark != "problems" else 600


def _same(said: object, answer: Row, item: Row) -> bool:
    if not answer["logprobs"]:
        return isinstance(said, str) and said[:40] == answer["response"][:40]
    if said not in item["choices"]:
        return False
    return answer["logprobs"][item["choices"].index(said)] > max(answer["logprobs"]) - 1e-3


def recorded(name: str) -> "pd.DataFrame | None":
    """Answers that large models gave to a public benchmark, as a log; None, with a word why, if not here.

    name: "gsm8k", "bbh", "mmlu_pro" or "mmlu_redux". The command `emlab fetch NAME` fetches the data.
    """
    try:
        from emlab.benchmarks import recorded_responses
    except ImportError:
        print(say("recorded_no_loader"))
        return None
    try:
        return recorded_responses(name)
    except OSError as error:
        print(say("recorded_not_here", name=name, reason=error))
        return None
