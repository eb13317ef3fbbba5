import torch

from ladder.measure import attention
from ladder.measure.common import Loaded

ENTRY = {"name": "tiny", "params": 1, "revision": "0", "seed": 0, "tokens": 0}


class Copier(torch.nn.Module):
    """One perfect induction head: it looks at what followed the first occurrence of the present token."""

    def forward(self, ids, output_attentions):
        (row,) = ids.tolist()
        weights = torch.zeros(1, 2, len(row), len(row))
        for position, token in enumerate(row):
            first = row.index(token)
            weights[0, 0, position, first + 1 if first < position else position] = 1
            weights[0, 1, position, 0] = 1
        return type("Output", (), {"attentions": (weights,)})


def test_a_perfect_induction_head_scores_one_in_every_text(monkeypatch):
    monkeypatch.setattr(attention, "SEQUENCES", 3)
    rows = attention.induction(Loaded(ENTRY, None, Copier()))
    assert {row["text"] for row in rows} == set(attention.FORMS)
    for row in rows:
        assert row["score"] == (1.0 if row["head"] == 0 else 0.0)


def test_attention_to_labels_counts_the_labels_of_the_examples_alone(monkeypatch):
    class Even(torch.nn.Module):
        """One head that looks everywhere alike."""

        def forward(self, ids, output_attentions):
            size = ids.size(1)
            return type("Output", (), {"attentions": (torch.full((1, 1, size, size), 1 / size),)})

    monkeypatch.setattr(attention, "LABEL_ITEMS", 20)
    none, five = attention.to_labels(Loaded(ENTRY, None, Even()))
    assert (none["k"], none["to_labels"], none["to_right_labels"]) == (0, 0.0, 0.0)
    assert none["to_query"] > 0.99
    assert 0 < five["to_right_labels"] < five["to_labels"] < 0.1
