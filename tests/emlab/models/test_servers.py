"""`api:` against a real server, transformers' own, with a rung behind it and faults in between.

It writes texts and says no log-probabilities. Needs `pip install "transformers[serving]"`.
"""

import importlib.util
import json
import shutil

import pytest

import emlab
from emlab.models import http
from emlab.models.api import ApiModel
from emlab.models.http import ApiError
from emlab.models.hub import HubModel
from emlab.models.ladder import find_rung
from tests.conftest import require
from tests.emlab.models.asking import nested_prompts
from tests.emlab.models.processes import running, transformers_serve
from tests.emlab.models.server import forward_to, serve

TEMPLATE = "{% for m in messages %}Review: {{ m['content'] }}\n{% endfor %}Sentiment:"


@pytest.fixture(scope="module")
def name(tmp_path_factory):
    """The folder of a rung that was given a chat template."""
    folder = tmp_path_factory.mktemp("rung") / "model"
    shutil.copytree(find_rung(emlab.rungs()[-1]).folder, folder)
    settings = json.loads((folder / "tokenizer_config.json").read_text())
    (folder / "tokenizer_config.json").write_text(json.dumps({**settings, "chat_template": TEMPLATE}))
    return str(folder)


@pytest.fixture(scope="module")
def url(name, tmp_path_factory):
    """The address of `transformers serve`."""
    missing = [m for m in ("fastapi", "uvicorn", "openai") if importlib.util.find_spec(m) is None]
    require(not missing, f"transformers[serving] ({', '.join(missing)} missing)")
    with running(transformers_serve(name), tmp_path_factory.mktemp("serve") / "log") as address:
        yield f"{address}/v1"


def requests():
    how = ({"until": ["\n"], "max_gen_toks": 8}, {"until": [" the", "."], "max_gen_toks": 12})
    return [(prompt, how[i % 2]) for i, prompt in enumerate(nested_prompts((0, 1, 3), queries=6))]


def ask(url, name, **options):
    options = {"endpoint": "completions", "concurrency": 4, "tries": 12, **options}
    return ApiModel(f"api:{name}", base_url=url, **options)


def test_texts_are_those_of_hf_on_the_same_weights(url, name):
    assert ask(url, name).generate_until(requests()) == HubModel(f"hf:{name}").generate_until(requests())


def test_a_chat_is_that_of_hf_with_the_chat_template(url, name):
    reviews = ["the soup was cold and bland", "the film was moving", "we liked the cake"]
    asked = [(review, {"until": ["\n\n"], "max_gen_toks": 10}) for review in reviews]
    expected = HubModel(f"hf:{name}", chat=True).generate_until(asked)
    assert ask(url, name, endpoint="chat").generate_until(asked) == expected
    assert expected != HubModel(f"hf:{name}").generate_until(asked)


def test_texts_are_the_same_through_every_fault(url, name, monkeypatch):
    monkeypatch.setattr(http, "FIRST_WAIT", 0.01)
    faults = [429, 500, 503, "cut", "gone", "malformed", "page", (429, {"Retry-After": "0.1"}), "slow"]
    with serve(forward_to(url)) as between:
        between.faults += [None, *faults, *reversed(faults)]
        model = ask(between.url, name, timeout=60)
        got = model.generate_until(requests())
    assert got == HubModel(f"hf:{name}").generate_until(requests())
    assert model.usage.retries >= len(faults) * 2 - 2  # what is only slow is not asked again
    assert model.usage.prompt_tokens > 0


def test_it_says_no_logprobs(url, name):
    with pytest.raises(ApiError, match="can not compare continuations"):
        ask(url, name).loglikelihood([("the soup was", " cold")])
