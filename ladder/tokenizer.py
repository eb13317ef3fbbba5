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

VOCABULARY = Path(__file__).parent / "vocabulary.txt"  # whole pieces; written by ladder.corpus.vocabulary
PIECES = r" ?\p{L}+| ?[0-9]| ?[^\s\p{L}0-9]|\s"
END_OF_TEXT = "<|endoftext|>"
_SPLIT = pre_tokenizers.Split(Regex(PIECES), behavior="isolated")
MAX_LENGTH = 192  # tokens: ten examples of the longest review in the widest template, and an instruction


def pieces(text: str) -> list[str]:
    """The pieces that a text is cut into; each is one token where the vocabulary has it."""
    return [piece for piece, _ in _SPLIT.pre_tokenize_str(text)]


def build_tokenizer() -> Tokenizer:
    """The tokenizer, made from the vocabulary alone: end of text, then 256 bytes, then the whole pieces."""
    byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    spellings = [END_OF_TEXT, *sorted(pre_tokenizers.ByteLevel.alphabet())]
    for piece in VOCABULARY.read_text(encoding="utf-8").splitlines():
        ((spelling, _),) = byte_level.pre_tokenize_str(piece)
        spellings.append(spelling)
    vocab = {spelling: number for number, spelling in enumerate(spellings)}
    tokenizer = Tokenizer(models.BPE(vocab=vocab, merges=[], ignore_merges=True))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([_SPLIT, byte_level])
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([END_OF_TEXT])
    return tokenizer


def fast_tokenizer() -> PreTrainedTokenizerFast:
    """The tokenizer as transformers wants it."""
    return PreTrainedTokenizerFast(
        tokenizer_object=build_tokenizer(),
        eos_token=END_OF_TEXT,
        pad_token=END_OF_TEXT,
        model_max_length=MAX_LENGTH,
        clean_up_tokenization_spaces=False,
    )


def save_tokenizer(folder: Path) -> None:
    """Write tokenizer.json and tokenizer_config.json, which AutoTokenizer loads."""
    fast_tokenizer().save_pretrained(folder)


if __name__ == "__main__":
    save_tokenizer(Path(sys.argv[1]))
