import random
import re
from itertools import islice

import pytest
import torch

from emlab.prompts import TEMPLATES
from emlab.tasks import load_task
from emlab.tasks.reviews import split_of
from ladder.corpus.families import FAMILIES, LATE
from ladder.corpus.stream import batch, documents, encode, tokenizer

REVIEW = re.compile(r"^(?:Review: |Input: |)((?:the|a|an|it|we|what) .*?)(?: ->.*)?$", re.MULTILINE)


def sample(n, mix="main"):
    return islice(documents(random.Random("test"), mix), n)


@pytest.mark.parametrize("mix", ["beginner", "main"])
def test_no_test_item_occurs_in_a_long_stretch_of_the_stream(mix):
    stretch = "\n".join("".join(text for text, _ in document) for _, document in sample(20_000, mix))
    seen = set(REVIEW.findall(stretch))
    assert len(seen) > 5_000  # the pattern does find the reviews
    assert {split_of(text) for text in seen} == {"train"}
    assert not seen & {item["text"] for item in load_task("reviews").test}


def test_held_out_templates_do_not_occur():
    stretch = "\n".join("".join(text for text, _ in document) for _, document in sample(5_000))
    assert "Q: " not in stretch and "\nA:" not in stretch
    assert not re.search(r"\b(?:the|a|an|it|we|what) [^,\n]* \|", stretch)
    assert {"quiz", "pipe"} < set(TEMPLATES)


def test_pieces_are_cut_where_the_tokenizer_cuts_the_whole_text():
    for _, document in sample(500):
        whole = tokenizer().encode("".join(text for text, _ in document)).ids
        ids, weights = encode(document)
        assert ids[:-1] == whole
        assert len(weights) == len(ids)


def test_a_batch_depends_on_seed_and_step_alone():
    first, again, other = batch(0, 7, rows=4), batch(0, 7, rows=4), batch(0, 8, rows=4)
    assert all(torch.equal(a, b) for a, b in zip(first, again, strict=True))
    assert not torch.equal(first[0], other[0])
    assert not torch.equal(first[0], batch(0, 7, rows=4, late=True)[0])
    inputs, targets, weights = first
    assert inputs.shape == targets.shape == weights.shape == (4, 192)
    assert torch.equal(inputs[:, 1:], targets[:, :-1])


def test_answers_weigh_more_than_context():
    _, _, weights = batch(0, 0, rows=16)
    assert weights.unique().tolist() == pytest.approx([0.0, 0.3, 1.0])


@pytest.mark.parametrize(("mix", "families"), [("main", FAMILIES), ("late", LATE)])
def test_every_family_has_about_its_share_of_the_tokens(mix, families):
    assert sum(family.share for family in families.values()) == pytest.approx(1)
    tokens = dict.fromkeys(families, 0)
    for name, document in sample(4_000, mix):
        tokens[name] += len(encode(document)[0])
    for name, family in families.items():
        assert tokens[name] / sum(tokens.values()) == pytest.approx(family.share, abs=0.03)
