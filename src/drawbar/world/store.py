"""What a small system remembers: one SQLite file; a committed row outlives the process."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path


class Store:
    """One database file, one writer at a time."""

    def __init__(self, file: Path, schema: str) -> None:
        """Open ``file``, making it and its tables where they are missing."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._db = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.executescript(schema)

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction that is committed at the end of the block, or undone on an error."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        """Return what a query finds."""
        with self._lock:
            return self._db.execute(query, values).fetchall()

    @property
    def changes(self) -> int:
        """Return how many rows were changed since the file was opened."""
        with self._lock:
            return self._db.total_changes

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()


def stamp(moment: datetime) -> str:
    """Write an instant so that texts sort like times: ``2026-03-10T14:00:00Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
