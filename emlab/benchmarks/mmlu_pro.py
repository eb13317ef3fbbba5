"""MMLU-Pro: up to ten choices, answered after a chain of thought. Wang et al. 2024, arXiv:2406.01574.

The prompts, filter and metric are lm-evaluation-harness's tasks mmlu_pro_<category>. From the hub come all
12,032 items and five examples of each category; from files a sample of 20 items of each category and no
examples, so there it takes --num_fewshot 0.
"""

from emlab.benchmarks import store
from emlab.benchmarks.scoring import exact_match, regex_filter
from emlab.benchmarks.sources import MMLU_PRO
from emlab.benchmarks.task import Doc, Group, Task

LETTERS = "ABCDEFGHIJ"
CATEGORIES = (
    "biology",
    "business",
    "chemistry",
    "computer science",
    "economics",
    "engineering",
    "health",
    "history",
    "law",
    "math",
    "other",
    "philosophy",
    "physics",
    "psychology",
)
EXTRACT = regex_filter("custom-extract", r"answer is \(?([ABCDEFGHIJ])\)?")


def docs(category: str) -> list[Doc]:
    """The items of a category: question, options, answer (a letter)."""
    rows = store.read_hub("mmlu_pro", "test")
    if rows is None:
        rows = store.read_jsonl(MMLU_PRO)
    return _of(rows, category)


def _examples(category: str) -> list[Doc]:
    return _of(store.read_hub("mmlu_pro", "validation") or [], category)


def _of(rows: list[Doc], category: str) -> list[Doc]:
    return [
        {"item_id": f"mmlu-pro-{row['question_id']}", **row} for row in rows if row["category"] == category
    ]


def question(doc: Doc) -> str:
    """The question with its options, and the beginning of a chain of thought."""
    options = [f"{letter}. {option.strip()}" for letter, option in zip(LETTERS, doc["options"], strict=False)]
    lines = ["Question:", doc["question"], "Options:", *options, "Answer: Let's think step by step."]
    return "\n".join(lines)


def _task(category: str) -> Task:
    return Task(
        task=f"mmlu_pro_{category.replace(' ', '_')}",
        version=3.1,
        output_type="generate_until",
        docs=lambda: docs(category),
        fewshot_docs=lambda: _examples(category),
        sampler="first_n",
        num_fewshot=5,
        description=(
            f"The following are multiple choice questions (with answers) about {category}. Think step by"
            ' step and then finish your answer with "the answer is (X)" where X is the correct letter'
            " choice.\n"
        ),
        doc_to_text=question,
        doc_to_target=lambda doc: doc["answer"],
        fewshot_doc_to_target=lambda doc: doc["cot_content"].replace("A: Let's think step by step. ", ""),
        generation_kwargs={"until": ["Question:"], "max_gen_toks": 2048},
        filter_list=(EXTRACT,),
        metric_list=(exact_match(ignore_case=True, ignore_punctuation=True),),
        about=f"up to ten choices after a chain of thought, {category}",
    )


TASKS = tuple(_task(category) for category in CATEGORIES)
GROUPS = (Group("mmlu_pro", tuple(task.task for task in TASKS), 2.0, "up to ten choices, in 14 categories"),)
