"""Fuzz the trusted side of the wire: whatever a kernel answers, out comes plain data or one of few errors.

    python -m tests.fuzz.wire --seconds 60

Runs atheris (libFuzzer) on the path of a real answer: emgrader.examiner.student, then loads and decode. A
crash, an input that takes longer than 5 s or more than 2 GB, and an object with behaviour end it with a
status other than 0, and leave the input in --findings. Nothing else is written but a corpus in a temporary
folder, which starts from the code-made answers of tests/fuzz/seeds.py.
"""

import argparse
import os
import random
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["emgrader.wire", "emgrader.examiner.student"]):
    from emgrader import wire
    from emgrader.examiner import student  # noqa: F401
    from emgrader.wire import arrays, columns, figures, tables  # noqa: F401

from tests.fuzz.mutate import mutated
from tests.fuzz.plain import check_answer
from tests.fuzz.seeds import ANSWERS

SECONDS_PER_INPUT = 5
MEMORY = 2048  # MB


def target(raw):
    """One input."""
    check_answer(raw.decode("latin-1"))  # any bytes are text


def mutator(raw, size, seed):
    """One change to an input: of its JSON, or, one time in four, of its bytes."""
    rng = random.Random(seed)
    if rng.random() < 0.75:
        try:
            return mutated(raw.decode(), rng, ANSWERS).encode()[:size]
        except (ValueError, RecursionError):
            pass
    return atheris.Mutate(raw, size)


def main():
    """Run the fuzzer; libFuzzer ends the process."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0, help="0: another one each time")
    parser.add_argument("--findings", default=tempfile.gettempdir(), help="folder for inputs that fail")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as corpus:
        for number, answer in enumerate(ANSWERS):
            (Path(corpus) / f"{number}").write_text(wire.as_text(answer))
        options = {
            "max_total_time": chosen.seconds,
            "seed": chosen.seed,
            "timeout": SECONDS_PER_INPUT,
            "rss_limit_mb": MEMORY,
            "max_len": 8192,
            "artifact_prefix": chosen.findings + os.sep,
            "print_final_stats": 1,
            "verbosity": 1,
        }
        atheris.Setup(
            [sys.argv[0], *(f"-{name}={value}" for name, value in options.items()), corpus],
            target,
            custom_mutator=mutator,
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
