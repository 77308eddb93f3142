"""The carrier itself: takes tenders, answers, reports and bills on its feed; all at given times.

It does not guard against doubles: a tender sent twice is two loads for it.
"""

import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from drawbar.world import agenda as agendas
from drawbar.world import behaviour as behaviours
from drawbar.world.agenda import Agenda
from drawbar.world.behaviour import Behaviour, Behaviours, Bill, Pod, Report
from drawbar.world.carrier_api.shape import CHARGES, STATUSES, Tender
from drawbar.world.exchange import Refusal
from drawbar.world.store import Store, stamp

SCHEMA = """
CREATE TABLE IF NOT EXISTS tender (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    reference TEXT NOT NULL, tender_id TEXT NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS tender_by_reference ON tender (reference);
CREATE TABLE IF NOT EXISTS tender_name (name TEXT NOT NULL, tender INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS event (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL
);
"""
TRAILERS = frozenset({"VAN", "REEFER", "FLATBED"})
OFFSETS = {"CT": "America/Chicago", "ET": "America/New_York", "PT": "America/Los_Angeles"}


class ApiCarrier:
    """A carrier with an API. It does something only when it is asked, told, or made to act."""

    def __init__(self, state: Path) -> None:
        """Go on where the state folder says that it was."""
        schema = SCHEMA + agendas.SCHEMA + behaviours.SCHEMA
        self.store = Store(state / "carrier_api.sqlite", schema)
        self.behaviours = Behaviours(self.store)
        self._agenda = Agenda(self.store)
        self._lock = threading.Lock()

    def take(self, tender: Tender, now: datetime) -> dict[str, Any]:
        """Take in a tender. Raise ``Refusal`` naming what it does not like."""
        if tender.equipment and tender.equipment not in TRAILERS:
            text = f"we have no {tender.equipment}"
            raise Refusal("UNKNOWN", text, field="equipment")
        names = (tender.tender_id, tender.shipment_id, *tender.references.values())
        behaviour = self.behaviours.towards(tuple(name for name in names if name))
        with self.store.write() as db:
            key = db.execute(
                "INSERT INTO tender (reference, tender_id, body) VALUES (?, ?, ?)",
                (tender.reference, tender.tender_id, msgspec.json.encode(tender).decode()),
            ).lastrowid
            named = [(name, key) for name in dict.fromkeys(names) if name]
            db.executemany("INSERT INTO tender_name (name, tender) VALUES (?, ?)", named)
            if tender.action == "cancel":
                self._agenda.drop(db, tender.tender_id)
            elif behaviour.answer != "silent":
                due = now + timedelta(minutes=behaviour.after_minutes)
                self._agenda.add(db, due, kind="answer", load=tender.tender_id)
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

    def events(self, after: int, limit: int) -> list[dict[str, Any]]:
        """Return what was said behind number ``after``."""
        query = "SELECT seq, body FROM event WHERE seq > ? ORDER BY seq LIMIT ?"
        rows = self.store.rows(query, after, limit)
        return [{"seq": row["seq"], **msgspec.json.decode(row["body"])} for row in rows]

    def act(self, now: datetime) -> None:
        """Do what is due by ``now``."""
        with self._lock:
            self._act(now)

    def _act(self, now: datetime) -> None:
        for task in self._agenda.due(now):
            with self.store.write() as db:
                tender, behaviour = self._known(task.load)
                match task.kind:
                    case "answer":
                        self._answer(db, tender, behaviour, now)
                    case "report":
                        report = msgspec.json.decode(task.body, type=Report)
                        self._say(db, tender, now, **_tracking(report, tender))
                    case "pod":
                        pod = msgspec.json.decode(task.body, type=Pod)
                        self._say(db, tender, now, type="pod", pod=_pod(pod))
                    case "bill":
                        bill = msgspec.json.decode(task.body, type=Bill)
                        bill = bill.of_tender(tender.tender_id, tender.rate)
                        self._say(db, tender, now, type="invoice", invoice=_invoice(bill))
                self._agenda.done(db, task)

    def tell(self, ref: str, now: datetime, *told: Report | Pod | Bill | None) -> None:
        """Say something about a load now."""
        kinds = {Report: "report", Pod: "pod", Bill: "bill"}
        tender, _ = self._known(ref)
        with self.store.write() as db:
            for one in told:
                if one is not None:
                    body, kind = msgspec.json.encode(one), kinds[type(one)]
                    self._agenda.add(db, now, kind=kind, load=tender.tender_id, body=body)
        self.act(now)

    def _answer(
        self, db: sqlite3.Connection, tender: Tender, behaviour: Behaviour, now: datetime
    ) -> None:
        if behaviour.answer == "decline":
            self._say(db, tender, now, type="tender.declined", reason=behaviour.reason)
            return
        pro = behaviour.pro or f"N{len(tender.tender_id)}{now:%y%m%d%H%M%S}"
        self._say(db, tender, now, type="tender.accepted", pro=pro)
        planned: list[tuple[str, Report | Pod | Bill]] = []
        planned += [("report", report) for report in behaviour.reports]
        planned += [("pod", behaviour.pod)] if behaviour.pod else []
        planned += [("bill", behaviour.bill)] if behaviour.bill else []
        for kind, one in planned:
            due, body = now + timedelta(minutes=one.after_minutes), msgspec.json.encode(one)
            self._agenda.add(db, due, kind=kind, load=tender.tender_id, body=body)

    def _say(self, db: sqlite3.Connection, tender: Tender, now: datetime, **event: Any) -> None:
        named = {"tender_id": tender.tender_id, "shipment_id": tender.shipment_id}
        body = {"id": "", "occurred_at": stamp(now), **named, **event}
        key = db.execute(
            "INSERT INTO event (body) VALUES (?)", (msgspec.json.encode(body).decode(),)
        ).lastrowid
        body["id"] = f"EV-{key:06d}"
        text = msgspec.json.encode(body).decode()
        db.execute("UPDATE event SET body = ? WHERE seq = ?", (text, key))

    def _known(self, ref: str) -> tuple[Tender, Behaviour]:
        rows = self.store.rows(
            "SELECT t.* FROM tender t JOIN tender_name n ON n.tender = t.id"
            " WHERE n.name = ? ORDER BY t.id DESC LIMIT 1",
            ref,
        )
        if not rows:
            raise Refusal("NOT_FOUND", f"no load is called {ref}", status=404)
        tender = msgspec.json.decode(rows[0]["body"], type=Tender)
        names = (tender.tender_id, tender.shipment_id, *tender.references.values())
        return tender, self.behaviours.towards(names)


def _shown(row: sqlite3.Row) -> dict[str, Any]:
    return {"load_id": f"NL-{row['id']:06d}", **msgspec.json.decode(row["body"])}


def _tracking(report: Report, tender: Tender) -> dict[str, Any]:
    """Return a tracking event; ``LT`` says the wall's clock without an offset."""
    stop = next((one for one in tender.stops if one.sequence == report.stop), None)
    at = report.at
    if at is None:
        assert stop is not None
        at = stop.opens + timedelta(minutes=report.minutes)
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
            }
            for charge in bill.charges
        ],
    }
