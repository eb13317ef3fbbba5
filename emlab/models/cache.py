"""Answers on disk: what a model said once is not computed, or paid for, again.

One SQLite file. The key is a hash of (model, revision, dtype, operation, request), so an answer can never
be taken for another model's. Every answer is greedy; nothing sampled comes here. Writes are whole
transactions in write-ahead mode: who is killed loses at most the answers that were about to be written.
Students' models and the grader's server use the same class, each with a file of its own.
"""

import contextlib
import hashlib
import json
import logging
import os
import sqlite3
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

# Of the table and of the way answers are computed; a file of another version is started afresh.
VERSION = 2
# Where answers are kept: a folder, or "off".
VARIABLE = "EMLAB_CACHE"

_IN_ONE_QUERY = 500

log = logging.getLogger(__name__)


def default_path() -> Path | None:
    """The file of answers of whoever runs this; None when EMLAB_CACHE=off."""
    wanted = os.environ.get(VARIABLE)
    if wanted == "off":
        return None
    return Path(wanted or _user_folder()) / "answers.db"


def _user_folder() -> Path:
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "emlab"


def request_key(name: str, revision: str, dtype: str, op: str, request: Any) -> bytes:
    """The key of one request to one model; `request` is plain JSON, or tuples of it."""
    text = json.dumps([name, revision, dtype, op, request], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).digest()


class Cache:
    """The answers in the file at `path`, which is made when it is missing; threads take turns."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._database = _open(path)
        except sqlite3.OperationalError:  # it can not be opened or written: nothing is wrong inside
            raise
        except sqlite3.DatabaseError:
            # Not a database, or a broken one. It is a cache: set it aside and go on.
            os.replace(path, path.with_name(path.name + ".broken"))
            for suffix in ("-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            self._database = _open(path)

    def get(self, wanted: list[bytes]) -> dict[bytes, Any]:
        """Those of the wanted answers that are known; none when the file can not be read."""
        try:
            with self._lock:
                return self._get(wanted)
        except sqlite3.Error:
            log.exception("the cache can not be read")
            return {}

    def _get(self, wanted: list[bytes]) -> dict[bytes, Any]:
        known = {}
        for start in range(0, len(wanted), _IN_ONE_QUERY):
            part = wanted[start : start + _IN_ONE_QUERY]
            marks = ",".join("?" * len(part))
            rows = self._database.execute(f"SELECT key, value FROM answers WHERE key IN ({marks})", part)
            known.update((key, json.loads(value)) for key, value in rows)
        return known

    def put(self, answers: Iterable[tuple[bytes, Any]]) -> None:
        """Keep these answers, plain JSON values; all of them or, when killed or out of space, none.

        The first answer to a request stays.
        """
        rows = [(key, json.dumps(value)) for key, value in answers]
        try:
            with self._lock, self._database:
                self._database.executemany("INSERT OR IGNORE INTO answers VALUES (?, ?)", rows)
        except sqlite3.Error:
            log.exception("answers can not be kept")

    def close(self) -> None:
        """End with everything in the one file."""
        with contextlib.suppress(sqlite3.Error), self._lock:
            self._database.close()


def _open(path: Path) -> sqlite3.Connection:
    # Threads take turns. 30 s: another process may be writing.
    database = sqlite3.connect(path, timeout=30, check_same_thread=False)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    with database:
        if database.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            database.execute("DROP TABLE IF EXISTS answers")
            database.execute(f"PRAGMA user_version = {VERSION}")
        database.execute(
            "CREATE TABLE IF NOT EXISTS answers (key BLOB PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"
        )
    return database
