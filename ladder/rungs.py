"""The rungs: how large each model of the ladder is. A rung is named after its number of parameters."""

from dataclasses import dataclass

import torch
from transformers import LlamaConfig, LlamaForCausalLM

from ladder.tokenizer import END_OF_TEXT, MAX_LENGTH, build_tokenizer

EMBEDDING_STD = 0.3
THREE = (0, 1, 2)


@dataclass(frozen=True)
class Rung:
    """One model's shape."""

    name: str
    width: int
    layers: int
    heads: int
    hidden: int  # of the feed-forward part
    seeds: tuple[int, ...] = (0,)  # trained from each of these; the first is shipped


RUNGS = {
    rung.name: rung
    for rung in (
        Rung("22k", width=12, layers=1, heads=2, hidden=32, seeds=THREE),
        Rung("54k", width=24, layers=2, heads=4, hidden=64, seeds=THREE),
        Rung("123k", width=40, layers=3, heads=4, hidden=104, seeds=THREE),
        Rung("248k", width=64, layers=3, heads=4, hidden=160, seeds=THREE),
        Rung("774k", width=112, layers=4, heads=7, hidden=288),
        Rung("1.8m", width=176, layers=4, heads=8, hidden=480),
        # at width 256 with 4 layers of 8 heads, 3.6M parameters, nothing was copied: see README.md
        Rung("3m", width=192, layers=6, heads=12, hidden=528),
    )
}


def build_model(rung: Rung, seed: int) -> LlamaForCausalLM:
    """An untrained float32 model of the rung's shape: Llama, with tied embeddings."""
    tokenizer = build_tokenizer()
    end_of_text = tokenizer.token_to_id(END_OF_TEXT)
    torch.manual_seed(seed)
    model = LlamaForCausalLM(
        LlamaConfig(
            vocab_size=tokenizer.get_vocab_size(),
            hidden_size=rung.width,
            num_hidden_layers=rung.layers,
            num_attention_heads=rung.heads,
            num_key_value_heads=rung.heads,
            intermediate_size=rung.hidden,
            max_position_embeddings=MAX_LENGTH,
            tie_word_embeddings=True,
            bos_token_id=end_of_text,
            eos_token_id=end_of_text,
            pad_token_id=end_of_text,
        )
    )
    # Embeddings as large as what the layers add to them, or words drown in it and nothing is copied for long;
    # the last norm keeps the first logits small all the same.
    torch.nn.init.normal_(model.model.embed_tokens.weight, std=EMBEDDING_STD)
    torch.nn.init.constant_(model.model.norm.weight, 0.1 / EMBEDDING_STD)
    return model
