"""MMLU-Redux: the items of MMLU in which people found nothing wrong. Gema et al. 2024, arXiv:2406.04127.

The prompts are MMLU's, so that the two results differ by the items alone. (The harness's own mmlu_redux asks
without examples for a letter that the model writes; that is another task.)
"""

from emlab.benchmarks.mmlu import REDUX_SUBJECTS, redux_docs, subject_task
from emlab.benchmarks.task import Doc, Group


def clean_docs(subject: str) -> list[Doc]:
    """The items of a subject that are in order."""
    return [doc for doc in redux_docs(subject) if doc["error_type"] == "ok"]


TASKS = tuple(
    subject_task(
        "mmlu_redux",
        subject,
        clean_docs,
        f"MMLU without the items that people found wrong, {subject.replace('_', ' ')}",
    )
    for subject in REDUX_SUBJECTS
)
GROUPS = (
    Group(
        "mmlu_redux",
        tuple(task.task for task in TASKS),
        1,
        "30 subjects of MMLU, without the items that people found wrong",
    ),
)
