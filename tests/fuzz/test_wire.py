"""The fuzzer finds nothing in a short time, and would find something if it were there."""

import importlib.util
import subprocess
import sys

import pytest

from emgrader import wire
from tests.conftest import PROJECT, require
from tests.fuzz.plain import check_answer, check_plain
from tests.fuzz.seeds import ANSWERS

SECONDS = 20


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: wire.as_text(answer)[:40])
def test_the_seeds_are_answers(answer):
    check_answer(wire.as_text(answer))


def test_an_object_is_no_plain_data():
    for value in (object(), [len], {"a": {1, str}}, type("Int", (int,), {})(3)):
        with pytest.raises(TypeError, match="came out of the wire"):
            check_plain(value)


def test_the_fuzzer_finds_nothing(tmp_path):
    require(importlib.util.find_spec("atheris") is not None, "atheris (Linux on x86_64)")
    command = [sys.executable, "-m", "tests.fuzz.wire", "--seconds", str(SECONDS), "--findings", tmp_path]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    assert list(tmp_path.iterdir()) == []
