"""How a carrier behind a portal says things: rows, which go out together as one table a kind."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import msgspec

from drawbar.world.behaviour import Bill, Charge, Pod, Report
from drawbar.world.carrier_csv.sheet import CHARGES, HEADINGS, STATUSES, kind_of, written
from drawbar.world.exchange import Refusal
from drawbar.world.shelf import lay_out
from drawbar.world.store import Store, stamp
from drawbar.world.trucker import Known

SCHEMA = """
CREATE TABLE IF NOT EXISTS sheet (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, body BLOB NOT NULL,
    times INTEGER NOT NULL DEFAULT 0, wanted INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX IF NOT EXISTS sheet_waiting ON sheet (id) WHERE times < wanted;
CREATE TABLE IF NOT EXISTS said (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, rows TEXT NOT NULL, sheet INTEGER
);
CREATE INDEX IF NOT EXISTS said_waiting ON said (kind, id) WHERE sheet IS NULL;
"""
USUAL = ("tender", "shipment", "pro", "bol")
ANSWERS = {"accept": "yes", "decline": "no"}


class CsvVoice:
    """Collects rows and puts out tables by rename; a table that was made stays as it is."""

    has_proofs = True

    def __init__(self, store: Store, outbox: Path) -> None:
        """Speak into ``outbox``."""
        self._store, self._outbox = store, outbox

    def answer(self, db: sqlite3.Connection, known: Known, now: datetime) -> int:
        """Say yes or no."""
        behaviour, load = known.behaviour, known.load
        pro = known.pro if behaviour.answer == "accept" else ""
        answer = ANSWERS[behaviour.answer]
        row = (load.tender, load.shipment, answer, behaviour.reason, pro, stamp(now))
        return self._say(db, "answers", [row])

    def report(self, db: sqlite3.Connection, known: Known, report: Report, now: datetime) -> int:
        """Say where the load is. Raise ``Refusal``."""
        del now
        load, at = known.load, known.load.wall_time(report)
        stop = load.stop(report.stop)
        place = (stop.city, stop.state) if stop else ("", "")
        status = STATUSES.get(report.status, report.status)
        zone = "" if report.zone == "LT" else report.zone
        reason = "" if report.reason == "NS" else report.reason
        when = (report.stop or "", f"{at:%Y-%m-%d %H:%M}", zone, reason)
        return self._say(db, "status", [(load.shipment, known.pro, status, *when, *place)])

    def pod(self, db: sqlite3.Connection, known: Known, pod: Pod, now: datetime) -> int:
        """Hand in a proof of delivery."""
        del now
        signed_on = f"{pod.signed_on:%m/%d/%Y}" if pod.signed_on else ""
        pieces = "" if pod.pieces is None else pod.pieces
        proof = (pod.signer, signed_on, pieces, "yes" if pod.legible else "no", pod.notes)
        return self._say(db, "pods", [(known.load.shipment, known.pro, *proof)])

    def bill(self, db: sqlite3.Connection, known: Known, bill: Bill, now: datetime) -> int:
        """Bill a load, a row for each line."""
        del now
        return self._say(db, "bills", bill_rows(known, bill))

    def raw(self, db: sqlite3.Connection, text: str, now: datetime) -> int:
        """Put out exactly this as a file of the kind that it begins like."""
        del now
        number = self._keep(db, kind_of(text), text.encode("utf-8", "surrogateescape"))
        query = "INSERT INTO said (kind, rows, sheet) VALUES ('raw', '[]', ?)"
        return int(db.execute(query, (number,)).lastrowid or 0)

    def again(self, db: sqlite3.Connection, number: int) -> int:
        """Put out once more the table in which something was said. Raise ``Refusal``."""
        self._fill(db)
        row = db.execute("SELECT sheet FROM said WHERE id = ?", (number,)).fetchone()
        if row is None:
            raise Refusal("NOT_FOUND", f"nothing was said under {number}", status=404)
        db.execute("UPDATE sheet SET wanted = wanted + 1 WHERE id = ?", (row["sheet"],))
        return number

    def put_out(self) -> None:
        """Write what was said and is not out; dying in between writes the same files again."""
        if self._store.rows("SELECT 1 FROM said WHERE sheet IS NULL LIMIT 1"):
            with self._store.write() as db:
                self._fill(db)
        sheets = self._store.rows("SELECT * FROM sheet WHERE times < wanted ORDER BY id")
        for sheet in sheets:
            for time in range(sheet["times"], sheet["wanted"]):
                copy = f"-{time}" if time else ""
                lay_out(self._outbox, f"{sheet['kind']}-{sheet['id']:06d}{copy}.csv", sheet["body"])
        if sheets:
            with self._store.write() as db:
                query = "UPDATE sheet SET times = wanted WHERE id = ?"
                db.executemany(query, [(sheet["id"],) for sheet in sheets])

    def _say(self, db: sqlite3.Connection, kind: str, rows: Iterable[Sequence[object]]) -> int:
        text = msgspec.json.encode(list(rows)).decode()
        query = "INSERT INTO said (kind, rows) VALUES (?, ?)"
        return int(db.execute(query, (kind, text)).lastrowid or 0)

    def _fill(self, db: sqlite3.Connection) -> None:
        """Make a table of each kind of rows that are in none yet: from now on it stays as it is."""
        query = "SELECT * FROM said WHERE sheet IS NULL ORDER BY kind, id"
        waiting = db.execute(query).fetchall()
        for kind, group in groupby(waiting, key=lambda row: str(row["kind"])):
            said = list(group)
            rows = [each for one in said for each in msgspec.json.decode(one["rows"])]
            number = self._keep(db, kind, written(kind, rows))
            marks = [(number, one["id"]) for one in said]
            db.executemany("UPDATE said SET sheet = ? WHERE id = ?", marks)

    def _keep(self, db: sqlite3.Connection, kind: str, body: bytes) -> int:
        assert kind in HEADINGS
        query = "INSERT INTO sheet (kind, body) VALUES (?, ?)"
        return int(db.execute(query, (kind, body)).lastrowid or 0)


def bill_rows(known: Known, bill: Bill) -> list[tuple[object, ...]]:
    """Return a bill as rows of this carrier's table, one for each line."""
    said = known.names(bill, usual=USUAL)
    kinds = ("tender", "shipment", "pro", "bol", "po", "order")
    head = (bill.number, f"{bill.on:%m/%d/%Y}", *(said.get(kind, "") for kind in kinds))
    foot = (bill.currency, f"{Decimal(bill.cents).scaleb(-2):,.2f}", bill.remit_to)
    lines = enumerate(bill.billed, start=1)
    return [(*head, number, *_line(one), *foot) for number, one in lines]


def _line(one: Charge) -> tuple[object, ...]:
    code = CHARGES.get(one.code, one.code)
    return code, one.text, one.stop or "", f"{one.amount:,.2f}"
