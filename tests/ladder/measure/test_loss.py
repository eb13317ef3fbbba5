import random

import pytest

from ladder.corpus.episodes import ANSWER
from ladder.corpus.families import FAMILIES
from ladder.corpus.stream import encode
from ladder.measure.common import ENOUGH
from ladder.measure.loss import DOCUMENTS
from ladder.tokenizer import MAX_LENGTH


@pytest.mark.parametrize("family", FAMILIES)
def test_the_documents_of_a_family_hold_enough_answers(family):
    rng = random.Random(f"unseen/{family}")
    found = 0
    for _ in range(DOCUMENTS):
        weights = encode(FAMILIES[family].make(rng))[1][1 : MAX_LENGTH + 1]
        starts = zip(weights, [0.0, *weights], strict=False)
        found += sum(here == ANSWER and before != ANSWER for here, before in starts)
    assert found >= ENOUGH
