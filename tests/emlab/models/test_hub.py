"""`hf:` models, with lm-evaluation-harness's `hf` model of the same files as the oracle."""

import json
import shutil

import numpy as np
import pytest
import torch
import transformers

import emlab
from emlab.models.hub import HubModel
from emlab.models.ladder import find_rung
from tests.emlab.models.asking import few_shot_requests, nested_prompts
from tests.emlab.models.harness import ask_harness, load_harness

LENGTH = 96  # most tokens that the made-up models read
SMALL = {"vocab_size": 1, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
ARCHITECTURES = {
    "GPT2Config": {"n_embd": 32, "n_layer": 2, "n_head": 2, "n_positions": LENGTH},
    "GPTNeoXConfig": {**SMALL, "intermediate_size": 64, "max_position_embeddings": LENGTH},
    "OPTConfig": {**SMALL, "ffn_dim": 64, "word_embed_proj_dim": 32, "max_position_embeddings": LENGTH},
    # places by ALiBi: it takes no positions, and its configuration says no length
    "BloomConfig": {"hidden_size": 32, "n_layer": 2, "n_head": 2},
    # looks back 24 tokens only
    "MistralConfig": {
        **SMALL,
        "num_key_value_heads": 1,
        "intermediate_size": 64,
        "max_position_embeddings": LENGTH,
        "sliding_window": 24,
    },
}
TEMPLATE = "{% for m in messages %}Review: {{ m['content'] }}\n{% endfor %}Sentiment: "


@pytest.fixture(scope="module")
def folder():
    return find_rung(emlab.rungs()[-1]).folder


@pytest.fixture(scope="module")
def model(folder):
    return HubModel(f"hf:{folder}")


@pytest.fixture
def copied(folder, tmp_path):
    return shutil.copytree(folder, tmp_path / "a model, copied")


def agree(got, expected, atol=1e-4):
    assert [greedy for _, greedy in got] == [greedy for _, greedy in expected]
    np.testing.assert_allclose([lp for lp, _ in got], [lp for lp, _ in expected], atol=atol, rtol=0)


def test_a_folder_is_a_model(model, folder):
    rung = find_rung(emlab.rungs()[-1])
    assert (model.name, model.params) == (f"hf:{folder}", rung.params)
    assert (model.dtype, model.max_length) == ("float32", rung.max_length)
    assert len(model.revision) == 12


def test_it_says_what_the_rung_says(model):
    requests = few_shot_requests(20, seed=8)
    assert model.loglikelihood(requests) == emlab.load(emlab.rungs()[-1]).loglikelihood(requests)
    text = "Review: the soup was cold"
    rung = emlab.load(emlab.rungs()[-1])
    np.testing.assert_array_equal(model.attention(text).weights, rung.attention(text).weights)
    assert model.tokenize(text) == rung.tokenize(text)


@pytest.mark.parametrize("kind", ARCHITECTURES)
def test_any_architecture_answers_as_in_the_harness(kind, folder, tmp_path):
    """Random weights: what is compared is how texts are encoded, cut, batched, padded and read."""
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    tokenizer.model_max_length = LENGTH
    tokenizer.save_pretrained(tmp_path)
    ends = dict.fromkeys(("bos_token_id", "eos_token_id", "pad_token_id"), tokenizer.eos_token_id)
    how = {**ARCHITECTURES[kind], "vocab_size": len(tokenizer), "initializer_range": 0.3, **ends}
    torch.manual_seed(0)
    config = getattr(transformers, kind)(**how)
    transformers.AutoModelForCausalLM.from_config(config).save_pretrained(tmp_path)
    model, harness = HubModel(f"hf:{tmp_path},batch_size=4"), load_harness(tmp_path)
    assert model.max_length == LENGTH == harness.max_length
    prompts = nested_prompts((0, 2, 5), queries=3)
    requests = [(prompt, answer) for prompt in prompts for answer in (" dax", " so very good", "\nyes")]
    agree(model.loglikelihood(requests), ask_harness(harness, "loglikelihood", requests))
    requests = [(prompt, {"until": ["\n"], "max_gen_toks": 8 + i % 2}) for i, prompt in enumerate(prompts)]
    assert model.generate_until(requests) == ask_harness(harness, "generate_until", requests)


def test_a_long_context_may_lose_its_end_first(copied):
    """The tokenizer's own limit cuts behind, when asked to, and max_length cuts in front, always."""
    settings = json.loads((copied / "tokenizer_config.json").read_text())
    (copied / "tokenizer_config.json").write_text(json.dumps({**settings, "model_max_length": 60}))
    requests = [(prompt, {"max_gen_toks": 5}) for prompt in nested_prompts((1, 5, 10), queries=2)]
    texts = []
    for truncation in (False, True):
        model = HubModel(f"hf:{copied}", truncation=truncation, max_length=100)
        harness = load_harness(copied, truncation=truncation, max_length=100)
        texts.append(model.generate_until(requests))
        # one at a time: the harness cuts a batch where its longest text ends
        assert texts[-1] == [ask_harness(harness, "generate_until", [request])[0] for request in requests]
    assert texts[0] != texts[1]


def test_a_chat_template_is_used_when_asked_for(copied):
    settings = json.loads((copied / "tokenizer_config.json").read_text())
    text = json.dumps({**settings, "chat_template": TEMPLATE, "bos_token": settings["eos_token"]})
    (copied / "tokenizer_config.json").write_text(text.replace("Review: {{", "<|endoftext|>Review: {{", 1))
    model, harness = HubModel(f"hf:{copied},chat=true"), load_harness(copied)
    assert model.name.endswith(",chat=true")
    contexts = ["the soup was cold", "the film was moving"]
    written = [harness.apply_chat_template([{"role": "user", "content": text}]) for text in contexts]
    assert written[0] == "<|endoftext|>Review: the soup was cold\nSentiment: "
    expected = ask_harness(harness, "loglikelihood", [(text, "negative") for text in written])
    agree(model.loglikelihood([(text, "negative") for text in contexts]), expected)
    how = {"max_gen_toks": 4}
    expected = ask_harness(harness, "generate_until", [(text, how) for text in written])
    assert model.generate_until([(text, how) for text in contexts]) == expected


def test_half_precision_when_asked_for(folder):
    model, harness = HubModel(f"hf:{folder}", dtype="bfloat16"), load_harness(folder, dtype="bfloat16")
    assert (model.dtype, model.name) == ("bfloat16", f"hf:{folder},dtype=bfloat16")
    requests = few_shot_requests(10, seed=9)
    got = [logprob for logprob, _ in model.loglikelihood(requests)]
    expected = [logprob for logprob, _ in ask_harness(harness, "loglikelihood", requests)]
    np.testing.assert_allclose(got, expected, rtol=0.02, atol=0.1)  # the harness sums rounded numbers


def test_the_device_is_the_one_asked_for(folder, monkeypatch):
    model = HubModel(f"hf:{folder},device=cpu")
    assert model._model.device == torch.device("cpu")
    assert model.name == f"hf:{folder}"  # it decides nothing about the answers
    asked = []
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr("emlab.models.hub._to", lambda spec, network, device: asked.append(device) or network)
    assert HubModel(f"hf:{folder}").dtype == "float16"  # of the weights, as they are stored
    assert asked == ["cuda"]


def test_another_file_is_another_revision(copied, model):
    assert HubModel(f"hf:{copied}").revision == model.revision
    (copied / "generation_config.json").write_text("{}")
    assert HubModel(f"hf:{copied}").revision != model.revision


def test_samples_follow_the_distribution(model):
    prompt = "Review: the"  # which may go on in many ways
    torch.manual_seed(0)
    n, how = 400, {"max_gen_toks": 1, "temperature": 1.0}
    texts = model.generate_until([(prompt, how)] * n)
    words = [text for text in set(texts) if "�" not in text and text.startswith(" ")]
    asked = model.loglikelihood([(prompt, text) for text in words])
    shares = {text: np.exp(logprob) for text, (logprob, _) in zip(words, asked, strict=True)}
    often = {text: p for text, p in shares.items() if n * p >= 5}  # where counts are nearly normal
    assert len(often) > 1 and sum(often.values()) > 0.8
    for text, p in often.items():
        assert abs(texts.count(text) / n - p) < 5 * np.sqrt(p * (1 - p) / n)
    cold = model.generate_until([(prompt, {"max_gen_toks": 3, "temperature": 1e-6})])
    assert cold == model.generate_until([(prompt, {"max_gen_toks": 3})])


def test_answers_are_kept_on_disk(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("EMLAB_CACHE", str(tmp_path))
    model = emlab.load(f"hf:{folder}")
    asked = [(prompt, {"max_gen_toks": 3}) for prompt in nested_prompts((0, 1), queries=20)]
    texts = model.generate_until(asked)
    model._remembered.clear()
    monkeypatch.setattr(model, "compute_generation", None)
    assert model.generate_until(asked) == texts
    assert (tmp_path / "answers.db").exists()


def test_an_id_that_there_is_not_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)  # read once, at import
    for target in (tmp_path / "nothing", "nobody/no-such-model"):
        with pytest.raises(emlab.UnknownModel, match="can not be loaded"):
            HubModel(f"hf:{target}")


def test_weights_that_are_not_whole_are_refused(copied):
    from safetensors.torch import load_file, save_file

    weights = load_file(copied / "model.safetensors")
    del weights["model.layers.0.mlp.up_proj.weight"]
    save_file(weights, copied / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(emlab.UnknownModel, match="missing in it: .*up_proj"):
        HubModel(f"hf:{copied}")


def test_options_that_do_not_fit_are_named(folder):
    with pytest.raises(ValueError, match="no dtype 'int4'.*float32, float16, bfloat16"):
        HubModel(f"hf:{folder},dtype=int4")
    with pytest.raises(ValueError, match="can not be put on the device 'abacus': Expected one of cpu, cuda"):
        HubModel(f"hf:{folder},device=abacus")
    with pytest.raises(ValueError, match="has no chat template"):
        HubModel(f"hf:{folder},chat=true")
    with pytest.raises(ValueError, match="no option 'colour'.*dtype, device"):
        HubModel(f"hf:{folder},colour=red")
