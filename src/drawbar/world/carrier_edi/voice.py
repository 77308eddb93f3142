"""How a carrier on X12 says things: one file each, under control numbers of its own."""

import sqlite3
from datetime import datetime
from pathlib import Path

import msgspec

from drawbar.world.behaviour import Bill, Pod, Report
from drawbar.world.carrier_edi.dialect import Dialect, Outgoing
from drawbar.world.carrier_edi.segment import Mail
from drawbar.world.exchange import Refusal
from drawbar.world.shelf import lay_out
from drawbar.world.store import Store
from drawbar.world.trucker import Known

SCHEMA = """
CREATE TABLE IF NOT EXISTS said (
    control INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL, load TEXT NOT NULL, body BLOB NOT NULL, inner TEXT NOT NULL DEFAULT '',
    times INTEGER NOT NULL DEFAULT 0,
    wanted INTEGER NOT NULL DEFAULT 1, is_acknowledged INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS said_waiting ON said (control) WHERE times < wanted;
"""


class EdiVoice:
    """Writes by its dialect, keeps what it wrote, and puts it into the folder by rename."""

    has_proofs = False

    def __init__(self, store: Store, dialect: Dialect, scac: str, outbox: Path) -> None:
        """Speak as ``scac`` into ``outbox``."""
        self._store, self._dialect, self._scac, self._outbox = store, dialect, scac, outbox

    def answer(self, db: sqlite3.Connection, known: Known, now: datetime) -> int:
        """Say a 990."""
        return self._about(db, known, "990", self._dialect.answer(known, self._scac, now), now)

    def report(self, db: sqlite3.Connection, known: Known, report: Report, now: datetime) -> int:
        """Say a 214, or one event more in one that is not out yet. Raise ``Refusal``."""
        query = (
            "SELECT * FROM said WHERE times < wanted AND times = 0 AND wanted = 1"
            " AND code = '214' AND load = ?"
        )
        open_one = db.execute(query, (known.load.tender,)).fetchone()
        inner = self._dialect.more(open_one["inner"], known, report) if open_one else ""
        if inner:
            outgoing = self._outgoing(known, "214", inner, now)
            return self._wrap(db, outgoing, int(open_one["control"]))
        return self._about(db, known, "214", self._dialect.status(known, self._scac, report), now)

    def bill(self, db: sqlite3.Connection, known: Known, bill: Bill, now: datetime) -> int:
        """Say a 210."""
        return self._about(db, known, "210", self._dialect.invoice(known, self._scac, bill), now)

    def pod(self, db: sqlite3.Connection, known: Known, pod: Pod, now: datetime) -> int:
        """Raise ``Refusal``: the proofs of this carrier come on paper."""
        del db, known, pod, now
        raise Refusal("ON_PAPER", "proofs of delivery of this carrier come on paper")

    def raw(self, db: sqlite3.Connection, text: str, now: datetime) -> int:
        """Say exactly this."""
        del now
        return self._keep(db, "raw", "", text.encode("utf-8", "surrogateescape"))

    def again(self, db: sqlite3.Connection, number: int) -> int:
        """Put out once more what had been said under a control number. Raise ``Refusal``."""
        query = "UPDATE said SET wanted = wanted + 1 WHERE control = ?"
        if db.execute(query, (number,)).rowcount == 0:
            raise Refusal("NOT_FOUND", f"nothing was said under {number}", status=404)
        return number

    def receipt(self, db: sqlite3.Connection, outgoing: Outgoing, load: str) -> int:
        """Say a 997; its control number is still to be given."""
        return self._say(db, outgoing, load)

    def put_out(self) -> None:
        """Write what was said and is not out; dying in between writes the same file again."""
        rows = self._store.rows("SELECT * FROM said WHERE times < wanted ORDER BY control")
        for row in rows:
            for time in range(row["times"], row["wanted"]):
                copy = f"-{time}" if time else ""
                name = f"{self._scac}_{row['control']:09d}{copy}_{row['code']}.edi"
                lay_out(self._outbox, name, row["body"])
        if rows:
            with self._store.write() as db:
                query = "UPDATE said SET times = wanted WHERE control = ?"
                db.executemany(query, [(row["control"],) for row in rows])

    def _about(
        self, db: sqlite3.Connection, known: Known, code: str, body: str, now: datetime
    ) -> int:
        return self._say(db, self._outgoing(known, code, body, now), known.load.tender)

    def _outgoing(self, known: Known, code: str, body: str, now: datetime) -> Outgoing:
        mail = msgspec.json.decode(known.line, type=Mail)
        return Outgoing(mail=mail, code=code, control=0, now=now, body=body)

    def _say(self, db: sqlite3.Connection, outgoing: Outgoing, load: str) -> int:
        return self._wrap(db, outgoing, self._keep(db, outgoing.code, load, b""))

    def _wrap(self, db: sqlite3.Connection, outgoing: Outgoing, control: int) -> int:
        whole = self._dialect.envelope(msgspec.structs.replace(outgoing, control=control))
        query = "UPDATE said SET body = ?, inner = ? WHERE control = ?"
        db.execute(query, (whole, outgoing.body, control))
        return control

    def _keep(self, db: sqlite3.Connection, code: str, load: str, body: bytes) -> int:
        query = "INSERT INTO said (code, load, body) VALUES (?, ?, ?)"
        return int(db.execute(query, (code, load, body)).lastrowid or 0)
