"""What a carrier of the small world has in its book, and what it was told to say already.

The book only grows: whoever runs the world reads on behind the last line that it knows.
"""

import sqlite3
from datetime import datetime
from typing import Any

import msgspec

from drawbar.world.load import Load
from drawbar.world.store import Store, stamp

SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (seq INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS told (key TEXT PRIMARY KEY, said INTEGER NOT NULL);
"""


class Book:
    """The lines of a carrier's book, and the keys of what it was told."""

    def __init__(self, store: Store) -> None:
        """Keep them in ``store``."""
        self._store = store

    def enter(
        self, db: sqlite3.Connection, load: Load, *, pro: str, state: str, now: datetime
    ) -> None:
        """Write one more line: a load was accepted, or taken back; in the caller's transaction."""
        line = {
            "tender": load.tender,
            "shipment": load.shipment,
            "names": load.names,
            "pro": pro,
            "at": stamp(now),
            "state": state,
            "pay": None if load.pay is None else f"{load.pay:.2f}",
            "pieces": load.pieces,
            "stops": load.stops,
        }
        db.execute("INSERT INTO entry (body) VALUES (?)", (msgspec.json.encode(line).decode(),))

    def lines(self, after: int) -> list[dict[str, Any]]:
        """Return the lines behind number ``after``, oldest first."""
        rows = self._store.rows("SELECT * FROM entry WHERE seq > ? ORDER BY seq", after)
        return [{"seq": row["seq"], **msgspec.json.decode(row["body"])} for row in rows]

    def said_under(self, key: str) -> int | None:
        """Return the number of what was said under a key, None where nothing was."""
        rows = self._store.rows("SELECT said FROM told WHERE key = ?", key)
        return int(rows[0]["said"]) if rows else None

    def note(self, db: sqlite3.Connection, key: str, said: int) -> None:
        """Remember under which number something was said; in the caller's transaction."""
        if key:
            db.execute("INSERT INTO told (key, said) VALUES (?, ?)", (key, said))
