import random
import re

from hypothesis import given
from hypothesis import strategies as st

from emlab.tasks.translation import split_of, translate
from ladder.corpus.episodes import ANSWER, CONTEXT
from ladder.corpus.translation import translation

rngs = st.integers(0, 2**32).map(random.Random)
ENGLISH, BULGARIAN = "[a-z]+(?: [a-z]+)?", "[а-я]+(?: [а-я]+)?"


@given(rngs)
def test_translations_are_right_and_of_the_training_side(rng):
    document = translation(rng)
    text = "".join(text for text, _ in document)
    pairs = re.findall(f"^(?:English: )?({ENGLISH})(?: ->|\nBulgarian:) ({BULGARIAN})$", text, re.MULTILINE)
    pairs += [
        (english, bulgarian)
        for bulgarian, english in re.findall(
            f"^Bulgarian: ({BULGARIAN})\nEnglish: ({ENGLISH})$", text, re.MULTILINE
        )
    ]
    assert len(pairs) == len(document) // 3
    for english, bulgarian in pairs:
        assert translate(english) == bulgarian
        assert split_of(english) == "train"


@given(rngs)
def test_only_the_first_line_of_arrows_cannot_be_known(rng):
    document = translation(rng)
    weights = [weight for _, weight in document[1::3]]
    assert set(weights[1:]) == {ANSWER}
    assert weights[0] == (CONTEXT if "->" in document[0][0] else ANSWER)
