import random
import re

from emlab.tasks.commonsense import SCALES, Comparison, split_of
from ladder.corpus.commonsense import commonsense

PHRASES = {getattr(scale, end): name for name, scale in SCALES.items() for end in ("more", "less")}


def test_nothing_held_out_is_said_or_asked_in_a_long_stretch():
    rng = random.Random("test")
    text = "".join(text for _ in range(5_000) for text, _ in commonsense(rng))
    verb = "|".join(PHRASES)
    said = re.findall(rf"^An? (\w+) ({verb}) than an? (\w+)\.$", text, re.MULTILINE)
    asked = re.findall(rf"^Which ({verb}), an? (\w+) or an? (\w+)\?$", text, re.MULTILINE)
    assert len(said) > 5_000 and len(asked) > 5_000
    compared = [(verb, a, b) for a, verb, b in said] + asked
    assert len(compared) == text.count("\n\n")
    assert {split_of(Comparison(PHRASES[verb], a, b, True)) for verb, a, b in compared} == {"train"}
