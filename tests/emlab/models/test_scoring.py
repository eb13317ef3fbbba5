import torch

from emlab.models import scoring
from emlab.models.encoding import Encoded


def score(model, requests, vocabulary=10, **how):
    return scoring.score(model, requests, vocabulary, **how)


class Cache:
    """What a model has read before; it counts how many rows go on from it."""

    def __init__(self):
        self.rows = 1

    def batch_repeat_interleave(self, rows):
        self.rows *= rows


class Counting:
    """A model of 10 tokens whose logits depend on the last token alone, and that counts what it reads."""

    device = torch.device("cpu")

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
    answers = score(model, [Encoded((1, 2, 3), (4,)), Encoded((1, 2, 3), (7,))])
    assert model.shapes == [(1, 3)]
    assert [greedy for _, greedy in answers] == [True, False]


def test_longer_continuations_are_summed():
    one = score(Counting(), [Encoded((1,), (2,))])[0][0]
    answer = score(Counting(), [Encoded((1, 2, 3), (2, 3, 4)), Encoded((1, 2, 3), (3, 4))])
    assert [greedy for _, greedy in answer] == [True, True]
    torch.testing.assert_close(torch.tensor([a for a, _ in answer]), torch.tensor([3 * one, 2 * one]))


def test_rows_of_like_length_are_read_together():
    model = Counting()
    rows = [(i, j, 0) for i in range(10) for j in range(10)] + [(i,) * 180 for i in range(10)] * 20
    rows += [(i, j, k, 0) for i in range(7) for j in range(2) for k in range(2)]
    score(model, [Encoded(row, (1,)) for row in rows])
    assert model.shapes == [(64, 3), (64, 4), (10, 180)]


def test_a_batch_holds_a_bounded_number_of_tokens():
    model = Counting()
    score(model, [Encoded((i, j) * 90, (1,)) for i in range(10) for j in range(10)])
    assert model.shapes == [(22, 180)] * 4 + [(12, 180)]


def test_a_batch_holds_a_bounded_number_of_logits(monkeypatch):
    """Of 10 rows, each is scored from its second token on, with 10 numbers at each place."""
    monkeypatch.setattr(scoring, "MOST_LOGITS", 10 * 4 * 3)
    model = Counting()
    score(model, [Encoded((i, 1, 2, 3, 4), (1, 2, 3, 4)) for i in range(10)])
    assert model.shapes == [(3, 5)] * 3 + [(1, 5)]


def test_a_batch_has_no_more_rows_than_asked():
    model = Counting()
    score(model, [Encoded((i, 1), (1,)) for i in range(5)], batch_rows=2)
    assert model.shapes == [(2, 2), (2, 2), (1, 2)]


def test_a_row_longer_than_a_batch_is_read_alone():
    model = Counting()
    score(model, [Encoded((1,) * 9000, (2,)), Encoded((2,) * 9000, (3,))])
    assert model.shapes == [(1, 9000), (1, 9000)]


def test_a_shared_beginning_is_read_once():
    model = Counting(params=10**9)
    shots = (1, 2, 3, 4) * 10
    asked = [Encoded((*shots, i, 5), (6,)) for i in range(5)] + [Encoded((*shots, 9, 8, 5), (1,))]
    answers = score(model, [*asked, Encoded((7, 7), (8,))])
    assert model.shapes == [(1, 40), (6, 3), (1, 2)]
    assert [greedy for _, greedy in answers] == [True] * 5 + [False, True]


def test_the_tokens_that_are_scored_are_not_shared():
    """Several long continuations of one context: the context is read once, but for its last token."""
    model = Counting(params=10**9)
    context = (1, 2, 3, 4) * 10
    asked = [Encoded((*context, 5, i), (5, i, i + 1)) for i in range(4)]
    answers = score(model, asked)
    assert model.shapes == [(1, 39), (4, 3)]
    assert [greedy for _, greedy in answers] == [False, False, False, False]
    assert score(model, [Encoded((*context, 5, 6), (5, 6, 7))])[0][1]


def test_a_small_model_reads_a_shared_beginning_again():
    """Reading is so fast there that another pass would take longer."""
    model = Counting(params=10)
    score(model, [Encoded((1, 2, 3, 4) * 10 + (i,), (6,)) for i in range(5)])
    assert model.shapes == [(5, 41)]


def test_nothing_asked_nothing_read():
    assert score(Counting(), []) == []
