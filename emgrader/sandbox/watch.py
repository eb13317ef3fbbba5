"""Watches the memory of this process while a sandbox is connected to it.

What a connection brings is gathered in memory until it is a whole message, and a message may have any number
of frames: by writing to its end of a connection, student code could fill the memory of the machine, which no
limit of the sandbox prevents.
"""

import os
import threading

ROOM = 2**30  # bytes that this process may grow by, answers and what tests make of them included
_PERIOD = 0.1  # seconds between looks


class Watch:
    """Calls `act`, once and in another thread, when this process has grown by more than `room` bytes."""

    def __init__(self, act, room=ROOM):
        self._act = act
        self._limit = memory() + room
        self._done = threading.Event()
        threading.Thread(target=self._look, daemon=True).start()

    def stop(self):
        """Watch no longer. May be repeated."""
        self._done.set()

    def _look(self):
        while not self._done.wait(_PERIOD):
            if memory() > self._limit:
                self._act()
                return


def memory():
    """Bytes of memory that this process holds; 0 where that can't be read."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
