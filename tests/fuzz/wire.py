"""Fuzz the trusted side of the wire: whatever a kernel answers, out comes plain data or one of few errors.

    python -m tests.fuzz.wire --seconds 60

Runs atheris (libFuzzer) on the path of a real answer: emgrader.examiner.student, then loads and decode. A
crash, an input that takes longer than 20 s or more than 2 GB, and an object with behaviour end it with a
status other than 0; the input is then in the file that --last names. The corpus starts from the code-made
answers of tests/fuzz/seeds.py and is thrown away.
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

SECONDS_PER_INPUT = 20  # of the clock: most take a thousandth, but the machine may be busy
MEMORY = 2048  # MB
LONGEST = 8192  # bytes of one input


def mutator(raw, size, seed):
    """One change to an input: of its JSON, or, one time in four, of its bytes."""
    rng = random.Random(seed)
    if rng.random() < 0.75:
        try:
            return mutated(raw.decode(), rng, ANSWERS).encode()[:size]
        except (ValueError, RecursionError):
            pass
    return atheris.Mutate(raw, size)


def fuzz(seconds, seed=0, last=None, check=check_answer):
    """Call `check` with ever new text for so many seconds; libFuzzer then ends the process."""
    place = last or Path(tempfile.gettempdir()) / "emgrader-fuzz-last"
    handle = os.open(place, os.O_CREAT | os.O_WRONLY, 0o600)

    def target(raw):
        # Kept before it is tried: what ends or hangs the process can't be kept afterwards.
        os.ftruncate(handle, 0)
        os.pwrite(handle, raw, 0)
        check(raw.decode("latin-1"))  # any bytes are text

    with tempfile.TemporaryDirectory() as corpus:
        for number, answer in enumerate(ANSWERS):
            (Path(corpus) / f"{number}").write_text(wire.as_text(answer))
        options = {
            "max_total_time": seconds,
            "seed": seed,
            "timeout": SECONDS_PER_INPUT,
            "rss_limit_mb": MEMORY,
            "max_len": LONGEST,
            "print_final_stats": 1,
            "verbosity": 0,
        }
        arguments = [sys.argv[0], *(f"-{name}={value}" for name, value in options.items()), corpus]
        atheris.Setup(arguments, target, custom_mutator=mutator)
        atheris.Fuzz()


def main():
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0, help="0: another one each time")
    parser.add_argument("--last", type=Path, help="file for the input at work, so for the one that fails")
    chosen = parser.parse_args()
    fuzz(chosen.seconds, chosen.seed, chosen.last)


if __name__ == "__main__":
    main()
