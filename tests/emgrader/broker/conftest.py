import os
import subprocess
import sys

import pytest

import emlab
from emgrader.broker import BrokerHandle


@pytest.fixture
def rung():
    """The name of the smallest rung."""
    return emlab.rungs()[0]


@pytest.fixture
def start(tmp_path):
    """Start a broker with its files in tmp_path; the same cache each time."""
    handles = []

    def start_broker(limits=None):
        handles.append(BrokerHandle.start(tmp_path / "cache.db", tmp_path / "journals", limits))
        return handles[-1]

    yield start_broker
    for handle in handles:
        handle.stop()


@pytest.fixture
def client():
    """Run Python code in a process that speaks to the socket at `path`; returns the process."""

    def run(path, code):
        return subprocess.Popen(
            [sys.executable, "-c", code],
            env={**os.environ, "EMLAB_BROKER": str(path)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return run
