"""BIG-Bench Hard: nine of its 27 tasks, with and without a chain of thought.

Suzgun et al. 2022, arXiv:2210.09261. The prompts, filter and metric are lm-evaluation-harness's tasks
bbh_fewshot_<task> (the answer at once) and bbh_cot_fewshot_<task>; the three examples are those of the
paper's own prompts.
"""

import json
import re
from functools import cache

from emlab.benchmarks import store
from emlab.benchmarks.scoring import exact_match, regex_filter
from emlab.benchmarks.sources import BBH_TASKS, FILES
from emlab.benchmarks.task import Doc, Filter, Group, Task

COT_ANSWER = regex_filter("get-answer", r"(?<=the answer is )(.*)(?=.)")
STEP_BY_STEP = "Let's think step by step.\n"
STOPS = ["</s>", "Q", "\n\n"]

# the first line of each prompt, which is the task's description
DESCRIPTIONS = {
    "boolean_expressions": "Evaluate the result of a random Boolean expression.",
    "causal_judgement": "Answer questions about causal attribution.",
    "date_understanding": "Infer the date from context.",
    "multistep_arithmetic_two": "Solve multi-step arithmetic problems.",
    "navigate": (
        "Given a series of navigation instructions, determine whether one would end up back at the starting"
        " point."
    ),
    "object_counting": "Questions that involve enumerating objects and asking the model to count them.",
    "sports_understanding": (
        "Determine whether an artificially constructed sentence relating to sports is plausible or not."
    ),
    "tracking_shuffled_objects_three_objects": (
        "A task requiring determining the final positions of a set of objects given their initial positions"
        " and a description of a sequence of swaps."
    ),
    "word_sorting": "Sort a list of words.",
}


def docs(name: str) -> list[Doc]:
    """The items of a task: input and target."""
    rows = json.loads(store.read_bytes(FILES[f"bbh/{name}.json"]))["examples"]
    return [{"item_id": f"bbh-{name}-{i:04d}", **row} for i, row in enumerate(rows, start=1)]


def examples(name: str) -> list[Doc]:
    """The prompt's three examples: input, chain (of thought, ending in the answer) and target."""
    return _examples(name, store.read_text(FILES[f"bbh/cot_prompts/{name}.txt"]))


@cache
def _examples(name: str, prompt: str) -> list[Doc]:
    found = []
    for number, block in enumerate(re.split(r"\n\nQ: ", prompt)[1:], start=1):
        question, chain = block.split("\nA: " + STEP_BY_STEP.strip(), 1)
        chain = chain.strip()
        target = chain.rsplit("the answer is ", 1)[1].removesuffix(".")
        found.append(
            {"item_id": f"bbh-{name}-shot-{number}", "input": question, "chain": chain, "target": target}
        )
    return found


def _task(name: str, cot: bool) -> Task:
    return Task(
        task=f"bbh_{'cot_' if cot else ''}fewshot_{name}",
        version=4.0 if cot else 2.0,
        output_type="generate_until",
        docs=lambda: docs(name),
        fewshot_docs=lambda: examples(name),
        sampler="first_n",
        num_fewshot=3,
        description=DESCRIPTIONS[name] + "\n\n",
        doc_to_text=lambda doc: f"Q: {doc['input']}\nA:" + (f" {STEP_BY_STEP}" if cot else ""),
        doc_to_target=lambda doc: doc["target"],
        fewshot_doc_to_target=lambda doc: doc["chain" if cot else "target"],
        target_delimiter="" if cot else " ",
        generation_kwargs={"until": STOPS} | ({"max_gen_toks": 1024} if cot else {}),
        filter_list=(COT_ANSWER if cot else Filter(),),
        metric_list=(exact_match(),),
        about=f"{name.replace('_', ' ')}, {'after a chain of thought' if cot else 'answered at once'}",
    )


TASKS = tuple(_task(name, cot) for cot in (False, True) for name in BBH_TASKS)
GROUPS = tuple(
    Group(group, tuple(task.task for task in TASKS if task.task.startswith(group)), version, about)
    for group, version, about in (
        ("bbh_fewshot", 2.0, "nine tasks of BIG-Bench Hard, answered at once"),
        ("bbh_cot_fewshot", 3.0, "the same after a chain of thought"),
    )
)
