"""The ladder's tokenizer: whole words of a small world, and bytes for everything else.

    python -m ladder.tokenizer FOLDER      write the tokenizer's files (Hugging Face format)

It is a byte-level BPE without merges: text is cut into words, digits, signs and single white-space
characters, the first three with the space before them. A piece that is in the vocabulary is one token, any
other piece is spelt in bytes. So it loses nothing, whatever the text.
"""

import sys
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast

from ladder.corpus.words import vocabulary

PIECES = r" ?[A-Za-z]+| ?[0-9]| ?[^\sA-Za-z0-9]|\s"
END_OF_TEXT = "<|endoftext|>"
MAX_LENGTH = 192  # tokens: ten examples of the longest review in the widest template, and an instruction


def build_tokenizer() -> Tokenizer:
    """The tokenizer, made from the word lists alone: end of text, then 256 bytes, then the words."""
    byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    pieces = [END_OF_TEXT, *sorted(pre_tokenizers.ByteLevel.alphabet())]
    for word in vocabulary():
        ((spelling, _),) = byte_level.pre_tokenize_str(word)
        pieces.append(spelling)
    pieces = list(dict.fromkeys(pieces))
    vocab = {piece: number for number, piece in enumerate(pieces)}
    tokenizer = Tokenizer(models.BPE(vocab=vocab, merges=[], ignore_merges=True))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(PIECES), behavior="isolated"), byte_level]
    )
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([END_OF_TEXT])
    return tokenizer


def save_tokenizer(folder: Path) -> None:
    """Write tokenizer.json and tokenizer_config.json, which AutoTokenizer loads."""
    PreTrainedTokenizerFast(
        tokenizer_object=build_tokenizer(),
        eos_token=END_OF_TEXT,
        pad_token=END_OF_TEXT,
        model_max_length=MAX_LENGTH,
        clean_up_tokenization_spaces=False,
    ).save_pretrained(folder)


if __name__ == "__main__":
    save_tokenizer(Path(sys.argv[1]))
