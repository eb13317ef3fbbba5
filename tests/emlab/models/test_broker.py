"""The model behind a socket says exactly what the local one says."""

import json
import random
import socket
import threading

import numpy as np
import pytest

import emlab
from emgrader.broker import BrokerHandle
from emlab.models import broker, frames
from emlab.models.broker import BrokerError, BrokerModel, Connection


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """The socket of an open submission."""
    folder = tmp_path_factory.mktemp("broker")
    with BrokerHandle.start(folder / "cache.db", folder / "journals") as handle:
        yield str(handle.open("student01", folder))


@pytest.fixture(scope="module")
def name():
    return emlab.rungs()[-1]


@pytest.fixture(scope="module")
def remote(path, name):
    return BrokerModel(name, path)


@pytest.fixture
def local(monkeypatch, name):
    monkeypatch.delenv("EMLAB_BROKER", raising=False)
    return emlab.load(name)


def prompts(n):
    rng = random.Random(n)
    task, template = emlab.load_task("reviews"), emlab.TEMPLATES["review"]
    return [
        "\n\n".join(template["example"].format(**item) for item in rng.sample(task.pool, rng.randrange(6)))
        + "\n\n"
        + template["query"].format(**rng.choice(task.test))
        for _ in range(n)
    ]


def test_it_is_the_same_model(remote, local):
    for field in ("name", "params", "revision", "dtype", "max_length"):
        assert getattr(remote, field) == getattr(local, field)


def test_logprobs_are_the_same_to_the_last_bit(remote, local):
    requests = [(prompt, " " + label) for prompt in prompts(40) for label in ("positive", "negative")]
    assert json.dumps(remote.loglikelihood(requests)) == json.dumps(local.compute_loglikelihood(requests))


def test_generations_are_the_same(remote, local):
    requests = [(prompt, {"until": ["\n"], "max_gen_toks": 8}) for prompt in prompts(20)]
    assert remote.generate_until(requests) == local.compute_generation(requests)


def test_attention_and_tokens_are_the_same(remote, local):
    text = "Review: the soup was cold ş\nSentiment:"
    there, here = remote.attention(text), local.attention(text)
    assert there.tokens == here.tokens == remote.tokenize(text)
    assert there.weights.dtype == np.float32
    np.testing.assert_array_equal(there.weights, here.weights)
    assert there.weights.flags.writeable and here.weights.flags.writeable


def test_load_speaks_to_the_server_when_one_is_named(path, name, monkeypatch):
    monkeypatch.setenv("EMLAB_BROKER", path)
    model = emlab.load(name)
    assert isinstance(model, BrokerModel)
    assert emlab.multiple_choice(model, prompts(1), ["positive", "negative"])[0]["response"]


def test_many_requests_are_sent_in_several_frames(remote, local, monkeypatch):
    monkeypatch.setattr(broker, "CHUNK_REQUESTS", {"loglikelihood": 7, "generate_until": 3})
    requests = [(prompt, " positive") for prompt in prompts(30)]
    there, here = remote.compute_loglikelihood(requests), local.compute_loglikelihood(requests)
    np.testing.assert_allclose([lp for lp, _ in there], [lp for lp, _ in here], atol=1e-4, rtol=0)
    how = {"until": ["\n"], "max_gen_toks": 3}
    requests = [(prompt, how) for prompt in prompts(8)]
    assert remote.compute_generation(requests) == local.compute_generation(requests)


def test_long_requests_are_sent_in_several_frames(remote):
    requests = [("x" * 90_000 + str(i), " positive") for i in range(5)]
    assert len(remote.loglikelihood(requests)) == 5


def test_an_unknown_rung_is_the_same_error(path):
    with pytest.raises(emlab.UnknownModel, match=f"ladder/9z.*{emlab.rungs()[0]}"):
        BrokerModel("ladder/9z", path)


@pytest.mark.parametrize("text", ["", " good" * 400, 3])
def test_a_text_that_can_not_be_taken_is_the_same_error(remote, local, text):
    errors = []
    for model in (remote, local):
        with pytest.raises(ValueError) as caught:
            model.attention(text)
        errors.append(str(caught.value))
    assert errors[0] == errors[1]


def test_a_request_that_can_not_be_taken_is_the_same_error(remote):
    with pytest.raises(ValueError, match="melts into"):
        remote.loglikelihood([("the s\n th", "e")])
    with pytest.raises(ValueError, match="more than 100000 characters"):
        remote.loglikelihood([("x" * 100_001, " a")])
    assert remote.tokenize("still there")


def test_a_server_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BrokerError, match="no.sock"):
        BrokerModel(emlab.rungs()[0], str(tmp_path / "no.sock"))


def test_an_interrupted_exchange_does_not_shift_the_answers(path, name, monkeypatch):
    connection = Connection(path)
    monkeypatch.setattr(frames, "receive", interrupt)
    with pytest.raises(KeyboardInterrupt):
        connection.ask({"op": "tokenize", "model": name, "requests": ["the soup"]})
    monkeypatch.undo()
    assert connection.ask({"op": "tokenize", "model": name, "requests": ["a cake"]}) == [["a", " cake"]]


def interrupt(*_):
    raise KeyboardInterrupt


@pytest.mark.parametrize("reply", [b"", b"\xff\xff\xff\xff", b"\0\0\0\2[]", b"\0\0\0\2{}"])
def test_a_strange_server_is_a_clear_error(tmp_path, reply):
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(tmp_path / "s"))
    server.listen()

    def answer():
        connection, _ = server.accept()
        with connection:
            connection.recv(1000)
            connection.sendall(reply)

    thread = threading.Thread(target=answer)
    thread.start()
    with pytest.raises(BrokerError, match="model server"):
        Connection(str(tmp_path / "s")).ask({})
    thread.join()
    server.close()
