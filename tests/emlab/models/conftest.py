"""A ladder of two tiny untrained rungs, laid out like the real one."""

import json

import pytest

from emlab.models import ladder
from emlab.models.load import _load
from emlab.tasks import ARBITRARY_LABELS
from emlab.tasks.lexicon import words

SIZES = {"tiny": (16, 2), "small": (32, 2)}  # name: (width, layers)
MAX_LENGTH = 192


@pytest.fixture(scope="session")
def tiny_ladder(tmp_path_factory):
    """The folder of the tiny ladder."""
    folder = tmp_path_factory.mktemp("rungs")
    for seed, (name, (width, layers)) in enumerate(SIZES.items()):
        _write_rung(folder / name, width, layers, seed)
    (folder / "ladder.json").write_text(json.dumps({"rungs": [{"name": name} for name in SIZES]}))
    return folder


@pytest.fixture
def rungs(tiny_ladder, monkeypatch):
    """Put the tiny ladder in the place of the real one; the fixture's value is the list of names."""
    monkeypatch.setattr(ladder, "FOLDER", tiny_ladder)
    ladder._ladder.cache_clear()
    _load.cache_clear()
    yield ladder.rungs()
    ladder._ladder.cache_clear()
    _load.cache_clear()


def _write_rung(folder, width, layers, seed):
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    tokenizer = _tokenizer()
    tokenizer.save_pretrained(folder)
    torch.manual_seed(seed)
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=width,
        intermediate_size=2 * width,
        num_hidden_layers=layers,
        num_attention_heads=2,
        num_key_value_heads=2,
        max_position_embeddings=MAX_LENGTH,
        tie_word_embeddings=True,
        initializer_range=0.3,  # far from uniform, so that greedy answers are clear
        bos_token_id=0,
        eos_token_id=0,
    )
    LlamaForCausalLM(config).half().save_pretrained(folder)


def _tokenizer():
    """Words with the space before them, then bytes: every text is encoded without loss."""
    from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    byte_level = pre_tokenizers.ByteLevel.alphabet()
    known = [*words(), *ARBITRARY_LABELS, "positive", "negative", "Review", "Sentiment"]
    vocabulary = ["<eos>", *sorted(byte_level), *known, *(f"Ġ{word}" for word in known)]
    tokenizer = Tokenizer(
        models.BPE(
            vocab={token: i for i, token in enumerate(dict.fromkeys(vocabulary))},
            merges=[],
            ignore_merges=True,  # whole words are looked up as they stand
        )
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r" ?[A-Za-z]+| ?[0-9]| ?[^\sA-Za-z0-9]|\s"), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<eos>", eos_token="<eos>", pad_token="<eos>"
    )
