import torch

from emlab.models import scoring
from emlab.models.encoding import Encoded


class Counting:
    """A model of 10 tokens whose logits depend on the last token alone, and that counts what it reads."""

    def __init__(self):
        self.shapes = []

    def __call__(self, input_ids, use_cache, logits_to_keep):
        self.shapes.append(tuple(input_ids.shape))
        logits = torch.nn.functional.one_hot((input_ids + 1) % 10, 10).float()
        return type("Output", (), {"logits": logits[:, logits_to_keep]})


def test_continuations_of_one_context_share_a_row():
    model = Counting()
    answers = scoring.score(model, [Encoded((1, 2, 3), (4,)), Encoded((1, 2, 3), (7,))])
    assert model.shapes == [(1, 3)]
    assert [greedy for _, greedy in answers] == [True, False]


def test_longer_continuations_are_summed():
    one = scoring.score(Counting(), [Encoded((1,), (2,))])[0][0]
    answer = scoring.score(Counting(), [Encoded((1, 2, 3), (2, 3, 4)), Encoded((1, 2, 3), (3, 4))])
    assert [greedy for _, greedy in answer] == [True, True]
    torch.testing.assert_close(torch.tensor([a for a, _ in answer]), torch.tensor([3 * one, 2 * one]))


def test_rows_of_like_length_are_read_together():
    model = Counting()
    rows = [(i, j, 0) for i in range(10) for j in range(10)] + [(i,) * 180 for i in range(10)] * 20
    rows += [(i, j, k, 0) for i in range(7) for j in range(2) for k in range(2)]
    scoring.score(model, [Encoded(row, (1,)) for row in rows])
    assert model.shapes == [(64, 3), (64, 4), (10, 180)]


def test_a_batch_holds_a_bounded_number_of_tokens():
    model = Counting()
    scoring.score(model, [Encoded((i, j) * 90, (1,)) for i in range(10) for j in range(10)])
    assert model.shapes == [(22, 180)] * 4 + [(12, 180)]


def test_a_row_longer_than_a_batch_is_read_alone():
    model = Counting()
    scoring.score(model, [Encoded((1,) * 9000, (2,)), Encoded((2,) * 9000, (3,))])
    assert model.shapes == [(1, 9000), (1, 9000)]


def test_nothing_asked_nothing_read():
    assert scoring.score(Counting(), []) == []
