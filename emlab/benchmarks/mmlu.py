"""MMLU: multiple choice in 57 subjects. Hendrycks et al. 2021, arXiv:2009.03300.

The prompts and the metric are lm-evaluation-harness's tasks mmlu_<subject>. From the hub come all 14,042
items. From files come the 3,000 that MMLU-Redux looked at (100 in each of 30 subjects, with MMLU's own
answers), and as examples the dev questions of the harness's chain-of-thought prompts. Three of these
prompts have four questions; in college_chemistry one of them has five options and is left out.
"""

import ast
import csv
import io
import json
import re
from functools import cache

from emlab.benchmarks import store
from emlab.benchmarks.scoring import acc
from emlab.benchmarks.sources import MMLU_DEV, MMLU_REDUX
from emlab.benchmarks.task import Doc, Group, Task
from emlab.tasks.lexicon import split_words

LETTERS = ("A", "B", "C", "D")
SUBJECTS = split_words(
    """
    abstract_algebra anatomy astronomy business_ethics clinical_knowledge college_biology
    college_chemistry college_computer_science college_mathematics college_medicine college_physics
    computer_security conceptual_physics econometrics electrical_engineering elementary_mathematics
    formal_logic global_facts high_school_biology high_school_chemistry high_school_computer_science
    high_school_european_history high_school_geography high_school_government_and_politics
    high_school_macroeconomics high_school_mathematics high_school_microeconomics high_school_physics
    high_school_psychology high_school_statistics high_school_us_history high_school_world_history
    human_aging human_sexuality international_law jurisprudence logical_fallacies machine_learning
    management marketing medical_genetics miscellaneous moral_disputes moral_scenarios nutrition
    philosophy prehistory professional_accounting professional_law professional_medicine
    professional_psychology public_relations security_studies sociology us_foreign_policy virology
    world_religions
    """
)
REDUX_SUBJECTS = split_words(
    """
    anatomy astronomy business_ethics clinical_knowledge college_chemistry college_computer_science
    college_mathematics college_medicine college_physics conceptual_physics econometrics
    electrical_engineering formal_logic global_facts high_school_chemistry high_school_geography
    high_school_macroeconomics high_school_mathematics high_school_physics high_school_statistics
    high_school_us_history human_aging logical_fallacies machine_learning miscellaneous philosophy
    professional_accounting professional_law public_relations virology
    """
)

_DEV = re.compile(
    r"Q: (?P<question>.*?)\n\(A\) (.*?)\s\(B\) (.*?)\s\(C\) (.*?)\s\(D\) (.*?)"
    r"\nA: .*?answer is \(?(?P<answer>[A-E])\)?\.\s*(?=\n\nQ: |\Z)",
    re.DOTALL,
)


def docs(subject: str) -> list[Doc]:
    """The test items of a subject: question, choices, answer (the right one's index)."""
    rows = store.read_hub("mmlu", "test")
    if rows is None:
        return redux_docs(subject)
    return _numbered(f"mmlu-{subject}", [row for row in rows if row["subject"] == subject])


def dev_docs(subject: str) -> list[Doc]:
    """The questions that examples are made of, five for most subjects."""
    rows = store.read_hub("mmlu", "dev")
    if rows is not None:
        return _numbered(f"mmlu-{subject}-dev", [row for row in rows if row["subject"] == subject])
    found = _DEV.findall(_dev_prompts()[subject])
    rows = [
        {"question": question, "choices": choices, "answer": LETTERS.index(answer)}
        for question, *choices, answer in found
        if answer in LETTERS
    ]
    return _numbered(f"mmlu-{subject}-dev", rows)


@cache
def _parsed(text: str) -> tuple[dict[str, str], ...]:
    return tuple(csv.DictReader(io.StringIO(text)))


def redux_rows() -> tuple[dict[str, str], ...]:
    """The rows of MMLU-Redux with all models' answers, as they are in the file."""
    return _parsed(store.read_text(MMLU_REDUX))


def redux_docs(subject: str) -> list[Doc]:
    """The items of a subject in MMLU-Redux; error_type is "ok" or what is wrong with the item."""
    return [
        {
            "item_id": f"mmlu-{row['item_id']}",
            "question": row["question"],
            "choices": ast.literal_eval(row["choices"]),
            "answer": LETTERS.index(row["gold"]),
            "error_type": row["error_type"],
            "subject": subject,
        }
        for row in redux_rows()
        if row["subject"] == subject
    ]


def _dev_prompts() -> dict[str, str]:
    return json.loads(store.read_bytes(MMLU_DEV))


def _numbered(name: str, rows: list[Doc]) -> list[Doc]:
    return [{"item_id": f"{name}-{i:04d}", **row} for i, row in enumerate(rows)]


def question(doc: Doc) -> str:
    """The question with its four lettered choices, up to where the letter comes."""
    lines = [f"{letter}. {choice}" for letter, choice in zip(LETTERS, doc["choices"], strict=True)]
    return "\n".join([doc["question"].strip(), *lines, "Answer:"])


def subject_task(name: str, subject: str, task_docs, about: str) -> Task:
    """The harness's task for one subject."""
    return Task(
        task=f"{name}_{subject}",
        version=1.0,
        output_type="multiple_choice",
        docs=lambda: task_docs(subject),
        fewshot_docs=lambda: dev_docs(subject),
        sampler="first_n",
        num_fewshot=5,
        description=(
            "The following are multiple choice questions (with answers) about "
            f"{subject.replace('_', ' ')}.\n\n"
        ),
        doc_to_text=question,
        doc_to_choice=lambda doc: list(LETTERS),
        doc_to_target=lambda doc: doc["answer"],
        metric_list=(acc,),
        about=about,
    )


TASKS = tuple(
    subject_task("mmlu", subject, docs, f"MMLU, {subject.replace('_', ' ')}") for subject in SUBJECTS
)
GROUPS = (Group("mmlu", tuple(task.task for task in TASKS), 2, "multiple choice in 57 subjects"),)
