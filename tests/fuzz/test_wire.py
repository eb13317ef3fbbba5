"""The fuzzer finds nothing in a short time, and would find something if it were there."""

import importlib.util
import os
import random
import re
import subprocess
import sys

import pytest

from emgrader import wire
from tests.conftest import PROJECT, require
from tests.fuzz.mutate import mutated
from tests.fuzz.plain import check_answer, check_plain
from tests.fuzz.seeds import ANSWERS

SECONDS = 20
PLANTED = """
from tests.fuzz import wire
def check(text):
    if '"d"' in text and "<M8" in text:
        {}
wire.SECONDS_PER_INPUT = 1
wire.fuzz(60, 1, {!r}, check)
"""


def run(folder, *command):
    """Run Python in `folder`: what crashes the fuzzer is left in the folder that it runs in."""
    require(importlib.util.find_spec("atheris") is not None, "atheris (Linux on x86_64)")
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    return subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True
    )


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: wire.as_text(answer)[:40])
def test_the_seeds_are_answers(answer):
    check_answer(wire.as_text(answer))


def test_an_object_is_no_plain_data():
    for value in (object(), [len], {"a": {1, str}}, type("Int", (int,), {})(3)):
        with pytest.raises(TypeError, match="came out of the wire"):
            check_plain(value)


def test_changed_answers_without_the_fuzzer():
    """The same changes in the same order, where there is no atheris too."""
    rng = random.Random(0)
    for number in range(3000):
        check_answer(mutated(wire.as_text(ANSWERS[number % len(ANSWERS)]), rng, ANSWERS))


def test_the_fuzzer_finds_nothing(tmp_path):
    done = run(tmp_path, "-m", "tests.fuzz.wire", "--seconds", str(SECONDS), "--last", str(tmp_path / "last"))
    assert done.returncode == 0, (done.stderr[-3000:], (tmp_path / "last").read_bytes())
    assert int(re.search(r"number_of_executed_units: (\d+)", done.stderr)[1]) > 100


@pytest.mark.parametrize("fault", ["1 / 0", "while True: pass"])
def test_the_fuzzer_would_find_a_fault(tmp_path, fault):
    done = run(tmp_path, "-c", PLANTED.format(fault, str(tmp_path / "last")))
    assert done.returncode not in (0, None)
    assert b'"d"' in (tmp_path / "last").read_bytes()
