"""MMLU-Redux: the items of MMLU in which people found nothing wrong. Gema et al. 2024, arXiv:2406.04127.

mmlu_redux_<subject> asks as MMLU does, so that the two results differ by the items alone.
mmlu_redux_<subject>_generative is lm-evaluation-harness's: the model writes the letter, which any server can.
"""

from emlab.benchmarks.mmlu import LETTERS, REDUX_SUBJECTS, question, redux_docs, subject_task
from emlab.benchmarks.scoring import exact_match, regex_filter
from emlab.benchmarks.task import Doc, Group, Task

_REQUEST = (
    "Please respond with the correct letter (A, B, C or D) without any additional comments, only the correct"
    " letter:"
)


def clean_docs(subject: str) -> list[Doc]:
    """The items of a subject that are in order."""
    return [doc for doc in redux_docs(subject) if doc["error_type"] == "ok"]


def _generative(subject: str) -> Task:
    as_chosen = subject_task("mmlu_redux", subject, clean_docs, "")
    return Task(
        task=f"mmlu_redux_{subject}_generative",
        version=4.0,
        output_type="generate_until",
        docs=as_chosen.docs,
        fewshot_docs=as_chosen.fewshot_docs,
        description=as_chosen.description,
        doc_to_text=lambda doc: question(doc).removesuffix("Answer:") + _REQUEST,
        doc_to_target=lambda doc: LETTERS[doc["answer"]],
        target_delimiter=":",
        generation_kwargs={"until": ["</s>"]},
        filter_list=(regex_filter("default", "([ABCD])"),),
        metric_list=(exact_match(ignore_case=True, ignore_punctuation=True),),
        about=f"the same, the letter written by the model, {subject.replace('_', ' ')}",
    )


_CHOSEN = tuple(
    subject_task(
        "mmlu_redux",
        subject,
        clean_docs,
        f"MMLU without the items that people found wrong, {subject.replace('_', ' ')}",
    )
    for subject in REDUX_SUBJECTS
)
_WRITTEN = tuple(_generative(subject) for subject in REDUX_SUBJECTS)
TASKS = (*_CHOSEN, *_WRITTEN)
GROUPS = (
    Group(
        "mmlu_redux",
        tuple(task.task for task in _CHOSEN),
        1,
        "30 subjects of MMLU, without the items that people found wrong",
    ),
    Group(
        "mmlu_redux_generative",
        tuple(task.task for task in _WRITTEN),
        4,
        "the same, the letter written by the model",
    ),
)
