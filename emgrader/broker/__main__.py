"""python -m emgrader.broker --cache FILE --journals FOLDER

Runs until its standard input ends. `BrokerHandle.start` is how the grader starts it.
"""

import argparse
import asyncio
import logging
import os
import sys
from pathlib import Path

from emgrader.broker.meter import Limits
from emgrader.broker.server import run


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m emgrader.broker", description="Serve models to submissions."
    )
    parser.add_argument("--cache", type=Path, required=True, help="the file of answers, made when missing")
    parser.add_argument("--journals", type=Path, required=True, help="where each submission's journal goes")
    parser.add_argument("--max-requests", type=int, default=Limits.requests, help="for one submission")
    parser.add_argument("--max-seconds", type=float, default=Limits.seconds, help="of the models, likewise")
    options = parser.parse_args()
    logging.basicConfig(format="%(asctime)s %(message)s")
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # read when torch is imported
    asyncio.run(run(options.cache, options.journals, Limits(options.max_requests, options.max_seconds)))
    # The models' thread may be in the middle of a batch that nobody waits for any more.
    sys.stdout.flush()
    os._exit(0)


main()
