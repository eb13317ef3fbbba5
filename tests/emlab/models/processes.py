"""A server of somebody else's as a process of its own, on a free port of 127.0.0.1."""

import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import httpx

START_SECONDS = 300  # on a busy machine; some 10 on another


@contextmanager
def running(arguments, log, health="/health"):
    """The address of the server that `python ARGUMENTS` starts; "{port}" in them is its port.

    It is ready when it answers at `health`. What it says goes into the file `log`.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, *(argument.format(port=port) for argument in arguments)]
    with log.open("w+") as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
        try:
            deadline = time.monotonic() + START_SECONDS
            while True:
                try:
                    httpx.get(f"http://127.0.0.1:{port}{health}").raise_for_status()
                    break
                except httpx.HTTPError:
                    alive = process.poll() is None and time.monotonic() < deadline
                    assert alive, log.read_text()[-3000:]
                    time.sleep(0.3)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()


def transformers_serve(model):
    """The arguments that start transformers' own server."""
    start = "from transformers.cli.transformers import main; main()"
    how = ["--host", "127.0.0.1", "--port", "{port}", "--device", "cpu", "--dtype", "float32"]
    return ["-c", start, "serve", model, *how]
