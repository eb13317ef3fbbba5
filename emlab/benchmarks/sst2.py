"""SST-2: is a sentence from a film review positive or negative? Socher et al. 2013; GLUE, arXiv:1804.07461.

sst2 is lm-evaluation-harness's task on SST-2 itself, which only the hub has. sst2_like asks the same question
about the ladder's own reviews, which are on every machine.
"""

from emlab.benchmarks import store
from emlab.benchmarks.scoring import acc
from emlab.benchmarks.task import Doc, Task
from emlab.messages import say
from emlab.tasks import load_task

CHOICES = ("negative", "positive")
SENTENCES = 500


def docs(split: str) -> list[Doc]:
    """The items of "validation" or "train": sentence and label (1 is positive)."""
    rows = store.read_hub("sst2", split)
    if rows is None:
        raise store.NotFetched(say("data_not_fetched", file=f"sst2 {split}", benchmark="sst2"))
    return [{"item_id": f"sst2-{split}-{row['idx']}", **row} for row in rows]


def _reviews(part: str) -> list[Doc]:
    items = getattr(load_task("reviews", n_test=SENTENCES), part)
    return [
        {"item_id": item["item_id"], "sentence": item["text"], "label": CHOICES.index(item["label"])}
        for item in items
    ]


def _task(name: str, task_docs, fewshot_docs, about: str) -> Task:
    return Task(
        task=name,
        version=1.0,
        output_type="multiple_choice",
        docs=task_docs,
        fewshot_docs=fewshot_docs,
        sampler="spare",
        doc_to_text=lambda doc: (
            f"{doc['sentence']}\nQuestion: Is this sentence positive or negative?\nAnswer:"
        ),
        doc_to_choice=lambda doc: list(CHOICES),
        doc_to_target=lambda doc: doc["label"],
        metric_list=(acc,),
        about=about,
    )


TASKS = (
    _task("sst2", lambda: docs("validation"), lambda: docs("train"), "sentences from film reviews"),
    _task(
        "sst2_like",
        lambda: _reviews("test"),
        lambda: _reviews("pool"),
        "the ladder's reviews, asked as SST-2 is",
    ),
)
