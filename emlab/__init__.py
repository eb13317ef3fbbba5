"""emlab: what students import.

    import emlab
    model = emlab.load("ladder/774k")
    model.loglikelihood([("Review: the soup was cold and bland\nSentiment:", " negative")])

Names are imported when they are first used, so that `import emlab` costs next to nothing.
"""

import importlib

__version__ = "0.1.0"

# where each public name lives
_HOMES = {
    "load": "emlab.models",
    "rungs": "emlab.models",
    "Model": "emlab.models",
    "Attention": "emlab.models",
    "UnknownModel": "emlab.models",
    "ModelUnavailable": "emlab.models",
    "multiple_choice": "emlab.models",
    "load_task": "emlab.tasks",
    "load_problem": "emlab.tasks.problems",
    "new_items": "emlab.tasks.problems",
    "make_answer": "emlab.answers",
    "PROMPT_KEYS": "emlab.answers",
    "CHANGE_TYPES": "emlab.answers",
    "TRAJECTORY_COLUMNS": "emlab.answers",
    "TEMPLATES": "emlab.prompts",
    "LOG_COLUMNS": "emlab.log",
    "RESULT_COLUMNS": "emlab.log",
    "prompt_sha256": "emlab.log",
    "make_record": "emlab.log",
    "make_item_record": "emlab.log",
    "save_responses": "emlab.log",
    "read_responses": "emlab.log",
    "EVALSET_FIELDS": "emlab.evalset",
    "CAPABILITIES": "emlab.evalset",
    "CHECKERS": "emlab.evalset",
    "CAPABILITY_COLUMNS": "emlab.evalset",
    "CODE_STOPS": "emlab.evalset",
    "load_items": "emlab.evalset",
    "reworded": "emlab.evalset",
    "ask": "emlab.evalset",
    "teacher_forced": "emlab.evalset",
    "run_function": "emlab.execution",
    "train_flops": "emlab.models",
    "wilson_interval": "emlab.stats",
    "mean_stderr": "emlab.stats",
    "published": "emlab.papers",
    "recorded_responses": "emlab.benchmarks",
    "measured": "emlab.papers",
    "corpus_excerpt": "emlab.deep_dive",
    "claim": "emlab.claims",
    "few_shot_curves": "emlab.plots",
    "order_effect": "emlab.plots",
    "label_effect": "emlab.plots",
    "format_effect": "emlab.plots",
    "attention_map": "emlab.plots",
    "induction_scores": "emlab.plots",
    "published_few_shot": "emlab.plots",
    "published_curves": "emlab.plots",
    "emergence_curves": "emlab.plots",
    "sharp_and_smooth": "emlab.plots",
    "capability_map": "emlab.plots",
    "inverse_scaling": "emlab.plots",
    "training_curves": "emlab.plots",
    "reliability_diagram": "emlab.plots",
    "induction_and_few_shot": "emlab.plots",
    "shipped": "emlab.plots",
    "prompt_trajectory": "emlab.plots",
    "chain_of_thought_by_size": "emlab.plots",
}
_MODULES = (
    "analysis",
    "answers",
    "benchmarks",
    "checks",
    "claims",
    "evalset",
    "execution",
    "deep_dive",
    "log",
    "messages",
    "models",
    "papers",
    "plots",
    "prompts",
    "stats",
    "tasks",
    "widgets",
)

__all__ = ["__version__", "load_ipython_extension", *_HOMES]


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    if name in _MODULES:
        return importlib.import_module(f"emlab.{name}")
    raise AttributeError(f"module 'emlab' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_MODULES})


def load_ipython_extension(ipython: object) -> None:
    """What `%load_ext emlab` calls: adds the %%analysis magic."""
    from emlab.analysis import load_ipython_extension as load_analysis

    load_analysis(ipython)
