"""Real answers of large models, recorded by others, as a log of responses.

    emlab.recorded_responses("gsm8k")      6B and 175B, fine-tuned and with a verifier; Cobbe et al. 2021
    emlab.recorded_responses("bbh")        code-davinci-002, direct and CoT; Suzgun et al. 2022
    emlab.recorded_responses("mmlu_pro")   five Llama models; Wang et al. 2024
    emlab.recorded_responses("mmlu_redux") nine models; Gema et al. 2024

What is correct is computed anew from the answers' texts, by the rules of the benchmark's task. The data are
those of `emlab fetch` under the same names.
"""

import ast
import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from emlab.benchmarks import bbh, gsm8k, mmlu, mmlu_pro, store
from emlab.benchmarks.scoring import INVALID, exact_match, regex_filter
from emlab.benchmarks.sources import BBH_TASKS, FILES, GSM8K_RESPONSES, MMLU_PRO
from emlab.benchmarks.task import Filter
from emlab.log import LOG_COLUMNS, prompt_sha256
from emlab.messages import say

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]

BILLION = 10**9
_GSM8K = {  # the file's column: (condition, parameters)
    "6b_finetuning": ("fine-tuned", 6 * BILLION),
    "6b_verification": ("fine-tuned, verifier", 6 * BILLION),
    "175b_finetuning": ("fine-tuned", 175 * BILLION),
    "175b_verification": ("fine-tuned, verifier", 175 * BILLION),
}
_LLAMA = {
    "llama2-7b": 7 * BILLION,
    "llama2-13b": 13 * BILLION,
    "llama2-70b": 70 * BILLION,
    "llama3-8b": 8 * BILLION,
    "llama3-70b": 70 * BILLION,
}
# The parameters that were published. "google_text-unicorn@001" is left out: its column is the same, answer
# for answer, as that of "writer_palmyra-x-v3", so one of them is not what it says.
_REDUX: dict[str, int | None] = {
    "anthropic_claude-3-opus-20240229": None,
    "openai_gpt-4o-2024-05-13": None,
    "openai_gpt-4-0613": None,
    "google_gemini-1.5-pro-preview-0409": None,
    "openai_gpt-4-1106-preview": None,
    "meta_llama-3-70b": 70 * BILLION,
    "writer_palmyra-x-v3": None,
    "mistralai_mixtral-8x22b": 141 * BILLION,
    "google_gemini-1.5-flash-preview-0514": None,
}

_EXACT = exact_match()
_GSM8K_ANSWER = regex_filter("final line", r"A: *(.*)\s*$")
_LETTER = Filter("letter", lambda text, _: text if text in mmlu.LETTERS else INVALID)


def recorded_responses(name: str) -> "pd.DataFrame":
    """The recorded answers to a benchmark, one row an answer, with the columns of emlab.LOG_COLUMNS.

    response is the model's text, parsed the answer in it (None where there is none), condition how the model
    was asked. prompt is the whole prompt for bbh; the others recorded the question alone. params is None
    where it was never published. bbh has a column task, mmlu_pro category; mmlu_redux has subject
    and error_type ("ok", or what people found wrong with the item).
    Raises ValueError for an unknown name, NotFetched when the data are not here.
    """
    import pandas as pd

    if name not in _LOADERS:
        raise ValueError(say("recorded_unknown", name=name, known=", ".join(_LOADERS)))
    rows = list(_LOADERS[name]())
    return pd.DataFrame(rows).astype({"params": "Int64", "correct": bool})


def _row(
    benchmark: str, model: str, params: int | None, item_id: str, condition: str, prompt: str, **rest: Any
) -> Row:
    """A row of the log; `rest` has k, response, parsed, gold, correct and further columns."""
    row = {
        "run_id": f"recorded/{benchmark}/{model}/{condition}",
        "model": model,
        "params": params,
        "item_id": item_id,
        "condition": condition,
        "strategy": "recorded",
        "order": "recorded",
        "template_id": f"recorded/{benchmark}",
        "example_ids": [],
        "order_seed": None,
        "prompt_sha256": prompt_sha256(prompt),
        "prompt": prompt,
        **rest,
    }
    return {column: row[column] for column in LOG_COLUMNS} | row


def _answer(parsed: str, gold: str, metric=_EXACT) -> Row:
    found = parsed != INVALID
    right = found and metric.score(parsed, gold, {}) == 1.0
    return {"parsed": parsed if found else None, "gold": gold, "correct": right}


def _gsm8k() -> Iterator[Row]:
    for number, item in enumerate(store.read_jsonl(GSM8K_RESPONSES), start=1):
        gold = _GSM8K_ANSWER.apply(item["ground_truth"], item)
        for column, (condition, params) in _GSM8K.items():
            text = item[column]["solution"]
            answer = _answer(_GSM8K_ANSWER.apply(text, item), gold, gsm8k.NUMBERS_MATCH)
            yield _row(
                "gsm8k",
                f"gpt3-{column.split('_')[0]}",
                params,
                f"gsm8k-test-{number:04d}",
                condition,
                item["question"],
                k=0,
                response=text,
                **answer,
            )


def _bbh() -> Iterator[Row]:
    for condition, folder in (("direct", "codex_direct"), ("cot", "codex_cot")):
        for task in BBH_TASKS:
            outputs = json.loads(store.read_bytes(FILES[f"bbh/{folder}/{task}.json"]))["outputs"]
            for number, output in enumerate(outputs, start=1):
                text = output["prediction"]
                parsed = bbh.COT_ANSWER.apply(text, output) if condition == "cot" else text
                yield _row(
                    "bbh",
                    "code-davinci-002",
                    None,
                    f"bbh-{task}-{number:04d}",
                    condition,
                    output["input"],
                    k=3,
                    response=text,
                    task=task,
                    **_answer(parsed, output["target"]),
                )


def _mmlu_pro() -> Iterator[Row]:
    for item in store.read_jsonl(MMLU_PRO):
        for model, params in _LLAMA.items():
            text = item["responses"][model]["text"]
            yield _row(
                "mmlu_pro",
                model,
                params,
                f"mmlu-pro-{item['question_id']}",
                "cot",
                mmlu_pro.question(item),
                k=5,
                response=text,
                category=item["category"],
                **_answer(mmlu_pro.EXTRACT.apply(text, item), item["answer"]),
            )


def _mmlu_redux() -> Iterator[Row]:
    for item in mmlu.redux_rows():
        prompt = mmlu.question({"question": item["question"], "choices": ast.literal_eval(item["choices"])})
        for model, params in _REDUX.items():
            text = item[model]
            yield _row(
                "mmlu_redux",
                model,
                params,
                f"mmlu-{item['item_id']}",
                "recorded",
                prompt,
                k=None,
                response=text,
                subject=item["subject"],
                error_type=item["error_type"],
                **_answer(_LETTER.apply(text, item), item["gold"]),
            )


_LOADERS: dict[str, Callable[[], Iterator[Row]]] = {
    "gsm8k": _gsm8k,
    "bbh": _bbh,
    "mmlu_pro": _mmlu_pro,
    "mmlu_redux": _mmlu_redux,
}
