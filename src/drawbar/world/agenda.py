"""What a carrier of the small world still has to do, and when. It has no clock: it is told.

What is on the agenda survives a crash; what was done stays done.
"""

import sqlite3
from datetime import datetime

from msgspec import Struct

from drawbar.world.store import Store, stamp

SCHEMA = """
CREATE TABLE IF NOT EXISTS task (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    due TEXT NOT NULL, kind TEXT NOT NULL, load TEXT NOT NULL, body TEXT NOT NULL,
    is_done INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS task_open ON task (due, id) WHERE NOT is_done;
CREATE INDEX IF NOT EXISTS task_open_by_load ON task (load) WHERE NOT is_done;
"""


class Task(Struct, frozen=True):
    """One thing to do about a load."""

    id: int
    kind: str
    load: str
    body: bytes


class Agenda:
    """The tasks of a carrier."""

    def __init__(self, store: Store) -> None:
        """Keep them in ``store``."""
        self._store = store

    def add(
        self, db: sqlite3.Connection, due: datetime, *, kind: str, load: str, body: bytes = b"{}"
    ) -> None:
        """Put something on the agenda, in the caller's transaction."""
        db.execute(
            "INSERT INTO task (due, kind, load, body) VALUES (?, ?, ?, ?)",
            (stamp(due), kind, load, body.decode()),
        )

    def due(self, now: datetime) -> list[Task]:
        """Return what is due, in the order of its time."""
        rows = self._store.rows(
            "SELECT * FROM task WHERE NOT is_done AND due <= ? ORDER BY due, id", stamp(now)
        )
        return [Task(row["id"], row["kind"], row["load"], row["body"].encode()) for row in rows]

    def done(self, db: sqlite3.Connection, task: Task) -> None:
        """Note that a task is done, in the caller's transaction."""
        db.execute("UPDATE task SET is_done = 1 WHERE id = ?", (task.id,))

    def drop(self, db: sqlite3.Connection, load: str) -> None:
        """Forget whatever is open about a load that was taken back."""
        db.execute("UPDATE task SET is_done = 1 WHERE load = ? AND NOT is_done", (load,))
