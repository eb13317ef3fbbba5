"""The ladder's own benchmarks: the held-out items of emlab.tasks, asked in lm-evaluation-harness's way.

They need no network and no download, and the rungs are made for them: the prompts are as in their training.
"""

import random
from collections.abc import Callable

from emlab.benchmarks import gsm8k
from emlab.benchmarks.scoring import (
    acc,
    acc_norm,
    exact_match,
    greedy_acc,
    passes_tests,
    regex_filter,
)
from emlab.benchmarks.task import Doc, Filter, Group, Task
from emlab.prompts import TEMPLATES
from emlab.tasks import (
    arithmetic,
    commonsense,
    knowledge,
    load_task,
    programs,
    syllogisms,
    translation,
    traps,
    word_problems,
)
from emlab.tasks.encyclopedia import SUBJECTS

ITEMS = 500  # of a task, unless its family has not so many
EXAMPLES = 200  # that the examples of the translations are drawn from

Docs = Callable[[], list[Doc]]
_STRIPPED = Filter("remove_whitespace", lambda text, _: text.strip())


def _choice(task: str, docs: Docs, about: str, question: str = "prompt", **more) -> Task:
    """The likeliest of an item's choices."""
    return Task(
        **{
            "task": f"ladder_{task}",
            "version": 1.0,
            "output_type": "multiple_choice",
            "docs": docs,
            "doc_to_text": lambda doc: doc[question],
            "doc_to_choice": lambda doc: doc["choices"],
            "doc_to_target": lambda doc: doc["choices"].index(doc["gold"]),
            "metric_list": (acc,),
            "about": about,
        }
        | more
    )


def _addition(digits: int) -> Task:
    return Task(
        task=f"ladder_addition_{digits}d",
        version=1.0,
        output_type="loglikelihood",
        docs=lambda: arithmetic.items(ITEMS, digits=digits),
        doc_to_text=lambda doc: doc["prompt"],
        doc_to_target=lambda doc: f" {doc['gold']}",
        target_delimiter="",
        metric_list=(greedy_acc,),
        about=f"sums of two numbers of {digits} digits",
    )


def _word_problems(steps: int, style: str) -> Task:
    """With the steps written out, and gsm8k's filters and metric, or answered at once."""
    cot = style == "cot"
    return Task(
        task=f"ladder_word_problems{'_cot' if cot else ''}_{steps}",
        version=1.0,
        output_type="generate_until",
        docs=lambda: word_problems.items(ITEMS, steps=steps, style=style),
        doc_to_text=lambda doc: doc["prompt"],
        doc_to_target=lambda doc: doc["answer"],
        generation_kwargs={"until": ["\n\n"], "max_gen_toks": 10 * steps + 8}
        if cot
        else {"until": ["\n"], "max_gen_toks": 4},
        filter_list=(
            regex_filter("strict-match", r"Answer: (\-?[0-9\.\,]+)"),
            gsm8k.FLEXIBLE,
        )
        if cot
        else (_STRIPPED,),
        metric_list=(gsm8k.NUMBERS_MATCH if cot else exact_match(),),
        about=f"word problems of {steps} step{'s' * (steps > 1)}, {'step by step' if cot else 'at once'}",
    )


def _programs(operations: int, composition: str) -> Task:
    return Task(
        task=f"ladder_programs_{operations}_{composition}",
        version=1.0,
        output_type="generate_until",
        docs=lambda: programs.items(ITEMS, operations=operations, composition=composition),
        doc_to_text=lambda doc: doc["prompt"],
        doc_to_target=lambda doc: doc["gold"],
        generation_kwargs={"until": list(programs.STOPS), "max_gen_toks": 12 + 18 * operations},
        metric_list=(passes_tests(lambda answer, doc: programs.passes(doc, answer)),),
        about=f"functions of {operations} operation{'s' * (operations > 1)}, {composition} compositions",
    )


def _translation(form: str) -> Task:
    template = translation.FORMS[form]
    return Task(
        task=f"ladder_translation_{form}",
        version=1.0,
        output_type="generate_until",
        docs=lambda: translation.items(ITEMS, form=form),
        fewshot_docs=_phrases,
        num_fewshot=5 if form == "arrow" else 0,
        doc_to_text=lambda doc: template["query"].format(**doc),
        doc_to_target=lambda doc: doc["target"],
        fewshot_delimiter=template["delimiter"],
        generation_kwargs={"until": ["\n"], "max_gen_toks": 6},
        filter_list=(_STRIPPED,),
        metric_list=(exact_match(),),
        about=f"phrases from English to Bulgarian, {form}",
    )


def _phrases() -> list[Doc]:
    """Phrases of the training side, each once."""
    rng = random.Random("translation/examples")
    found: dict[str, Doc] = {}
    while len(found) < EXAMPLES:
        phrase = translation.generate(rng, "train")
        found[phrase["source"]] = phrase
    return [{"item_id": f"translation-example-{i:04d}", **p} for i, p in enumerate(found.values(), start=1)]


def _classification(name: str, template_id: str, labels: str = "natural", seed: int = 0) -> Task:
    template = TEMPLATES[template_id]
    return Task(
        task=f"ladder_{name}" + ("" if labels == "natural" else f"_{labels}"),
        version=1.0,
        output_type="multiple_choice",
        docs=lambda: load_task(name, labels, seed, n_test=ITEMS).test,
        fewshot_docs=lambda: load_task(name, labels, seed).pool,
        num_fewshot=5,
        doc_to_text=lambda doc: template["query"].format(**doc),
        doc_to_choice=lambda doc: list(load_task(name, labels, seed).labels),
        doc_to_target=lambda doc: load_task(name, labels, seed).labels.index(doc["label"]),
        fewshot_delimiter=template["delimiter"],
        metric_list=(acc,),
        about=f"the {name} with {labels} labels, after examples",
    )


def _cloze(doc: Doc) -> Doc:
    """The same question without letters: which option's text is the answer?"""
    return doc | {"prompt": doc["open_prompts"][0], "choices": doc["options"], "gold": doc["answer"]}


def _knowledge(subject: str) -> Task:
    return _choice(
        f"knowledge_{subject}", lambda: knowledge.items(subject=subject), f"facts about {subject}, by letter"
    )


_ADDITION = tuple(_addition(digits) for digits in arithmetic.MEASURED_DIGITS)
_PROBLEMS = {
    style: tuple(_word_problems(steps, style) for steps in range(1, word_problems.MOST_STEPS + 1))
    for style in word_problems.STYLES
}
_PROGRAMS = tuple(
    _programs(*cell) for cell in ((1, "seen"), (2, "seen"), (2, "new"), (3, "seen"), (3, "new"))
)
_KNOWLEDGE = tuple(_knowledge(subject.name) for subject in SUBJECTS)

TASKS = (
    *_ADDITION,
    *_PROBLEMS["direct"],
    *_PROBLEMS["cot"],
    *_PROGRAMS,
    *_KNOWLEDGE,
    _choice("knowledge_letters", knowledge.items, "facts about all of these, by letter"),
    _choice(
        "knowledge_cloze",
        lambda: [_cloze(doc) for doc in knowledge.items()],
        "the same facts, by the likeliest text",
        metric_list=(acc, acc_norm),
    ),
    _translation("labelled"),
    _translation("arrow"),
    _choice("syllogisms", lambda: syllogisms.items(ITEMS), "does it follow? with made-up words"),
    _choice(
        "syllogisms_real",
        lambda: syllogisms.items(ITEMS, real=True),
        "does it follow? with real words, where belief misleads",
    ),
    _choice(
        "commonsense",
        lambda: commonsense.items(ITEMS),
        "which of two things is larger, heavier, dearer?",
        metric_list=(acc, acc_norm),
    ),
    _choice(
        "proverb",
        lambda: traps.items(ITEMS, kind="proverb"),
        "finish a known proverb with another word, as told",
    ),
    _choice("claim", lambda: traps.items(ITEMS, kind="claim"), "facts after somebody's wrong claim"),
    _choice("negation", lambda: traps.items(ITEMS, kind="negation"), "what a fact is not"),
    _classification("reviews", "review"),
    _classification("reviews", "review", "arbitrary"),
    _classification("reviews", "review", "flipped"),
    _classification("topics", "input"),
)


def _group(name: str, tasks: tuple[Task, ...], about: str) -> Group:
    return Group(f"ladder_{name}", tuple(task.task for task in tasks), 1.0, about)


GROUPS = (
    _group("addition", _ADDITION, "sums by number of digits"),
    _group("word_problems", _PROBLEMS["direct"], "word problems, answered at once"),
    _group("word_problems_cot", _PROBLEMS["cot"], "word problems, step by step"),
    _group("programs", _PROGRAMS, "small Python functions, scored by running them"),
    _group("knowledge", _KNOWLEDGE, "facts of the made-up world, by letter"),
)
