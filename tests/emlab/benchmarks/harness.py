"""lm-evaluation-harness as the oracle: its own tasks, on the items that a test gives them."""

from functools import cache
from pathlib import Path

from emlab.models.ladder import find_rung
from tests.conftest import needed


def plain(docs):
    """The items as the harness gets them, without what only emlab knows of them."""
    import datasets

    return datasets.Dataset.from_list([{k: v for k, v in doc.items() if k != "item_id"} for doc in docs])


def from_yaml(path, docs, fewshot_docs=(), resolve_func=True, **overrides):
    """The harness's own task of a YAML file of its tasks; `overrides` replace settings."""
    return _task(settings(path, resolve_func) | overrides, docs, fewshot_docs)


def settings(path, resolve_func=True):
    """What a YAML file of the harness's tasks says."""
    lm_eval = needed("lm_eval")
    from lm_eval.tasks._yaml_loader import load_yaml

    return load_yaml(Path(lm_eval.__file__).parent / "tasks" / path, resolve_func=resolve_func)


def from_ours(task):
    """The harness's task with the parts of one of ours."""
    docs, shots = task.docs(), task.fewshot_docs()
    config = {
        "task": task.task,
        "output_type": task.output_type,
        "test_split": "test",
        "fewshot_split": "train" if shots else None,
        "fewshot_config": {"sampler": task.sampler},
        "doc_to_text": task.doc_to_text,
        "doc_to_target": task.doc_to_target,
        "doc_to_choice": task.doc_to_choice,
        "description": task.description,
        "target_delimiter": task.target_delimiter,
        "fewshot_delimiter": task.fewshot_delimiter,
        "generation_kwargs": task.generation_kwargs | {"do_sample": False}
        if task.generation_kwargs
        else None,
        "metric_list": [
            {"metric": metric.name, "aggregation": "mean", "higher_is_better": True}
            for metric in task.metric_list
        ],
        # the harness takes a 0 here as one that must stay
        "num_fewshot": task.num_fewshot or None,
        "metadata": {"version": task.version},
    }
    return _task({k: v for k, v in config.items() if v is not None}, docs, shots)


def _task(config, docs, fewshot_docs):
    from lm_eval.api.task import ConfigurableTask

    splits = {config.get("test_split") or config["validation_split"]: plain(docs)}
    if fewshot_docs:
        splits[config.get("fewshot_split") or config["training_split"]] = plain(fewshot_docs)
    else:
        for split in ("training_split", "fewshot_split"):
            if config.get(split) not in splits:
                config.pop(split, None)
    config |= {"custom_dataset": lambda **_: splits, "process_docs": None}
    return ConfigurableTask(config={k: v for k, v in config.items() if v is not None})


def evaluate(spec, task, num_fewshot=None, limit=None, gen_kwargs=None):
    """What the harness's simple_evaluate gives for a rung: results and table."""
    from lm_eval import evaluator, simple_evaluate

    # what it notes about the machine and the repository takes it longer than the evaluation
    evaluator.add_env_info = evaluator.add_tokenizer_info = lambda *_: None
    evaluator.get_git_commit_hash = lambda: None
    return simple_evaluate(
        _model(spec),
        tasks=[task],
        num_fewshot=num_fewshot,
        limit=limit,
        gen_kwargs=gen_kwargs,
        bootstrap_iters=1000,
        task_manager=_no_tasks(),
    )


@cache
def _no_tasks():
    """Without it the harness reads the thousands of files of its own tasks at each call."""
    from lm_eval.tasks import TaskManager

    return TaskManager(include_defaults=False)


@cache
def _model(spec):
    from lm_eval.models.huggingface import HFLM

    return HFLM(pretrained=str(find_rung(spec).folder), device="cpu", dtype="float32", batch_size=8)
