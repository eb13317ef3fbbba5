"""`api:` against real servers with a model of real English behind them, and faults in between.

    llama.cpp            llama.cpp's own server, in the package xllamacpp
    llama-cpp-python     that of llama-cpp-python, which says log-probabilities; it is compiled when installed
    transformers         `transformers serve`

They run when asked for (`make proof`), because of what has to be installed.
"""

import importlib.util

import numpy as np
import pytest

from emlab import benchmarks
from emlab.models import http
from emlab.models.api import ApiModel
from emlab.models.http import ApiError
from emlab.models.hub import HubModel
from tests.conftest import needed, require
from tests.emlab.models.harness import ask_harness
from tests.emlab.models.processes import running, transformers_serve
from tests.emlab.models.server import forward_to, serve
from tests.emlab.models.smollm2 import find_file

pytestmark = [pytest.mark.slow, pytest.mark.proof, pytest.mark.timeout(3600)]

KINDS = ("llama.cpp", "llama-cpp-python", "transformers")
LLAMA_CPP = """
import sys, time, xllamacpp
params = xllamacpp.CommonParams()
params.model.path, params.port = sys.argv[1], int(sys.argv[2])
params.n_ctx, params.n_parallel, params.warmup = 4096, 2, False
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
server = xllamacpp.Server(params)
time.sleep(1e6)
"""
MODELS = "/v1/models"
BOS = "tokenizer.ggml.add_bos_token"
SHORT = {"until": ["\n", "."], "max_gen_toks": 8}
ASKED = [
    ("The capital of France is", SHORT),
    ("Water freezes at a temperature of", SHORT),
    ("The opposite of hot is", SHORT),
    ("One, two, three,", SHORT),
]
SCORED = [
    ("The capital of France is", " Paris"),
    ("The capital of France is", " Rome"),
    ("The capital of France is ", "Paris, a city on the Seine"),
    ("Question: Is the sky blue?\nAnswer:", " yes"),
]
FAULTS = [429, 500, 503, "cut", "gone", "malformed", "page", (429, {"Retry-After": "0.1"}), "slow"]


def llama_cpp_python(*more):
    """The arguments that start llama-cpp-python's server."""
    require(importlib.util.find_spec("llama_cpp") is not None, "llama-cpp-python[server]")
    where = ("--host", "127.0.0.1", "--port", "{port}", "--model", str(find_file()))
    how = ("--n_ctx", "2048", "--n_threads", "1", "--logits_all", "true")
    return ["-m", "llama_cpp.server", *where, *how, *more]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """The model as a folder with safetensors, which loads faster than the GGUF file is unpacked."""
    model = HubModel(f"hf:{find_file()},dtype=float32")
    folder = tmp_path_factory.mktemp("smollm2")
    # the weights are unpacked; transformers would still refuse to save what came from a GGUF file
    model._model.hf_quantizer = None
    del model._model.config.quantization_config
    model._model.save_pretrained(folder)
    model._tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module", params=KINDS)
def served(request, tmp_path_factory):
    """The address of a server, and the name of the model there."""
    log = tmp_path_factory.mktemp("server") / "log"
    name, health = "smollm2", "/health"
    if request.param == "llama.cpp":
        require(importlib.util.find_spec("xllamacpp") is not None, "xllamacpp")
        arguments = ["-c", LLAMA_CPP, str(find_file()), "{port}"]
    elif request.param == "llama-cpp-python":
        arguments, health = llama_cpp_python(), MODELS
    else:
        name = str(request.getfixturevalue("unpacked"))
        arguments = transformers_serve(name)
    with running(arguments, log, health) as address:
        yield f"{address}/v1", name


def ask(url, name, **options):
    return ApiModel(f"api:{name}", base_url=url, **{"endpoint": "completions", "tries": 12, **options})


def test_it_knows_some_english(served):
    url, name = served
    texts = ask(url, name).generate_until(ASKED)
    assert "Paris" in texts[0] and "cold" in texts[2] and "four" in texts[3]


@pytest.mark.parametrize("served", ["transformers"], indirect=True)
def test_texts_are_those_of_hf_on_the_same_weights(served, unpacked):
    """llama.cpp computes with rounded numbers; its log-probabilities are compared below."""
    url, name = served
    model = HubModel(f"hf:{unpacked}")
    assert ask(url, name).generate_until(ASKED) == model.generate_until(ASKED)
    chat = HubModel(f"hf:{unpacked},chat=true")
    assert ask(url, name, endpoint="chat").generate_until(ASKED) == chat.generate_until(ASKED)


@pytest.mark.parametrize("endpoint", ["completions", "chat"])
def test_texts_are_the_same_through_every_fault(served, endpoint, monkeypatch):
    monkeypatch.setattr(http, "FIRST_WAIT", 0.01)
    url, name = served
    with serve(forward_to(url)) as between:
        between.faults += [None, *FAULTS]
        model = ask(between.url, name, endpoint=endpoint, concurrency=2)
        got = model.generate_until(ASKED)
    assert got == ask(url, name, endpoint=endpoint).generate_until(ASKED) != [""] * len(ASKED)
    assert model.usage.retries >= len(FAULTS) - 1  # what is only slow is not asked again
    assert model.usage.prompt_tokens > 0 and model.usage.completion_tokens > 0


@pytest.mark.parametrize("served", KINDS, indirect=True)
def test_no_logprobs_is_a_clear_error(served):
    """Also where they stand beside other tokens, as those of llama-cpp-python do for a model without BOS."""
    url, name = served
    with pytest.raises(ApiError, match="can not compare continuations.*generate_until"):
        ask(url, name).loglikelihood(SCORED)


def test_logprobs_are_those_that_the_harness_reads(unpacked, tmp_path):
    """llama-cpp-python, made to begin each text with BOS."""
    with running(llama_cpp_python("--kv_overrides", f"{BOS}=bool:true"), tmp_path / "log", MODELS) as address:
        got = ask(f"{address}/v1", "smollm2", concurrency=1).loglikelihood(SCORED)
        completions = needed("lm_eval.models.openai_completions").LocalCompletionsAPI
        harness = completions(
            base_url=f"{address}/v1/completions",
            model="smollm2",
            tokenizer=str(unpacked),
            tokenizer_backend="huggingface",
            tokenized_requests=False,
        )
        expected = ask_harness(harness, "loglikelihood", SCORED)
    assert got == [(pytest.approx(logprob, abs=1e-4), greedy) for logprob, greedy in expected]
    here = HubModel(f"hf:{unpacked}")
    begun = [(here._tokenizer.bos_token + context, continuation) for context, continuation in SCORED]
    # llama.cpp rounds what is multiplied to eight bits
    np.testing.assert_allclose(
        [logprob for logprob, _ in got], [logprob for logprob, _ in here.loglikelihood(begun)], atol=0.5
    )
    assert got[0][0] > got[1][0] + 3  # Paris, not Rome


def test_a_benchmark(served, data):
    url, name = served
    task = benchmarks.get_task("mmlu_redux_anatomy_generative")
    result = benchmarks.evaluate(ask(url, name, endpoint="chat"), task, limit=4, max_gen_toks=8)
    assert result.n == 4 and all(row["response"] for row in result.rows)
    assert 0 <= result.values[0].value <= 1 and result.values[0].stderr is not None
