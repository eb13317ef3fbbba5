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
    "TEMPLATES": "emlab.prompts",
    "LOG_COLUMNS": "emlab.log",
    "RESULT_COLUMNS": "emlab.log",
    "prompt_sha256": "emlab.log",
    "make_record": "emlab.log",
    "save_responses": "emlab.log",
    "read_responses": "emlab.log",
    "wilson_interval": "emlab.stats",
    "mean_stderr": "emlab.stats",
    "published": "emlab.papers",
    "recorded_responses": "emlab.benchmarks",
    "claim": "emlab.claims",
    "few_shot_curves": "emlab.plots",
    "order_effect": "emlab.plots",
    "label_effect": "emlab.plots",
    "format_effect": "emlab.plots",
    "attention_map": "emlab.plots",
    "induction_scores": "emlab.plots",
    "published_few_shot": "emlab.plots",
    "emergence_curves": "emlab.plots",
    "sharp_and_smooth": "emlab.plots",
    "capability_map": "emlab.plots",
    "inverse_scaling": "emlab.plots",
    "training_curves": "emlab.plots",
    "reliability_diagram": "emlab.plots",
    "induction_and_few_shot": "emlab.plots",
    "shipped": "emlab.plots",
}
_MODULES = (
    "analysis",
    "benchmarks",
    "checks",
    "claims",
    "log",
    "messages",
    "models",
    "papers",
    "plots",
    "prompts",
    "stats",
    "tasks",
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
