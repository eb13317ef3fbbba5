import pytest

import emlab
from emlab.models.encoding import encode, encode_pairs, first_token
from emlab.models.ladder import find_rung

transformers = pytest.importorskip("transformers")


@pytest.fixture(scope="module")
def tokenizer():
    return transformers.AutoTokenizer.from_pretrained(
        find_rung(emlab.rungs()[0]).folder, local_files_only=True
    )


def pair(tokenizer, context, continuation, max_length=192):
    """What is read and what is scored, as text."""
    (encoded,) = encode_pairs(tokenizer, [(context, continuation)], "ladder/x", max_length)
    return tokenizer.decode(encoded.read), tokenizer.decode(encoded.scored)


def test_the_last_token_is_scored_and_not_read(tokenizer):
    assert pair(tokenizer, "the soup was", " cold") == ("the soup was", " cold")
    assert pair(tokenizer, "the soup", " was cold") == ("the soup was", " was cold")


def test_spaces_at_the_end_of_the_context_belong_to_the_continuation(tokenizer):
    assert pair(tokenizer, "the soup was ", "cold") == ("the soup was", " cold")


def test_an_empty_context_is_the_token_that_begins_a_text(tokenizer):
    (encoded,) = encode_pairs(tokenizer, [("", "the")], "ladder/x", 192)
    assert encoded.read == (first_token(tokenizer),)
    (spaces,) = encode_pairs(tokenizer, [("  ", "the")], "ladder/x", 192)
    assert spaces.read[0] == first_token(tokenizer)


def test_a_long_context_loses_its_beginning(tokenizer):
    (encoded,) = encode_pairs(tokenizer, [("it was bad " * 9 + "soup", " good")], "ladder/x", max_length=5)
    whole = encode(tokenizer, ["it was bad " * 9 + "soup good"])[0]
    assert encoded.read == tuple(whole[-6:-1])


def test_a_continuation_needs_a_token_and_room(tokenizer):
    with pytest.raises(ValueError, match="'e' melts into .* ends in .*th"):
        pair(tokenizer, "the s\n th", "e")
    with pytest.raises(ValueError, match="has 9 tokens, more than ladder/x can read .5."):
        pair(tokenizer, "the", " bad" * 9, max_length=5)


def test_nothing_is_encoded_to_nothing(tokenizer):
    assert encode_pairs(tokenizer, [], "ladder/x", 192) == []
