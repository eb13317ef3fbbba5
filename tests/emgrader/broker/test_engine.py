import asyncio
import threading

import pytest

import emlab
from emgrader.broker.engine import Engine
from emgrader.broker.meter import Meter
from emgrader.broker.protocol import Refused
from emlab.models.ladder import find_rung

RUNG = find_rung(emlab.rungs()[0])


class Model:
    """Keeps its batches; the first waits until `go` is set, so that others wait behind it."""

    def __init__(self):
        self.batches = []
        self.go = threading.Event()

    def compute_loglikelihood(self, items):
        self.batches.append(items)
        assert self.go.wait(10)
        if "bad" in items:
            raise ValueError("bad is not taken")
        if "bug" in items:
            raise KeyError("secret")
        return [(-1.0, True)] * len(items)

    def count_tokens(self, texts):
        return [len(text) for text in texts]


@pytest.fixture
def model(monkeypatch):
    made = Model()
    monkeypatch.setattr(Engine, "_model", lambda self, rung: made)
    return made


def ask(model, *submissions, used=()):
    """What submissions that wait at the same time are answered, and the seconds that each is charged.

    `used` are the seconds that they have used before.
    """

    async def together():
        engine = Engine()
        before = used or [0.0] * len(submissions)
        meters = [Meter(seconds=seconds) for seconds in before]
        first = asyncio.ensure_future(engine.answer("loglikelihood", RUNG, ["first"], Meter()))
        while not model.batches:
            await asyncio.sleep(0.001)
        waiting = [
            asyncio.ensure_future(engine.answer("loglikelihood", RUNG, items, meter))
            for items, meter in zip(submissions, meters, strict=True)
        ]
        await asyncio.sleep(0)
        model.go.set()
        outcomes = await asyncio.gather(*waiting, first, return_exceptions=True)
        return outcomes, [meter.seconds - seconds for meter, seconds in zip(meters, before, strict=True)]

    outcomes, charged = asyncio.run(together())
    return outcomes[:-1], charged


def test_submissions_that_wait_are_computed_as_one_batch(model):
    outcomes, charged = ask(model, ["a", "bb"], ["cccccc"])
    assert model.batches == [["first"], ["a", "bb", "cccccc"]]
    assert [[answer.tokens for answer in answers] for answers in outcomes] == [[1, 2], [6]]
    assert charged[1] == pytest.approx(2 * charged[0])


def test_a_request_that_can_not_be_taken_costs_nobody_else_anything(model):
    outcomes, charged = ask(model, ["a"], ["b", "bad"], ["c"])
    assert isinstance(outcomes[1], Refused)
    assert (outcomes[1].kind, str(outcomes[1])) == ("request", "bad is not taken")
    assert [len(outcomes[0]), len(outcomes[2])] == [1, 1]
    assert charged[1] > 0


def test_a_failure_of_ours_tells_the_submission_nothing(model):
    ((outcome,), _) = ask(model, ["bug"])
    assert outcome.kind == "server"
    assert "secret" not in str(outcome)


def test_a_batch_is_bounded(model, monkeypatch):
    monkeypatch.setattr("emgrader.broker.engine.MAX_MERGED", 4)
    outcomes, _ = ask(model, ["a"] * 3, ["b"] * 2, ["c"], ["d"] * 9)
    assert model.batches[1:] == [["a"] * 3 + ["c"], ["b"] * 2, ["d"] * 9]
    assert [len(answers) for answers in outcomes] == [3, 2, 1, 9]


def test_who_has_used_least_comes_first(model, monkeypatch):
    monkeypatch.setattr("emgrader.broker.engine.MAX_MERGED", 4)
    flood = [["a"] * 4] * 3
    ask(model, *flood, ["b"] * 2, ["c"], used=[90.0, 90.0, 90.0, 1.0, 0.0])
    assert model.batches[1:] == [["c"] + ["b"] * 2, *flood]
