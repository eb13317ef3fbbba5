"""Answers on disk: what a model said once is not computed again, in this run or the next.

One SQLite file. The key is a hash of (model, revision, dtype, operation, request), so an answer can never
be taken for another model's. Every answer is greedy; nothing sampled comes here. Writes are whole
transactions in write-ahead mode: a killed broker loses at most the answers it was about to write.
"""

import contextlib
import hashlib
import json
import logging
import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from emgrader.broker.protocol import Question, canonical

VERSION = 1  # of the table; another version's file is started afresh
_IN_ONE_QUERY = 500

log = logging.getLogger(__name__)


class Answer(NamedTuple):
    """What a model said to one request, as plain JSON values, and the tokens of the prompt."""

    value: Any
    tokens: int


def keys(question: Question) -> list[bytes]:
    """One key for each request of the question."""
    rung = question.rung
    common = json.dumps([rung.name, rung.revision, rung.dtype, question.op]).encode("utf-8")
    return [hashlib.sha256(common + canonical(item).encode("utf-8")).digest() for item in question.items]


class Cache:
    """The answers in the file at `path`, which is made when it is missing; one thread at a time."""

    def __init__(self, path: Path) -> None:
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

    def get(self, wanted: list[bytes]) -> dict[bytes, Answer]:
        """Those of the wanted answers that are known; none when the file can not be read."""
        try:
            return self._get(wanted)
        except sqlite3.Error:
            log.exception("the cache can not be read")
            return {}

    def _get(self, wanted: list[bytes]) -> dict[bytes, Answer]:
        known = {}
        for start in range(0, len(wanted), _IN_ONE_QUERY):
            part = wanted[start : start + _IN_ONE_QUERY]
            marks = ",".join("?" * len(part))
            rows = self._database.execute(
                f"SELECT key, value, tokens FROM answers WHERE key IN ({marks})", part
            )
            known.update((key, Answer(json.loads(value), tokens)) for key, value, tokens in rows)
        return known

    def put(self, answers: Iterable[tuple[bytes, Answer]]) -> None:
        """Keep these answers; all of them or, when killed or out of space, none."""
        rows = [(key, json.dumps(answer.value), answer.tokens) for key, answer in answers]
        try:
            with self._database:
                self._database.executemany("INSERT OR IGNORE INTO answers VALUES (?, ?, ?)", rows)
        except sqlite3.Error:
            log.exception("answers can not be kept")

    def close(self) -> None:
        """End with everything in the one file."""
        with contextlib.suppress(sqlite3.Error):
            self._database.close()


def _open(path: Path) -> sqlite3.Connection:
    # Several threads may own it one after the other. 30 s: another broker may be writing.
    database = sqlite3.connect(path, timeout=30, check_same_thread=False)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    with database:
        if database.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            database.execute("DROP TABLE IF EXISTS answers")
            database.execute(f"PRAGMA user_version = {VERSION}")
        database.execute(
            "CREATE TABLE IF NOT EXISTS answers"
            " (key BLOB PRIMARY KEY, value TEXT NOT NULL, tokens INTEGER NOT NULL) WITHOUT ROWID"
        )
    return database
