import torch

from emlab.models import scoring
from emlab.models.encoding import Encoded


class Cache:
    """What a model has read before; it counts how many rows go on from it."""

    def __init__(self):
        self.rows = 1

    def batch_repeat_interleave(self, rows):
        self.rows *= rows


class Counting:
    """A model of 10 tokens whose logits depend on the last token alone, and that counts what it reads."""

    def __init__(self, params=1):
        self.params = params
        self.shapes = []

    def num_parameters(self):
        return self.params

    def __call__(self, input_ids, use_cache, logits_to_keep, past_key_values=None):
        self.shapes.append(tuple(input_ids.shape))
        assert past_key_values is None or past_key_values.rows == len(input_ids)
        logits = torch.nn.functional.one_hot((input_ids + 1) % 10, 10).float()
        keep = slice(-logits_to_keep, None) if isinstance(logits_to_keep, int) else logits_to_keep
        return type("Output", (), {"logits": logits[:, keep], "past_key_values": Cache()})


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


def test_a_shared_beginning_is_read_once():
    model = Counting(params=10**9)
    shots = (1, 2, 3, 4) * 10
    asked = [Encoded((*shots, i, 5), (6,)) for i in range(5)] + [Encoded((*shots, 9, 8, 5), (1,))]
    answers = scoring.score(model, [*asked, Encoded((7, 7), (8,))])
    assert model.shapes == [(1, 40), (6, 3), (1, 2)]
    assert [greedy for _, greedy in answers] == [True] * 5 + [False, True]


def test_the_tokens_that_are_scored_are_not_shared():
    """Several long continuations of one context: the context is read once, but for its last token."""
    model = Counting(params=10**9)
    context = (1, 2, 3, 4) * 10
    asked = [Encoded((*context, 5, i), (5, i, i + 1)) for i in range(4)]
    answers = scoring.score(model, asked)
    assert model.shapes == [(1, 39), (4, 3)]
    assert [greedy for _, greedy in answers] == [False, False, False, False]
    assert scoring.score(model, [Encoded((*context, 5, 6), (5, 6, 7))])[0][1]


def test_a_small_model_reads_a_shared_beginning_again():
    """Reading is so fast there that another pass would take longer."""
    model = Counting(params=10)
    scoring.score(model, [Encoded((1, 2, 3, 4) * 10 + (i,), (6,)) for i in range(5)])
    assert model.shapes == [(5, 41)]


def test_nothing_asked_nothing_read():
    assert scoring.score(Counting(), []) == []
