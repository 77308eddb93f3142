"""The carrier itself: takes tenders, answers, reports and bills on its feed; all at given times.

It does not guard against doubles: a tender sent twice is two loads for it, a notice two notices.
"""

import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from drawbar.world import trucker as truckers
from drawbar.world.behaviour import Ordered
from drawbar.world.carrier_api import voice as voices
from drawbar.world.carrier_api.shape import Notice, Tender
from drawbar.world.carrier_api.voice import ApiVoice
from drawbar.world.exchange import Refusal
from drawbar.world.store import Store
from drawbar.world.trucker import Trucker
from drawbar.world.turn import Turn, Turned

SCHEMA = """
CREATE TABLE IF NOT EXISTS tender (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    reference TEXT NOT NULL, tender_id TEXT NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS tender_by_reference ON tender (reference);
CREATE TABLE IF NOT EXISTS notice (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    reference TEXT NOT NULL, told TEXT NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS notice_by_reference ON notice (reference);
"""
TRAILERS = frozenset({"VAN", "REEFER", "FLATBED"})


class ApiCarrier:
    """A carrier with an API. It does something only when it is asked, told, or made to act."""

    def __init__(self, state: Path) -> None:
        """Go on where the state folder says that it was."""
        schema = SCHEMA + voices.SCHEMA + truckers.SCHEMA
        self.store = Store(state / "carrier_api.sqlite", schema)
        self._voice = ApiVoice(self.store)
        self._trucker = Trucker(self.store, self._voice)
        self.behaviours, self.events = self._trucker.behaviours, self._voice.events

    def take(self, tender: Tender, now: datetime) -> dict[str, Any]:
        """Take in a tender. Raise ``Refusal`` naming what it does not like."""
        if tender.equipment and tender.equipment not in TRAILERS:
            text = f"we have no {tender.equipment}"
            raise Refusal("UNKNOWN", text, field="equipment")
        with self.store.write() as db:
            key = db.execute(
                "INSERT INTO tender (reference, tender_id, body) VALUES (?, ?, ?)",
                (tender.reference, tender.tender_id, msgspec.json.encode(tender).decode()),
            ).lastrowid
            self._trucker.take(db, tender.load, "", now)
        return self.shown(key or 0)

    def shown(self, key: int) -> dict[str, Any]:
        """Return a tender with our number for it. Raise ``Refusal`` where there is none."""
        rows = self.store.rows("SELECT * FROM tender WHERE id = ?", key)
        if not rows:
            raise Refusal("NOT_FOUND", f"no load {key}", status=404)
        return _shown(rows[0])

    def search(self, reference: str) -> list[dict[str, Any]]:
        """Return the tenders that bear a caller's reference."""
        rows = self.store.rows("SELECT * FROM tender WHERE reference = ? ORDER BY id", reference)
        return [_shown(row) for row in rows]

    def note(self, notice: Notice) -> dict[str, Any]:
        """Keep a word about a bill. Raise ``Refusal`` where it names none."""
        if not notice.invoice:
            raise Refusal("MISSING", "which invoice is it about?", field="invoice")
        told = msgspec.json.encode(notice).decode()
        with self.store.write() as db:
            query = "INSERT INTO notice (reference, told, body) VALUES (?, ?, ?)"
            key = db.execute(query, (notice.reference, told, notice.letter)).lastrowid
        return _noted(key or 0, told)

    def notices(self, reference: str) -> list[dict[str, Any]]:
        """Return the notices that bear a caller's reference; all of them where it is empty."""
        query = "SELECT id, told FROM notice WHERE ? IN ('', reference) ORDER BY id"
        return [_noted(row["id"], row["told"]) for row in self.store.rows(query, reference)]

    def act(self, now: datetime) -> None:
        """Do what is due by ``now``."""
        self._trucker.act(now)

    def turn(self, turn: Turn) -> Turned:
        """Take one turn."""
        return self._trucker.turn(turn)

    def tell(self, ordered: Ordered, now: datetime) -> None:
        """Say one thing now. Raise ``Refusal``."""
        self._trucker.tell(ordered, now)


def _shown(row: sqlite3.Row) -> dict[str, Any]:
    return {"load_id": f"NL-{row['id']:06d}", **msgspec.json.decode(row["body"])}


def _noted(key: int, told: str) -> dict[str, Any]:
    return {"notice_id": f"NN-{key:06d}", **msgspec.json.decode(told)}
