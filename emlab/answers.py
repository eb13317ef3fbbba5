"""Prompts that are improved version by version: what they are made of, what may change, how answers are kept.

A prompt is plain data (a dict with PROMPT_KEYS), so that anyone who has it can put the same questions again.
"""

from collections.abc import Mapping
from typing import Any

from emlab.log import LOG_COLUMNS, prompt_sha256

# instruction  a text for the top, or "" for none
# example      one solved example, with {question}, {answer} and, if wanted, {steps}
# examples     item_ids of the pool, in the order in which they are shown
# query        the item to be answered, with {question}
# delimiter    what stands between the pieces
# until        texts at which the model stops writing
# max_gen_toks most tokens that it writes
# parser       how the answer is read off what it wrote
PROMPT_KEYS = ("instruction", "example", "examples", "query", "delimiter", "until", "max_gen_toks", "parser")

# For each type of change the keys that may differ from the parent's prompt. A new parser finds answers that
# were there before: so it is a change of its own, or a gain of the parser would pass for one of the model.
CHANGE_TYPES: dict[str, tuple[str, ...]] = {
    "start": (),
    "instruction": ("instruction",),
    "examples": ("examples",),
    "format": ("example", "query", "delimiter", "until", "max_gen_toks"),
    "chain of thought": ("instruction", "example", "query", "until", "max_gen_toks"),
    "parser": ("parser",),
}

TRAJECTORY_COLUMNS = (
    "version",
    "parent",
    "change_type",
    "hypothesis",
    "template",
    "dev_n",
    "dev_acc",
    "lo",
    "hi",
    "mean_chars",
)


def make_answer(
    *,
    model: str,
    params: int,
    version: str,
    part: str,
    item: Mapping[str, str],
    examples: list[str],
    prompt: str,
    response: str,
    parsed: str | None,
) -> dict[str, Any]:
    """One row of the log for a text that a model wrote, with the columns of emlab.LOG_COLUMNS.

    The version stands in template_id and the part ("dev", "test", …) in condition. Filled in are the hash of
    the prompt, k, and `correct`: whether parsed is the item's answer.
    """
    fields = {
        "run_id": "prompting",
        "model": model,
        "params": params,
        "item_id": item["item_id"],
        "condition": part,
        "k": len(examples),
        "strategy": "chosen",
        "order": "given",
        "template_id": version,
        "example_ids": list(examples),
        "order_seed": 0,
        "prompt_sha256": prompt_sha256(prompt),
        "prompt": prompt,
        "response": response,
        "parsed": parsed,
        "gold": item["answer"],
        "correct": parsed == item["answer"],
    }
    return {column: fields[column] for column in LOG_COLUMNS}
