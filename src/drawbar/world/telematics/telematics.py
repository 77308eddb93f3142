"""What the boxes in the trucks sent, numbered in the order in which it arrived.

It knows no truth: it has what it was told, each once by its key.
"""

from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct

from drawbar.freight.instant import Instant
from drawbar.world.store import Store, stamp

SCHEMA = """
CREATE TABLE IF NOT EXISTS event (seq INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS told (key TEXT PRIMARY KEY, seq INTEGER NOT NULL);
"""


class Sighting(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a truck's box says of a load. ``site`` is what happens at the stop, pickup or delivery.

    Without it the first stop is taken for the pickup. ``raw`` is put on the feed as it is, and
    ``again`` is the key of an earlier event that comes once more.
    """

    key: str = ""
    load: str = ""
    carrier: str = ""
    kind: Literal["entered", "left", "position"] = "position"
    stop: int = 0
    site: Literal["", "pickup", "delivery"] = ""
    at: Instant | None = None
    lat: float | None = None
    lon: float | None = None
    raw: str | None = None
    again: str = ""


class TelematicsTurn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One turn: what time it is, and what the boxes sent. The rest is for carriers."""

    now: Instant
    lessons: tuple[Any, ...] = ()
    told: tuple[Sighting, ...] = ()
    after: int = 0


class Telematics:
    """The provider's memory."""

    def __init__(self, state: Path) -> None:
        """Go on where the state folder says that it was."""
        self.store = Store(state / "telematics.sqlite", SCHEMA)

    def hear(self, turn: TelematicsTurn) -> None:
        """Take in what was not told before under its key."""
        news = [one for one in turn.told if not (one.key and self._seq(one.key))]
        if not news:
            return
        with self.store.write() as db:
            for one in news:
                seq = db.execute("INSERT INTO event (body) VALUES ('')").lastrowid or 0
                body = self._body(one, seq, stamp(one.at or turn.now))
                db.execute("UPDATE event SET body = ? WHERE seq = ?", (body, seq))
                if one.key:
                    db.execute("INSERT INTO told (key, seq) VALUES (?, ?)", (one.key, seq))

    def batch(self, after: int, limit: int) -> tuple[list[msgspec.Raw], int]:
        """Return the events behind number ``after``, and the number of the last of them."""
        query = "SELECT * FROM event WHERE seq > ? ORDER BY seq LIMIT ?"
        rows = self.store.rows(query, after, limit)
        last = rows[-1]["seq"] if rows else after
        return [msgspec.Raw(row["body"].encode()) for row in rows], int(last)

    def _body(self, one: Sighting, seq: int, at: str) -> str:
        if one.again:
            rows = self.store.rows("SELECT body FROM event WHERE seq = ?", self._seq(one.again))
            return str(rows[0]["body"]) if rows else "null"
        if one.raw is not None:
            return one.raw if _is_json(one.raw) else msgspec.json.encode(one.raw).decode()
        site = one.site or ("pickup" if one.stop == 1 else "delivery")
        event: dict[str, Any] = {"id": f"RS-{seq:08d}", "load": one.load, "carrier": one.carrier}
        event |= {"kind": one.kind, "at": at, "lat": one.lat, "lon": one.lon}
        event |= {"stop": one.stop, "site": site} if one.stop else {}
        return msgspec.json.encode(event).decode()

    def _seq(self, key: str) -> int:
        rows = self.store.rows("SELECT seq FROM told WHERE key = ?", key)
        return int(rows[0]["seq"]) if rows else 0


def _is_json(text: str) -> bool:
    try:
        msgspec.json.decode(text)
    except msgspec.DecodeError:
        return False
    return True
