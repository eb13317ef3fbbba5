"""A benchmark's task, with lm-evaluation-harness's parts and names.

What a task says here in Python, the harness says in YAML; the same parts give the same prompts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

Doc = dict[str, Any]  # an item, with its item_id
OUTPUT_TYPES = ("multiple_choice", "generate_until", "loglikelihood")
FEWSHOT_SEED = 1234  # the harness's default
MAX_GEN_TOKS = 256  # the harness's default


def unfiltered(response: str, doc: Doc) -> str:
    """The response as it is: the harness's filter "none"."""
    return response


@dataclass(frozen=True)
class Filter:
    """What is taken out of a response before it is scored: `apply(response, doc)` gives the answer in it."""

    name: str = "none"
    apply: Callable[[str, Doc], str] = unfiltered


@dataclass(frozen=True)
class Metric:
    """A number for each item, whose mean is the result.

    score(answer, target, doc)            generate_until: the filtered response and doc_to_target
    score(logprobs, choices, gold)        multiple_choice: of each choice; the index of the right one
    score(logprob, is_greedy)             loglikelihood: of the target
    """

    name: str
    score: Callable[..., float]


@dataclass(frozen=True)
class Task:
    """How a model is asked the items of a benchmark, and how its answers are scored.

    task              its name
    version           goes up when a change makes results incomparable
    output_type       one of OUTPUT_TYPES
    docs              gives the items, when the task is run
    fewshot_docs      gives the items that examples are taken from
    doc_to_text       the question, up to where the answer begins
    doc_to_target     the right answer; the index of the right choice where there are choices
    doc_to_choice     the choices of a multiple_choice task
    sampler           "default" draws the examples anew for each item, "first_n" takes the first ones, and
                      "spare" draws one more than is shown, as the harness does where a task names no split
    generation_kwargs until (stops) and max_gen_toks
    unsafe_code       whether scoring runs what the model wrote
    about             what it asks, in a few words
    """

    task: str
    version: float
    output_type: str
    docs: Callable[[], list[Doc]]
    doc_to_text: Callable[[Doc], str]
    doc_to_target: Callable[[Doc], str | int]
    metric_list: tuple[Metric, ...]
    doc_to_choice: Callable[[Doc], list[str]] | None = None
    fewshot_docs: Callable[[], list[Doc]] = list
    fewshot_doc_to_target: Callable[[Doc], str] | None = None
    num_fewshot: int = 0
    sampler: str = "default"
    description: str = ""
    target_delimiter: str = " "
    fewshot_delimiter: str = "\n\n"
    generation_kwargs: dict[str, Any] = field(default_factory=dict)
    filter_list: tuple[Filter, ...] = (Filter(),)
    unsafe_code: bool = False
    about: str = ""

    def answer_text(self, doc: Doc) -> str:
        """The right answer in words, as an example shows it."""
        if self.fewshot_doc_to_target is not None:
            return self.fewshot_doc_to_target(doc)
        target = self.doc_to_target(doc)
        return self.doc_to_choice(doc)[target] if isinstance(target, int) else target

    def context(self, doc: Doc, examples: Sequence[Doc] = ()) -> str:
        """The whole prompt: the description, the examples with their answers, the question."""
        shown = [
            self.doc_to_text(example)
            + self.target_delimiter
            + self.answer_text(example)
            + self.fewshot_delimiter
            for example in examples
        ]
        return self.description + "".join(shown) + self.doc_to_text(doc)

    def examples(self, pool: Sequence[Doc], n: int, rng: Random) -> list[Doc]:
        """n examples from the pool: the first ones, or drawn."""
        if self.sampler == "first_n":
            return list(pool[:n])
        return rng.sample(list(pool), n + (self.sampler == "spare"))[:n]


@dataclass(frozen=True)
class Group:
    """Tasks that are run together; their mean is weighted by their number of items."""

    group: str
    tasks: tuple[str, ...]
    version: float = 1.0
    about: str = ""
