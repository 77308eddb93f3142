"""The score book: what is still to be said, what was said, and the truth as it came about.

It survives any crash, so a world goes on where it stopped; nothing in it is said twice.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from drawbar.world.plan import Acceptance, Saying
from drawbar.world.store import Store, stamp
from drawbar.world.truth import AnyRecord, truth_line

SCHEMA = """
CREATE TABLE IF NOT EXISTS saying (
    key TEXT PRIMARY KEY, due TEXT NOT NULL, mouth TEXT NOT NULL, carrier TEXT NOT NULL,
    load TEXT NOT NULL, body TEXT NOT NULL, truth BLOB, is_said INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS saying_due ON saying (is_said, due);
CREATE TABLE IF NOT EXISTS truth (key TEXT PRIMARY KEY, line BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS note (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


class Line(Struct, frozen=True, kw_only=True):
    """One thing to say, and whose mouth says it."""

    key: str
    mouth: str
    carrier: str
    body: dict[str, object]
    truth: bytes | None


class ScoreBook:
    """Keeps the agenda and the truth of one world."""

    def __init__(self, folder: Path) -> None:
        """Open the book in the folder of the world."""
        self._folder = folder
        self._store = Store(folder / "conductor" / "score_book.sqlite", SCHEMA)

    def plan(self, acceptance: Acceptance, sayings: Iterable[Saying]) -> None:
        """Plan what is said about a load; what had been planned and is not said yet is dropped."""
        load = f"{acceptance.carrier}/{acceptance.tender}"
        with self._store.write() as db:
            db.execute("DELETE FROM saying WHERE load = ? AND NOT is_said", (load,))
            db.executemany(
                "INSERT OR IGNORE INTO saying (key, due, mouth, carrier, load, body, truth)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                [_row(one, acceptance.carrier, load) for one in sayings],
            )

    def due(self, now: datetime) -> list[Line]:
        """Return what is to be said by ``now``, in order."""
        rows = self._store.rows(
            "SELECT * FROM saying WHERE NOT is_said AND due <= ? ORDER BY due, key", stamp(now)
        )
        return [
            Line(
                key=row["key"],
                mouth=row["mouth"],
                carrier=row["carrier"],
                body=json.loads(row["body"]),
                truth=row["truth"],
            )
            for row in rows
        ]

    def said(self, lines: Sequence[Line]) -> None:
        """Note that lines were said; with them comes their truth."""
        if not lines:
            return
        with self._store.write() as db:
            keys = [(line.key,) for line in lines]
            db.executemany("UPDATE saying SET is_said = 1 WHERE key = ?", keys)
            known = [(line.key, line.truth) for line in lines if line.truth]
            db.executemany("INSERT OR IGNORE INTO truth (key, line) VALUES (?, ?)", known)

    def put_off(self, line: Line, due: datetime) -> None:
        """Say something later."""
        with self._store.write() as db:
            db.execute("UPDATE saying SET due = ? WHERE key = ?", (stamp(due), line.key))

    def next_due(self) -> datetime | None:
        """Return when the next thing is to be said."""
        (row,) = self._store.rows("SELECT min(due) AS due FROM saying WHERE NOT is_said")
        return datetime.fromisoformat(row["due"]) if row["due"] else None

    def learn(self, key: str, record: AnyRecord) -> None:
        """Keep a line of the truth; a later one under the same key takes its place."""
        with self._store.write() as db:
            db.execute("INSERT OR REPLACE INTO truth VALUES (?, ?)", (key, truth_line(record)))

    def note(self, name: str, value: str) -> None:
        """Remember something by its name."""
        with self._store.write() as db:
            db.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, value))

    def noted(self, name: str) -> str:
        """Return what was noted, empty where nothing was."""
        rows = self._store.rows("SELECT value FROM note WHERE name = ?", name)
        return rows[0]["value"] if rows else ""

    def unseal(self) -> Path:
        """Write the truth as a file beside the world and return it."""
        file = self._folder / "truth.jsonl"
        rows = self._store.rows("SELECT line FROM truth ORDER BY rowid")
        file.write_bytes(b"".join(bytes(row["line"]) for row in rows))
        return file

    def close(self) -> None:
        """Close the book."""
        self._store.close()


def _row(one: Saying, carrier: str, load: str) -> tuple[object, ...]:
    truth = truth_line(one.truth) if one.truth else None
    body = msgspec.json.encode(one.body).decode()
    return one.key, stamp(one.at), one.mouth, carrier, load, body, truth
