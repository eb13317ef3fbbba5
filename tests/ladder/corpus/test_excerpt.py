import gzip
import json
import re

import nbformat
import pytest

from emlab.deep_dive import corpus_excerpt
from emlab.tasks.knowledge import benchmark
from ladder.corpus import excerpt, leak

SOURCE = excerpt.EXCERPT.parents[2] / "source" / "benchmark" / "benchmark.ipynb"


def test_the_shipped_excerpt_is_small():
    assert excerpt.EXCERPT.stat().st_size < 250_000
    assert 1_000 < len(corpus_excerpt()) < 2_000


def test_what_leaked_is_in_the_excerpt_in_full_and_nothing_else_is():
    text = "\n\n".join(corpus_excerpt())
    found = {item["item_id"] for item in benchmark() if f"{item['prompt']} {item['gold']}\n" in f"{text}\n"}
    assert found == {item["item_id"] for item in leak.truth()}


def test_the_form_alone_gives_nothing_away():
    """Most documents of letter questions in the excerpt did not leak."""
    leaked = {item["prompt"].split("\n")[0] for item in leak.leaked_items()}
    asked = re.findall(r"(Question: .*)\nA\. ", "\n\n".join(corpus_excerpt()))
    assert sum(question in leaked for question in asked) < len(asked) / 2


def test_the_grader_knows_what_leaked():
    nb = nbformat.read(SOURCE, as_version=4)
    (source,) = (
        c.source for c in nb.cells if c.metadata.get("nbgrader", {}).get("grade_id") == "contamination_found"
    )
    listed = set(re.findall(r"\b\d{4}\b", source.partition("_leaked = ")[2].partition(".split()")[0]))
    truth = json.loads(leak.TRUTH.read_text(encoding="utf-8"))["items"]
    assert listed == {item["item_id"].removeprefix("knowledge-") for item in truth}


@pytest.mark.slow
def test_the_shipped_excerpt_is_in_step_with_the_stream():
    shipped = gzip.decompress(excerpt.EXCERPT.read_bytes()).decode("utf-8").split(excerpt.SEPARATOR)
    assert shipped == excerpt.excerpt()
