"""A private folder on this machine for one sandbox, which doesn't outlive it.

Its owner holds a lock on it, so a folder whose owner was killed is known by its free lock, and the next
sandbox that starts takes it away.
"""

import fcntl
import os
import shutil
import signal
import tempfile
import threading
from pathlib import Path

PREFIX = "emgrader-"
# The path of a Unix socket may have 107 bytes; a longer TMPDIR would not leave room for ours.
_LONGEST_BASE = 70


class PrivateFolder:
    """A folder that only its owner can enter. Close it, or use it in a with statement."""

    def __init__(self):
        _end_politely()
        base = tempfile.gettempdir()
        if len(base.encode()) > _LONGEST_BASE:
            base = "/tmp"
        sweep(base)
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=base))
        self._lock = os.open(self.path / "lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def close(self):
        """Remove the folder and all that is in it. May be called twice."""
        if self._lock is not None:
            _remove(self.path)
            os.close(self._lock)
            self._lock = None

    def __enter__(self):
        return self

    def __exit__(self, *_exc):
        self.close()


def _end_politely():
    """Let SIGTERM end this process as Ctrl-C does, so that its folders and sandboxes go with it."""
    main = threading.current_thread() is threading.main_thread()
    if main and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def sweep(base):
    """Remove folders in `base` whose owner is gone."""
    for path in Path(base).glob(PREFIX + "*/lock"):
        try:
            lock = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
        except OSError:
            continue  # another user's, or just gone
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _remove(path.parent)
        except OSError:
            pass  # in use
        finally:
            os.close(lock)


def _remove(path):
    # The sandbox may have made folders in here that can't be entered.
    def unlock(function, name, _error):
        try:
            os.chmod(os.path.dirname(name), 0o700)
            os.chmod(name, 0o700, follow_symlinks=os.chmod not in os.supports_follow_symlinks)
            function(name)
        except OSError:
            pass

    shutil.rmtree(path, onerror=unlock)
