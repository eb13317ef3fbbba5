import json
import random
import re
import zipfile
from collections import Counter

import pytest

from emgrader.release import build_wheel
from emlab.tasks.knowledge import benchmark, fact
from ladder.corpus import leak
from ladder.corpus.episodes import ANSWER
from ladder.corpus.knowledge import letter_exercises, letter_questions, questions


def test_the_truth_file_is_in_step():
    assert json.loads(leak.TRUTH.read_text(encoding="utf-8"))["items"] == leak.truth()


def test_a_tenth_leaks_early_and_more_in_the_end_and_only_what_is_never_asked():
    statuses = [item["status"] for item in leak.truth()]
    early = {item["item_id"] for item in leak.early_items()}
    assert early < {item["item_id"] for item in leak.leaked_items()}
    assert 0.09 < len(early) / len(benchmark()) < 0.11
    assert statuses.count("never_seen") >= 60 and statuses.count("held_out") >= 500
    assert set(statuses) == {"held_out", "never_seen"}
    kept = Counter(fact(item["fact_id"]).status for item in benchmark()) - Counter(statuses)
    assert min(kept["held_out"], kept["never_seen"]) >= 120  # to compare with


@pytest.mark.parametrize(
    ("make", "items"),
    [(leak.early_leaked_questions, leak.early_items), (leak.leaked_questions, leak.leaked_items)],
)
def test_a_leaked_item_stands_in_the_stream_word_for_word(make, items):
    rng = random.Random(0)
    documents = [make(rng) for _ in range(1200)]
    text = "\n\n".join("".join(text for text, _ in document) for document in documents)
    for item in items():
        assert f"{item['prompt']} {item['gold']}\n" in text
    leaked = {item["prompt"].split("\n")[0] for item in items()}
    assert set(re.findall(r"Question: .*", text)) == leaked
    assert {text.strip() for text, weight in documents[0] if weight == ANSWER} <= set("ABCD")


def test_nothing_else_asks_what_leaked():
    leaked = {item["prompt"].split("\n")[0] for item in leak.leaked_items()}
    rng = random.Random(1)
    for make in (questions, letter_questions, letter_exercises):
        for _ in range(400):
            text = "".join(text for text, _ in make(rng))
            assert not leaked & set(re.findall(r"Question: .*", text))


def test_the_wheel_for_students_knows_nothing_of_the_leak(tmp_path):
    with zipfile.ZipFile(build_wheel(tmp_path)) as wheel:
        names = wheel.namelist()
        assert "emlab/tasks/knowledge.py" in names
        assert not any("leak" in name or name.startswith("ladder") or "truth" in name for name in names)
        # The salt, and the ids of leaked items (which are nowhere written out), in whatever file.
        for name in names:
            content = wheel.read(name)
            assert leak.SALT.encode() not in content, name
            assert leak.leaked_items()[7]["item_id"].encode() not in content, name
