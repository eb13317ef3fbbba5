"""The broker: one server that holds the models while submissions are graded, and witnesses what they said.

    with BrokerHandle.start(cache_path, journal_dir) as broker:
        path = broker.open("student01", directory)    # a socket for this submission alone
        ...                                           # its kernel runs with EMLAB_BROKER=path
        usage = broker.close("student01")

The submission's side is `emlab.models.broker`; a kernel needs no torch. Answers are greedy, so they are
kept in a cache on disk and a second run computes nothing.
"""

from emgrader.broker.handle import BrokerDown, BrokerHandle

__all__ = ["BrokerDown", "BrokerHandle"]
