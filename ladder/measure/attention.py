"""Where the attention heads look: to what came after the same word before, and to the examples' labels."""

import random
from statistics import mean, stdev

import torch

from emlab.tasks import load_task
from ladder.corpus.stream import tokenizer
from ladder.corpus.words import copy_pool
from ladder.measure.common import Loaded
from ladder.prompting import draw_examples, few_shot_prompt

SEQUENCES = 100
REPEATED = 40  # random words, said twice
LABEL_SHOTS = (0, 5)
LABEL_ITEMS = 200


def induction(rung: Loaded) -> list[dict]:
    """Induction score of every head.

    A sequence of random words is said twice. The score is the mean attention from a word of the second half
    to the word after its first occurrence, which an induction head copies from. Source: Olsson et al. 2022,
    "In-context Learning and Induction Heads". The interval is that of a mean over sequences.
    """
    rng = random.Random("induction")
    words = [tokenizer().encode(f" {word}").ids[0] for word in copy_pool()]
    scores = []  # (sequences, layers, heads)
    for _ in range(SEQUENCES):
        half = rng.sample(words, REPEATED)
        weights = _attention(rung, half + half)  # (layers, heads, T, T)
        second = torch.arange(REPEATED, 2 * REPEATED)
        scores.append(weights[:, :, second, second - REPEATED + 1].mean(-1))
    return _by_head(rung, {"score": torch.stack(scores)})


def to_labels(rung: Loaded) -> list[dict]:
    """How much of the attention at a prompt's end goes to the examples' labels.

    Arbitrary labels; "right" are the labels of the examples that have the query's class. Without examples
    there is no label to look at, so both are 0; the attention to the query itself is there to compare.
    """
    rows = []
    for k in LABEL_SHOTS:
        found: dict[str, list[torch.Tensor]] = {"to_labels": [], "to_right_labels": [], "to_query": []}
        task = load_task("reviews", labels="arbitrary", seed=1)
        rng = random.Random(f"labels/{k}")
        for query in task.test[:LABEL_ITEMS]:
            examples = draw_examples(task, k, rng)
            ids = tokenizer().encode(few_shot_prompt("review", examples, query)).ids
            labels = {label: tokenizer().encode(f" {label}").ids[0] for label in task.labels}
            last = _attention(rung, ids)[:, :, -1]  # (layers, heads, T)
            positions = torch.tensor(ids)
            right = positions == labels[query["label"]]
            every = sum(positions == number for number in labels.values()).bool()
            own = torch.zeros_like(every)
            own[-len(tokenizer().encode(few_shot_prompt("review", [], query)).ids) :] = True
            for name, where in (("to_labels", every), ("to_right_labels", right), ("to_query", own)):
                found[name].append(last[:, :, where].sum(-1))
        measures = {name: torch.stack(values) for name, values in found.items()}
        rows += [{**row, "k": k} for row in _by_head(rung, measures)]
    return rows


@torch.no_grad()
def _attention(rung: Loaded, ids: list[int]) -> torch.Tensor:
    """(layers, heads, T, T)"""
    output = rung.model(torch.tensor([ids]), output_attentions=True)
    return torch.cat(output.attentions)


def _by_head(rung: Loaded, measures: dict[str, torch.Tensor]) -> list[dict]:
    """One row a head: the mean of each measure (n, layers, heads), with 1.96 standard errors around it."""
    n, layers, heads = next(iter(measures.values())).shape
    rows = []
    for layer in range(layers):
        for head in range(heads):
            row = {**rung.columns(), "layer": layer, "head": head, "n": n}
            for name, values in measures.items():
                of_head = values[:, layer, head].tolist()
                half = 1.96 * stdev(of_head) / n**0.5
                middle = mean(of_head)
                row |= {name: middle, f"{name}_lo": middle - half, f"{name}_hi": middle + half}
            rows.append(row)
    return rows
