"""Where the attention heads look: to what came after the same word before, and to the examples' labels."""

import random
from statistics import mean, stdev

import torch

from ladder.corpus.stream import tokenizer
from ladder.corpus.words import copy_pool
from ladder.measure.asking import reviews
from ladder.measure.common import Loaded
from ladder.prompting import draw_examples, few_shot_prompt

SEQUENCES = 500
REPEATED = 12  # random words, said twice
WORDS = copy_pool()
# What stands before the words and between the two times.
FORMS = {"bare": ("", ""), "copy": ("Input:", "\nOutput:")}
LABEL_SHOTS = (0, 5)
LABEL_ITEMS = 500


def induction(rung: Loaded) -> list[dict]:
    """Induction score of every head, on a bare repetition and on a copy in a format of the stream.

    Random words are said twice. The score is the mean attention from a word of the second time to the word
    after its first occurrence, which an induction head copies from. Source: Olsson et al. 2022, "In-context
    Learning and Induction Heads". The interval is that of a mean over sequences.
    """
    rows = []
    for text, (before, between) in FORMS.items():
        rng = random.Random("induction")
        scores = []  # (sequences, layers, heads)
        for _ in range(SEQUENCES):
            words = "".join(f" {word}" for word in rng.sample(WORDS, REPEATED))
            start, again = _n_tokens(before), _n_tokens(before + words + between)
            weights = _attention(rung, tokenizer().encode(before + words + between + words).ids)
            # From each word but the last, which nothing followed, to the one after its first occurrence.
            offsets = torch.arange(REPEATED - 1)
            scores.append(weights[:, :, again + offsets, start + offsets + 1].mean(-1))
        rows += [{**row, "text": text} for row in _by_head(rung, {"score": torch.stack(scores)})]
    return rows


def to_labels(rung: Loaded) -> list[dict]:
    """How much of the attention at a prompt's end goes to the examples' labels.

    Arbitrary labels; "right" are the labels of the examples that have the query's class. Without examples
    there is no label to look at, so both are 0; the attention to the query itself is there to compare.
    """
    rows = []
    for k in LABEL_SHOTS:
        found: dict[str, list[torch.Tensor]] = {"to_labels": [], "to_right_labels": [], "to_query": []}
        task = reviews("arbitrary", 1)
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
            own[-_n_tokens(few_shot_prompt("review", [], query)) :] = True
            for name, where in (("to_labels", every), ("to_right_labels", right), ("to_query", own)):
                found[name].append(last[:, :, where].sum(-1))
        measures = {name: torch.stack(values) for name, values in found.items()}
        rows += [{**row, "k": k} for row in _by_head(rung, measures)]
    return rows


def _n_tokens(text: str) -> int:
    return len(tokenizer().encode(text).ids)


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
