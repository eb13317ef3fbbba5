"""`api:` against a server that fails in every way a server can; a real one is in test_servers.py."""

import threading
import time

import numpy as np
import pytest
import torch

import emlab
from emlab.models import api, http
from emlab.models.api import ApiModel
from emlab.models.http import ApiError
from emlab.models.huggingface import HuggingFaceModel
from emlab.models.ladder import find_rung
from tests.conftest import needed
from tests.emlab.models.asking import few_shot_requests
from tests.emlab.models.harness import ask_harness
from tests.emlab.models.server import completions_of, serve

KEY = "sk-a-secret-of-mine"
MELTING = [("Řev", "iew"), ("the soup\n", "\nwas 12 3 ,"), ("the soup 🎉", " good")]


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Nobody waits, unless a server names a time."""
    monkeypatch.setattr(http, "FIRST_WAIT", 0.001)
    monkeypatch.setattr(http, "LONGEST_WAIT", 0.01)
    monkeypatch.setenv(api.KEY_VARIABLE, KEY)
    monkeypatch.delenv(api.URL_VARIABLE, raising=False)


@pytest.fixture
def parrot():
    """Says its prompt backwards."""

    def answer(path, body):
        text = (body.get("messages") or [{"content": body.get("prompt")}])[0]["content"][::-1]
        choice = {"text": text} if path.endswith("/v1/completions") else {"message": {"content": text}}
        return 200, {"choices": [choice], "usage": {"prompt_tokens": 10, "completion_tokens": 5}}

    with serve(answer) as server:
        yield server


def model_at(server, **options):
    return ApiModel("api:some-model", base_url=server.url, **options)


def test_a_chat_is_asked_with_one_message(parrot):
    model = model_at(parrot)
    how = {"until": ["x", "b"], "max_gen_toks": 7}
    assert model.generate_until([("abc", how), ("xyz", {})]) == ["c", "zyx"]
    (path, body, headers), _ = parrot.seen
    assert path == "/v1/chat/completions"
    assert body == {
        "model": "some-model",
        "messages": [{"role": "user", "content": "abc"}],
        "temperature": 0.0,
        "max_tokens": 7,
        "stop": ["x", "b"],
    }
    assert headers["Authorization"] == f"Bearer {KEY}"


def test_completions_can_write_too(parrot):
    assert model_at(parrot, endpoint="completions").generate_until([("abc", {})]) == ["cba"]
    assert parrot.seen[0][1]["prompt"] == "abc"


def test_many_stops_are_cut_here(parrot):
    until = list("!?.;c")
    assert model_at(parrot).generate_until([("a cd", {"until": until})]) == ["d"]
    assert parrot.seen[0][1]["stop"] == until[:4]


FAULTS = (429, 500, 502, 503, "cut", "gone", "malformed", "page", (429, {"Retry-After": "0.01"}))


@pytest.mark.parametrize("fault", FAULTS)
def test_what_passes_is_asked_again(parrot, fault):
    parrot.faults += [fault, fault]
    model = model_at(parrot, timeout=5)
    assert model.generate_until([("abc", {})]) == ["cba"]
    assert len(parrot.seen) == 3
    assert model.usage.retries == 2


def test_a_slow_server_is_asked_again(parrot):
    parrot.faults.append("slow")
    assert model_at(parrot, timeout=0.3).generate_until([("abc", {})]) == ["cba"]
    assert len(parrot.seen) == 2


def test_every_fault_among_many_requests(parrot):
    # the first request goes alone and would meet them all
    parrot.faults += [None, *(fault for fault in FAULTS for _ in range(2))]
    asked = [(f"text {i}", {}) for i in range(60)]
    assert model_at(parrot, tries=20).generate_until(asked) == [text[::-1] for text, _ in asked]


def test_the_server_says_how_long_to_wait(parrot):
    parrot.faults.append((429, {"Retry-After": "0.7"}))
    started = time.monotonic()
    model_at(parrot).generate_until([("abc", {})])
    assert time.monotonic() - started >= 0.7


def test_a_wait_too_long_is_an_error(parrot):
    parrot.faults.append((429, {"Retry-After": "4000"}))
    with pytest.raises(ApiError, match="wait 4000 seconds"):
        model_at(parrot).generate_until([("abc", {})])


@pytest.mark.parametrize(
    "text, seconds", [("3", 3), ("0.5", 0.5), ("-1", 0), ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("soon", None)]
)
def test_retry_after_is_seconds_or_a_date(text, seconds):
    assert http.retry_after({"retry-after": text}) == seconds


def test_a_server_that_never_answers_is_an_error(parrot):
    parrot.faults += [500] * 3
    with pytest.raises(ApiError, match="after 3 tries.*HTTP 500"):
        model_at(parrot, tries=3).generate_until([("abc", {})])


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_what_does_not_pass_is_an_error_at_once(parrot, status):
    parrot.faults.append(status)
    with pytest.raises(ApiError, match=f"HTTP {status}.*a fault"):
        model_at(parrot).generate_until([("abc", {})])
    assert len(parrot.seen) == 1


def test_no_quota_is_not_asked_again():
    with (
        serve(lambda *_: (429, {"error": {"code": "insufficient_quota"}})) as server,
        pytest.raises(ApiError, match="insufficient_quota"),
    ):
        model_at(server).generate_until([("abc", {})])
    assert len(server.seen) == 1


@pytest.mark.parametrize("value", [{}, {"choices": []}, {"choices": [3]}, {"choices": [{"message": None}]}])
def test_an_answer_without_a_text_is_strange(value):
    with serve(lambda *_: (200, value)) as server, pytest.raises(ApiError, match="makes no sense"):
        model_at(server).generate_until([("abc", {})])


def test_the_newer_name_of_a_setting(parrot):
    usual = parrot.answer

    def answer(path, body):
        if "max_tokens" in body:
            return 400, {"error": {"message": "Use 'max_completion_tokens' instead."}}
        return usual(path, body)

    parrot.answer = answer
    assert model_at(parrot).generate_until([("abc", {}), ("abd", {})]) == ["cba", "dba"]
    assert [list(body)[-1] for _, body, _ in parrot.seen] == ["max_tokens", *["max_completion_tokens"] * 2]


def test_the_key_is_shown_to_nobody(monkeypatch):
    with serve(lambda *_: (401, {"error": f"Incorrect key: {KEY}"})) as server:
        model = model_at(server)
        with pytest.raises(ApiError, match=r"Incorrect key: \*\*\*") as caught:
            model.generate_until([("abc", {})])
    assert KEY not in repr(caught.value) + repr(model) + model.name
    assert caught.value.__cause__ is None


def test_only_a_secret_is_blotted_out(parrot, monkeypatch):
    monkeypatch.setenv(api.KEY_VARIABLE, "EMPTY")
    assert model_at(parrot).generate_until([("YTPME", {})]) == ["EMPTY"]


def test_no_server_is_said_soon(monkeypatch):
    with pytest.raises(
        ApiError, match=r"there is no server at http://127.0.0.1:9/v1/ \(ConnectError.*base_url"
    ):
        ApiModel("api:gpt", base_url="http://me:word@127.0.0.1:9/v1").generate_until([("abc", {})])
    with pytest.raises(ValueError, match="base_url must begin with http.*'localhost:8000'"):
        ApiModel("api:gpt", base_url="localhost:8000")


def test_without_a_key_there_is_no_model(monkeypatch):
    monkeypatch.delenv(api.KEY_VARIABLE)
    with pytest.raises(emlab.ModelUnavailable, match=api.KEY_VARIABLE):
        ApiModel("api:gpt")


def test_the_address_comes_from_the_environment(parrot, monkeypatch):
    monkeypatch.setenv(api.URL_VARIABLE, parrot.url)
    monkeypatch.delenv(api.KEY_VARIABLE)
    assert ApiModel("api:some-model").generate_until([("abc", {})]) == ["cba"]
    assert "Authorization" not in parrot.seen[0][2]


def test_requests_go_side_by_side_but_not_too_many():
    now, most, lock = [0], [0], threading.Lock()

    def answer(path, body):
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.05)
        with lock:
            now[0] -= 1
        return 200, {"choices": [{"message": {"content": "a"}}]}

    with serve(answer) as server:
        model_at(server, concurrency=3).generate_until([(str(i), {}) for i in range(20)])
    assert most[0] == 3


def test_no_more_requests_than_allowed_in_a_minute(parrot):
    started = time.monotonic()
    model_at(parrot, requests_per_minute=600).generate_until([(str(i), {}) for i in range(8)])
    assert time.monotonic() - started >= 0.7


def test_what_was_answered_before_an_error_is_kept(parrot, tmp_path):
    """And after it only the rest is asked: nothing is paid for twice."""
    parrot.faults += [None] * 5 + [400]
    asked = [(f"text {i}", {}) for i in range(10)]
    model = emlab.load("api:some-model", base_url=parrot.url, concurrency=1, cache=tmp_path / "answers.db")
    with pytest.raises(ApiError, match="400"):
        model.generate_until(asked)
    parrot.seen.clear()
    again = ApiModel("api:some-model", base_url=parrot.url)
    again.cache = model.cache
    assert again.generate_until(asked) == [text[::-1] for text, _ in asked]
    assert not {body["messages"][0]["content"] for _, body, _ in parrot.seen} & {
        f"text {i}" for i in range(5)
    }


def test_another_server_or_revision_is_another_model(parrot):
    models = [model_at(parrot), model_at(parrot, revision="may"), ApiModel("api:some-model")]
    assert len({model.revision for model in models}) == 3
    assert models[1].name == "api:some-model,revision=may"


def test_sampled_answers_are_asked_anew(parrot, tmp_path):
    model = emlab.load("api:some-model", base_url=parrot.url, cache=tmp_path / "sampled.db")
    sampled = ("abc", {"temperature": 0.8})
    assert model.generate_until([sampled, ("abc", {}), sampled]) == ["cba"] * 3
    assert model.generate_until([sampled]) == ["cba"]
    assert sorted(body["temperature"] for _, body, _ in parrot.seen) == [0.0, 0.8, 0.8, 0.8]


def test_a_large_run_is_announced_with_its_cost(parrot, capsys):
    model = model_at(parrot, price_in=1.0, price_out=10.0)
    model.generate_until([("x" * 400 + str(i), {"max_gen_toks": 50}) for i in range(101)])
    said = capsys.readouterr().out
    assert "101 requests, about 10,1" in said and "at most 5,050 to write; at most about 0.06" in said
    assert (model.usage.requests, model.usage.prompt_tokens) == (101, 1010)
    assert model.cost == pytest.approx((1010 * 1 + 505 * 10) / 1e6)


def test_a_run_that_is_too_dear_asks_nothing(parrot):
    model = model_at(parrot, price_out=10.0, max_cost=0.001)
    with pytest.raises(ApiError, match="more than max_cost=0.001"):
        model.generate_until([("abc", {"max_gen_toks": 500})])
    assert not parrot.seen


def test_what_only_weights_can_say_is_a_clear_error(parrot):
    for method in ("attention", "tokenize"):
        with pytest.raises(NotImplementedError, match="only a model that runs here"):
            getattr(model_at(parrot), method)("abc")


def test_no_logprobs_is_a_clear_error_after_one_request(parrot):
    with pytest.raises(ApiError, match="can not compare continuations.*no logprobs"):
        model_at(parrot).loglikelihood([("a", " b"), ("a", " c"), ("d", " b")])
    assert len(parrot.seen) == 1
    parrot.faults.append(404)
    with pytest.raises(ApiError, match="can not compare continuations.*404"):
        emlab.multiple_choice(model_at(parrot), ["a"], ["b", "c"])


@pytest.fixture(scope="module")
def rung():
    return HuggingFaceModel(find_rung(emlab.rungs()[-1]))


def test_logprobs_are_those_of_the_same_weights(rung):
    requests = [*few_shot_requests(12, seed=5), *MELTING]
    requests = [(c, t) for c, t in requests if len(rung.tokenize(c + t)) < rung.max_length]
    with serve(completions_of(rung._model, rung._tokenizer)) as server, torch.inference_mode():
        got = model_at(server, concurrency=1).loglikelihood(requests)
    expected = rung.loglikelihood(requests)
    assert [greedy for _, greedy in got] == [greedy for _, greedy in expected]
    np.testing.assert_allclose([lp for lp, _ in got], [lp for lp, _ in expected], atol=1e-4, rtol=0)


def test_logprobs_are_those_that_the_harness_reads_from_the_same_server(rung, monkeypatch):
    """Its `local-completions`, which encodes here what the server encodes there."""
    needed("tenacity")
    completions = needed("lm_eval.models.openai_completions").LocalCompletionsAPI
    requests = [
        (c, t) for c, t in few_shot_requests(8, seed=7) if len(rung.tokenize(c + t)) < rung.max_length
    ]
    with serve(completions_of(rung._model, rung._tokenizer)) as server:
        got = model_at(server, concurrency=1).loglikelihood(requests)
        harness = completions(
            base_url=f"{server.url}/completions",
            model="some-model",
            tokenizer=str(find_rung(emlab.rungs()[-1]).folder),
            tokenizer_backend="huggingface",
            tokenized_requests=False,
            max_length=rung.max_length,
        )
        expected = ask_harness(harness, "loglikelihood", requests)
    assert got == [(pytest.approx(logprob, abs=1e-6), greedy) for logprob, greedy in expected]


def test_logprobs_that_stand_beside_other_tokens_are_refused(rung):
    """As llama-cpp-python says them of a model without a token that begins a text."""
    answer = completions_of(rung._model, rung._tokenizer)

    def shifted(path, body):
        status, value = answer(path, body)
        said = value["choices"][0]["logprobs"]
        said["tokens"].pop()
        said["token_logprobs"] = [None, *[-9.0] * (len(said["tokens"]) - 1)]
        said["top_logprobs"] = [None, *said["top_logprobs"][2:]]
        return status, value

    with serve(shifted) as server, pytest.raises(ApiError, match="compare continuations.*not the likeliest"):
        model_at(server).loglikelihood([("Review: the soup was cold\nSentiment:", " negative")])


def test_an_empty_context_has_no_first_logprob(rung):
    with (
        serve(completions_of(rung._model, rung._tokenizer)) as server,
        pytest.raises(ApiError, match="first token"),
    ):
        model_at(server).loglikelihood([("", "the soup")])


def test_texts_are_those_of_the_same_weights(rung):
    requests = [(c.rstrip(), {"max_gen_toks": 6, "until": ["\n"]}) for c, _ in few_shot_requests(6, seed=6)]
    requests = [(c, how) for c, how in requests if len(rung.tokenize(c)) < rung.max_length - 6]
    with serve(completions_of(rung._model, rung._tokenizer)) as server:
        got = model_at(server, endpoint="completions", concurrency=1).generate_until(requests)
    assert got == rung.generate_until(requests)
