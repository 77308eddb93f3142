"""The carrier itself: reads what lies in its inbox, answers, reports, bills; all at given times."""

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from msgspec import Struct

from drawbar.world import agenda as agendas
from drawbar.world import behaviour as behaviours
from drawbar.world.agenda import Agenda, Task
from drawbar.world.behaviour import Behaviour, Behaviours, Bill, Report
from drawbar.world.carrier_edi import words
from drawbar.world.carrier_edi.load import Load, load_of
from drawbar.world.carrier_edi.words import Line, Mail
from drawbar.world.exchange import Refusal
from drawbar.world.store import Store

SCHEMA = """
CREATE TABLE IF NOT EXISTS load (
    tender TEXT PRIMARY KEY, body TEXT NOT NULL, mail TEXT NOT NULL, pro TEXT NOT NULL,
    state TEXT NOT NULL, messages INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE IF NOT EXISTS load_name (name TEXT NOT NULL, tender TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS heard (control TEXT PRIMARY KEY, times INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS said (
    control INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL, load TEXT NOT NULL, body BLOB NOT NULL,
    is_out INTEGER NOT NULL DEFAULT 0, is_acknowledged INTEGER NOT NULL DEFAULT 0
);
"""
GROUPS = {"990": "GF", "214": "QM", "210": "IM", "997": "FA"}


class EdiSettings(Struct, frozen=True, kw_only=True):
    """Who the carrier is, and its folders as it sees them."""

    scac: str
    inbox: Path
    outbox: Path
    state: Path


class _Known(Struct, frozen=True):
    load: Load
    mail: Mail
    pro: str
    behaviour: Behaviour


class EdiCarrier:
    """A carrier on X12. It does something only when ``act`` or ``tell`` is called."""

    def __init__(self, settings: EdiSettings) -> None:
        """Go on where the state folder says that it was."""
        self._settings = settings
        schema = SCHEMA + agendas.SCHEMA + behaviours.SCHEMA
        self.store = Store(settings.state / "carrier_edi.sqlite", schema)
        self.behaviours = Behaviours(self.store)
        self._agenda = Agenda(self.store)
        own = (settings.state / "read", settings.state / "unreadable")
        for folder in (settings.inbox, settings.outbox, *own):
            folder.mkdir(parents=True, exist_ok=True)

    def act(self, now: datetime) -> None:
        """Read what came in, do what is due by ``now``, and put out what was said."""
        for file in sorted(self._settings.inbox.iterdir()):
            if not file.name.startswith(".") and file.is_file():
                file.rename(self._settings.state / self._hear(file, now) / file.name)
        for task in self._agenda.due(now):
            self._do(task, now)
        self._put_out()

    def report(self, ref: str, report: Report, now: datetime) -> None:
        """Say now what happened to a load."""
        with self.store.write() as db:
            self._report(db, self._known(ref), report, now)
        self._put_out()

    def bill(self, ref: str, bill: Bill, now: datetime) -> None:
        """Bill a load now."""
        with self.store.write() as db:
            self._bill(db, self._known(ref), bill, now)
        self._put_out()

    def say_again(self, control: int) -> None:
        """Put out once more what had been said under a control number."""
        with self.store.write() as db:
            db.execute("UPDATE said SET is_out = 0 WHERE control = ?", (control,))
        self._put_out()

    def _hear(self, file: Path, now: datetime) -> str:
        """Take in one file, and return the name of the folder where it belongs from now on."""
        try:
            lines = words.cut(file.read_text("latin-1"))
            code = next(line.at(1) for line in lines if line.tag == "ST")
            with self.store.write() as db:
                if code == "997":
                    self._note_receipt(db, lines)
                else:
                    self._take(db, lines, code, lines[0].at(13), now)
        except (ValueError, IndexError, StopIteration):
            return "unreadable"
        return "read"

    def _take(
        self, db: sqlite3.Connection, lines: list[Line], code: str, control: str, now: datetime
    ) -> None:
        load, mail = load_of(lines), words.answering(lines)
        behaviour = self.behaviours.towards(load.names)
        if behaviour.acknowledges:
            gs = next(line for line in lines if line.tag == "GS")
            number = next(line.at(2) for line in lines if line.tag == "ST")
            body = words.receipt(group=gs.at(1), control=gs.at(6), code=code, number=number)
            self._say(db, mail, code="997", load=load.tender, body=body, now=now)
        known = db.execute("SELECT 1 FROM heard WHERE control = ?", (control,)).fetchone()
        db.execute(
            "INSERT INTO heard (control, times) VALUES (?, 1)"
            " ON CONFLICT (control) DO UPDATE SET times = times + 1",
            (control,),
        )
        if not known:
            self._consider(db, load, mail, behaviour, now)

    def _consider(
        self, db: sqlite3.Connection, load: Load, mail: Mail, behaviour: Behaviour, now: datetime
    ) -> None:
        pro = behaviour.pro or f"P{abs(hash_of(load.tender)) % 10**8:08d}"
        state = "cancelled" if load.purpose == "01" else "tendered"
        db.execute(
            "INSERT INTO load (tender, body, mail, pro, state) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (tender) DO UPDATE SET body = excluded.body, state = excluded.state,"
            " messages = messages + 1",
            (load.tender, _text(load), _text(mail), pro, state),
        )
        names = [(name, load.tender) for name in load.names]
        db.executemany("INSERT INTO load_name (name, tender) VALUES (?, ?)", names)
        if state == "cancelled":
            self._agenda.drop(db, load.tender)
        elif behaviour.answer != "silent":
            due = now + timedelta(minutes=behaviour.after_minutes)
            self._agenda.add(db, due, kind="answer", load=load.tender)

    def _note_receipt(self, db: sqlite3.Connection, lines: list[Line]) -> None:
        for line in lines:
            if line.tag == "AK1":
                control = int(line.at(2) or 0)
                db.execute("UPDATE said SET is_acknowledged = 1 WHERE control = ?", (control,))

    def _do(self, task: Task, now: datetime) -> None:
        with self.store.write() as db:
            known = self._known(task.load)
            match task.kind:
                case "answer":
                    self._answer(db, known, now)
                case "report":
                    report = msgspec.json.decode(task.body, type=Report)
                    self._report(db, known, report, now)
                case "bill":
                    self._bill(db, known, msgspec.json.decode(task.body, type=Bill), now)
            self._agenda.done(db, task)

    def _answer(self, db: sqlite3.Connection, known: _Known, now: datetime) -> None:
        behaviour, load = known.behaviour, known.load
        accepts = behaviour.answer == "accept"
        body = words.answer(
            scac=self._settings.scac,
            load=_called(known),
            now=now,
            action="A" if accepts else "D",
            pro=known.pro if accepts else "",
            reason=behaviour.reason,
        )
        self._say(db, known.mail, code="990", load=load.tender, body=body, now=now)
        if not accepts:
            return
        for report in behaviour.reports:
            due = now + timedelta(minutes=report.after_minutes)
            self._agenda.add(db, due, kind="report", load=load.tender, body=_bytes(report))
        if behaviour.bill:
            due = now + timedelta(minutes=behaviour.bill.after_minutes)
            self._agenda.add(db, due, kind="bill", load=load.tender, body=_bytes(behaviour.bill))

    def _report(self, db: sqlite3.Connection, known: _Known, report: Report, now: datetime) -> None:
        load, at = known.load, known.load.wall_time(report)
        moment = f"{at:%Y%m%d}|{at:%H%M}|{report.zone}"
        event = f"AT7|{report.status}|{report.reason}|||{moment}\n"
        if report.status in {"AA", "AB"}:  # an appointment stands in other elements
            event = f"AT7|||{report.status}|{report.reason}|{moment}\n"
        body = words.status(
            pro=known.pro,
            load=_called(known),
            scac=self._settings.scac,
            shipment=load.shipment,
            event=event,
            place=load.place(report.stop),
        )
        self._say(db, known.mail, code="214", load=load.tender, body=body, now=now)

    def _bill(self, db: sqlite3.Connection, known: _Known, bill: Bill, now: datetime) -> None:
        bill = bill.of_tender(known.load.tender, known.load.pay)
        names = f"C3|{bill.currency}\nN9|CN|{known.pro}\n"
        names += f"N9|BM|{known.load.bol}\n" if known.load.bol else ""
        names += f"N1|RE|{bill.remit_to}\n" if bill.remit_to else ""
        lines = "".join(
            words.charge(number, cents=one.cents, code=one.code, text=one.text)
            for number, one in enumerate(bill.charges, start=1)
        )
        body = words.invoice(
            number=bill.number,
            load=_called(known),
            on=f"{bill.on:%Y%m%d}",
            cents=bill.cents,
            scac=self._settings.scac,
            names=names,
            lines=lines,
        )
        self._say(db, known.mail, code="210", load=known.load.tender, body=body, now=now)

    def _say(
        self,
        db: sqlite3.Connection,
        mail: Mail,
        *,
        code: str,
        load: str,
        body: str,
        now: datetime,
    ) -> None:
        control = db.execute(
            "INSERT INTO said (code, load, body) VALUES (?, ?, x'')", (code, load)
        ).lastrowid
        assert control is not None
        group = GROUPS[code]
        whole = words.envelope(mail, group=group, code=code, control=control, now=now, body=body)
        db.execute("UPDATE said SET body = ? WHERE control = ?", (whole, control))

    def _put_out(self) -> None:
        """Write what was said and is not out; dying in between writes the same file again."""
        for row in self.store.rows("SELECT * FROM said WHERE NOT is_out ORDER BY control"):
            name = f"{self._settings.scac}_{row['control']:09d}_{row['code']}.edi"
            half = self._settings.outbox / f".{name}.part"
            half.write_bytes(row["body"])
            half.rename(self._settings.outbox / name)
            with self.store.write() as db:
                db.execute("UPDATE said SET is_out = 1 WHERE control = ?", (row["control"],))

    def _known(self, ref: str) -> _Known:
        """Return the newest load that bears a name. Raise ``Refusal`` where there is none."""
        rows = self.store.rows(
            "SELECT l.* FROM load l JOIN load_name n ON n.tender = l.tender"
            " WHERE n.name = ? ORDER BY n.rowid DESC LIMIT 1",
            ref,
        )
        if not rows:
            raise Refusal("NOT_FOUND", f"no load is called {ref}", status=404)
        load = msgspec.json.decode(rows[0]["body"], type=Load)
        mail = msgspec.json.decode(rows[0]["mail"], type=Mail)
        return _Known(load, mail, rows[0]["pro"], self.behaviours.towards(load.names))


def hash_of(text: str) -> int:
    """Return a number that the same text always gets."""
    return int.from_bytes(text.encode(), "big") % 99_999_989


def _called(known: _Known) -> str:
    named = known.behaviour.names == "shipment" and known.load.shipment
    return known.load.shipment if named else known.load.tender


def _bytes(value: object) -> bytes:
    return msgspec.json.encode(value)


def _text(value: object) -> str:
    return _bytes(value).decode()
