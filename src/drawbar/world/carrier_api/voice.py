"""How a carrier with an API says things: one event each on its feed, numbered."""

import sqlite3
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from drawbar.world.behaviour import Bill, Pod, Report
from drawbar.world.carrier_api.shape import CHARGES, STATUSES
from drawbar.world.exchange import Refusal
from drawbar.world.store import Store, stamp
from drawbar.world.trucker import Known

SCHEMA = """
CREATE TABLE IF NOT EXISTS event (seq INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL);
"""
OFFSETS = {
    "CT": "America/Chicago",
    "ET": "America/New_York",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}
USUAL = ("tender", "shipment")
FIELDS = {"tender": "tender_id", "shipment": "shipment_id", "pro": "pro"}


class ApiVoice:
    """Puts events on the feed; there is nothing to bring out, as callers come and read."""

    has_proofs = True

    def __init__(self, store: Store) -> None:
        """Keep the events in ``store``."""
        self._store = store

    def events(self, after: int, limit: int) -> tuple[list[msgspec.Raw], int]:
        """Return what was said behind number ``after``, and the number of the last of it."""
        query = "SELECT seq, body FROM event WHERE seq > ? ORDER BY seq LIMIT ?"
        rows = self._store.rows(query, after, limit)
        last = rows[-1]["seq"] if rows else after
        return [msgspec.Raw(row["body"].encode()) for row in rows], last

    def answer(self, db: sqlite3.Connection, known: Known, now: datetime) -> int:
        """Accept or decline."""
        if known.behaviour.answer == "decline":
            reason = known.behaviour.reason
            return self._say(db, _named(known), now, type="tender.declined", reason=reason)
        return self._say(db, _named(known), now, type="tender.accepted", pro=known.pro)

    def report(self, db: sqlite3.Connection, known: Known, report: Report, now: datetime) -> int:
        """Say where the load is. Raise ``Refusal``."""
        return self._say(db, _named(known), now, **_tracking(report, known))

    def pod(self, db: sqlite3.Connection, known: Known, pod: Pod, now: datetime) -> int:
        """Hand in a proof of delivery."""
        return self._say(db, _named(known), now, type="pod", pod=_pod(pod))

    def bill(self, db: sqlite3.Connection, known: Known, bill: Bill, now: datetime) -> int:
        """Bill a load."""
        said = {kind: value for kind, value in known.names(bill, usual=USUAL).items() if value}
        named: dict[str, Any] = {field: said.pop(kind, "") for kind, field in FIELDS.items()}
        named |= {"references": said} if said else {}
        return self._say(db, named, now, type="invoice", invoice=_invoice(bill))

    def raw(self, db: sqlite3.Connection, text: str, now: datetime) -> int:
        """Put exactly this on the feed; what is no JSON, as a text."""
        del now
        return self._keep(db, _json(text))

    def again(self, db: sqlite3.Connection, number: int) -> int:
        """Put an event on the feed once more. Raise ``Refusal``."""
        row = db.execute("SELECT body FROM event WHERE seq = ?", (number,)).fetchone()
        if row is None:
            raise Refusal("NOT_FOUND", f"there is no event {number}", status=404)
        return self._keep(db, row["body"])

    def put_out(self) -> None:
        """Do nothing: what is on the feed is out."""

    def _say(
        self, db: sqlite3.Connection, named: dict[str, Any], now: datetime, **event: Any
    ) -> int:
        seq = self._keep(db, "{}")
        body = {"seq": seq, "id": f"EV-{seq:06d}", "occurred_at": stamp(now), **named, **event}
        text = msgspec.json.encode(body).decode()
        db.execute("UPDATE event SET body = ? WHERE seq = ?", (text, seq))
        return seq

    def _keep(self, db: sqlite3.Connection, body: str) -> int:
        return int(db.execute("INSERT INTO event (body) VALUES (?)", (body,)).lastrowid or 0)


def _named(known: Known) -> dict[str, Any]:
    return {"tender_id": known.load.tender, "shipment_id": known.load.shipment}


def _json(text: str) -> str:
    try:
        msgspec.json.decode(text)
    except msgspec.DecodeError:
        return msgspec.json.encode(text).decode()
    return text


def _tracking(report: Report, known: Known) -> dict[str, Any]:
    """Return a tracking event; ``LT`` says the wall's clock without an offset."""
    at = known.load.wall_time(report)
    if at.tzinfo is None and report.zone in OFFSETS:
        at = at.replace(tzinfo=ZoneInfo(OFFSETS[report.zone]))
    stated = at.isoformat() if at.tzinfo is None else stamp(at.astimezone(UTC))
    return {
        "type": "tracking",
        "occurred_at": stated,
        "status": STATUSES.get(report.status, report.status),
        "stop": report.stop,
        "reason": "" if report.reason == "NS" else report.reason,
    }


def _pod(pod: Pod) -> dict[str, Any]:
    return {
        "signed_by": pod.signer,
        "signed_on": pod.signed_on,
        "pieces": pod.pieces,
        "legible": pod.legible,
        "remarks": pod.notes,
    }


def _invoice(bill: Bill) -> dict[str, Any]:
    return {
        "number": bill.number,
        "date": bill.on,
        "currency": bill.currency,
        "total": str(Decimal(bill.cents).scaleb(-2)),
        "remit_to": bill.remit_to,
        "lines": [
            {
                "code": CHARGES.get(charge.code, charge.code),
                "amount": str(charge.amount),
                "description": charge.text,
                "stop": charge.stop,
            }
            for charge in bill.billed
        ],
    }
