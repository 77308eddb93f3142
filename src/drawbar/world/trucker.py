"""A carrier, whatever line it speaks over: it takes loads, answers, reports and bills, each once.

It does something only when it is made to. What it says and how is its voice's business.
"""

import sqlite3
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Protocol

import msgspec
from msgspec import Struct

from drawbar.world import agenda as agendas
from drawbar.world import behaviour as behaviours
from drawbar.world import book as books
from drawbar.world.agenda import Agenda, Task
from drawbar.world.behaviour import Behaviour, Behaviours, Bill, Ordered, Pod, Report
from drawbar.world.book import Book
from drawbar.world.exchange import Refusal
from drawbar.world.fault import Faults
from drawbar.world.load import Load
from drawbar.world.store import Store
from drawbar.world.turn import Turn, Turned, Unsaid

SCHEMA = (
    """
CREATE TABLE IF NOT EXISTS load (
    tender TEXT PRIMARY KEY, body TEXT NOT NULL, line TEXT NOT NULL, pro TEXT NOT NULL,
    state TEXT NOT NULL, messages INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE IF NOT EXISTS load_name (name TEXT NOT NULL, tender TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS load_by_name ON load_name (name);
"""
    + agendas.SCHEMA
    + behaviours.SCHEMA
    + books.SCHEMA
)
STATES = {"accept": "accepted", "decline": "declined"}


class Known(Struct, frozen=True):
    """A load that the carrier has; ``line`` is what its voice needs to answer about it."""

    load: Load
    line: str
    pro: str
    behaviour: Behaviour
    state: str = ""

    @property
    def called(self) -> str:
        """Return the name by which the carrier speaks of it to us."""
        named = self.behaviour.names == "shipment" and self.load.shipment
        return self.load.shipment if named else self.load.tender

    def names(self, bill: Bill, *, usual: Iterable[str]) -> dict[str, str]:
        """Return the names that a bill mentions, ``usual`` ones where it does not say which.

        An empty value stands for the load's own.
        """
        own = {"tender": self.called, "pro": self.pro, **self.load.named}
        wanted = dict.fromkeys(usual, "") if bill.names is None else bill.names
        return {str(kind): value or own.get(kind, "") for kind, value in wanted.items()}


class Voice(Protocol):
    """How a carrier says something, in the caller's transaction; returns the number of it."""

    has_proofs: bool
    """Whether proofs of delivery go over this line."""

    def answer(self, db: sqlite3.Connection, known: Known, now: datetime) -> int:
        """Accept or decline a load, as the behaviour says."""

    def report(self, db: sqlite3.Connection, known: Known, report: Report, now: datetime) -> int:
        """Say what happened to a load."""

    def pod(self, db: sqlite3.Connection, known: Known, pod: Pod, now: datetime) -> int:
        """Hand in a proof of delivery. Never called where there are none."""

    def bill(self, db: sqlite3.Connection, known: Known, bill: Bill, now: datetime) -> int:
        """Bill a load."""

    def raw(self, db: sqlite3.Connection, text: str, now: datetime) -> int:
        """Say exactly this, whatever it means."""

    def again(self, db: sqlite3.Connection, number: int) -> int:
        """Say an earlier thing once more, byte for byte. Raise ``Refusal``."""

    def put_out(self) -> None:
        """Bring out what was said and is not out yet."""


class Trucker:
    """A carrier. One thing at a time: its desk sees to that."""

    def __init__(
        self,
        store: Store,
        voice: Voice,
        hear: Callable[[datetime], None] | None = None,
        faults: Faults | None = None,
    ) -> None:
        """Remember in ``store``, whose tables include ``SCHEMA``; speak with ``voice``.

        ``hear`` takes in what was sent since; it is called before anything is done. Under a fault
        that silences, nothing is heard, done or put out.
        """
        self.store, self._voice, self._hear = store, voice, hear
        self._faults = faults or Faults()
        self.behaviours = Behaviours(store)
        self._agenda, self._book = Agenda(store), Book(store)

    def take(self, db: sqlite3.Connection, load: Load, line: str, now: datetime) -> None:
        """Take in a tender, its change or its end; the answer comes when it is due."""
        behaviour = self._towards(load)
        before = db.execute("SELECT * FROM load WHERE tender = ?", (load.tender,)).fetchone()
        pro = before["pro"] if before else behaviour.pro or _pro_of(load)
        state = "cancelled" if load.is_cancelled else "tendered"
        db.execute(
            "INSERT INTO load (tender, body, line, pro, state) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (tender) DO UPDATE SET body = excluded.body, state = excluded.state,"
            " messages = messages + 1",
            (load.tender, msgspec.json.encode(load).decode(), line, pro, state),
        )
        names = [(name, load.tender) for name in load.names]
        db.executemany("INSERT INTO load_name (name, tender) VALUES (?, ?)", names)
        if load.is_cancelled:
            self._agenda.drop(db, load.tender)
            if before and before["state"] == "accepted":
                self._book.enter(db, load, pro=pro, state="cancelled", now=now)
        elif behaviour.answer != "silent":
            due = now + timedelta(minutes=behaviour.after_minutes)
            self._agenda.add(db, due, kind="answer", load=load.tender)

    def act(self, now: datetime) -> None:
        """Take in what came, do what is due by ``now``, and put out what was said."""
        if self._faults.is_silent:
            return
        if self._hear:
            self._hear(now)
        due = self._agenda.due(now)
        if due:
            with self.store.write() as db:
                for task in due:
                    self._do(db, task, now)
        self.put_out()

    def put_out(self) -> None:
        """Bring out what was said and is not out yet, unless silenced."""
        if not self._faults.is_silent:
            self._voice.put_out()

    def turn(self, turn: Turn) -> Turned:
        """Learn, do what is due, say what is told, each once; return what the book says new."""
        before = self.store.changes
        self.behaviours.learn_all(turn.lessons)
        self.act(turn.now)
        unsaid = self.say(turn.told, turn.now)
        lines = self._book.lines(turn.after)
        stirred = self.store.changes > before
        return Turned(accepted=tuple(lines), unsaid=unsaid, stirred=stirred)

    def tell(self, ordered: Ordered, now: datetime) -> None:
        """Say one thing now. Raise ``Refusal``."""
        with self.store.write() as db:
            self._say(db, ordered, now)
        self.put_out()

    def say(self, told: Iterable[Ordered], now: datetime) -> tuple[Unsaid, ...]:
        """Say what was not said before under its key; return what could not be said."""
        news = [one for one in told if not one.key or self._book.said_under(one.key) is None]
        if not news:
            return ()
        unsaid = []
        with self.store.write() as db:
            for one in news:
                try:
                    self._say(db, one, now)
                except Refusal as refusal:
                    unsaid.append(Unsaid(key=one.key, ref=one.ref, text=str(refusal)))
        self.put_out()
        return tuple(unsaid)

    def known(self, ref: str) -> Known:
        """Return the newest load that bears a name. Raise ``Refusal`` where there is none."""
        rows = self.store.rows(
            "SELECT l.* FROM load l JOIN load_name n ON n.tender = l.tender"
            " WHERE n.name = ? ORDER BY n.rowid DESC LIMIT 1",
            ref,
        )
        if not rows:
            raise Refusal("NOT_FOUND", f"no load is called {ref}", status=404)
        row = rows[0]
        load = msgspec.json.decode(row["body"], type=Load)
        return Known(load, row["line"], row["pro"], self._towards(load), row["state"])

    def _towards(self, load: Load) -> Behaviour:
        """Return the behaviour towards a tender; it may be another where others came before it."""
        behaviour = self.behaviours.towards(load.names)
        name = load.named.get("order", load.shipment)
        if behaviour.again is None or not name:
            return behaviour
        rows = self.store.rows(
            "SELECT l.tender FROM load l JOIN load_name n ON n.tender = l.tender"
            " WHERE n.name = ? ORDER BY n.rowid LIMIT 1",
            name,
        )
        is_first = not rows or rows[0]["tender"] == load.tender
        return behaviour if is_first else behaviour.asked_again()

    def _do(self, db: sqlite3.Connection, task: Task, now: datetime) -> None:
        known = self.known(task.load)
        match task.kind:
            case "answer":
                self._answer(db, known, now)
            case "report":
                self._voice.report(db, known, msgspec.json.decode(task.body, type=Report), now)
            case "pod":
                self._voice.pod(db, known, msgspec.json.decode(task.body, type=Pod), now)
            case "bill":
                self._bill(db, known, msgspec.json.decode(task.body, type=Bill), now)
        self._agenda.done(db, task)

    def _answer(self, db: sqlite3.Connection, known: Known, now: datetime) -> None:
        load, behaviour = known.load, known.behaviour
        if behaviour.answer == "silent":  # learnt since
            return
        self._voice.answer(db, known, now)
        state = STATES[behaviour.answer]
        db.execute("UPDATE load SET state = ? WHERE tender = ?", (state, load.tender))
        if state == "accepted":
            self._book.enter(db, load, pro=known.pro, state=state, now=now)
            planned: list[Report | Pod | Bill | None] = [*behaviour.reports]
            planned += [behaviour.pod if self._voice.has_proofs else None, behaviour.bill]
            for one in planned:
                if one is not None:
                    self._plan(db, one, load.tender, now)

    def _plan(
        self, db: sqlite3.Connection, one: Report | Pod | Bill, tender: str, now: datetime
    ) -> None:
        due, kind = now + timedelta(minutes=one.after_minutes), type(one).__name__.lower()
        self._agenda.add(db, due, kind=kind, load=tender, body=msgspec.json.encode(one))

    def _say(self, db: sqlite3.Connection, ordered: Ordered, now: datetime) -> None:
        said = 0
        if ordered.again:
            number = self._book.said_under(ordered.again)
            if number is None:
                raise Refusal("NOT_FOUND", f"nothing was said under {ordered.again}", status=404)
            said = self._voice.again(db, number)
        elif ordered.raw is not None:
            said = self._voice.raw(db, ordered.raw, now)
        else:
            known = self.known(ordered.ref)
            if ordered.report:
                said = self._voice.report(db, known, ordered.report, now)
            if ordered.pod and not self._voice.has_proofs:
                raise Refusal("UNSUPPORTED", "no proof of delivery goes over this line")
            if ordered.pod:
                said = self._voice.pod(db, known, ordered.pod, now)
            if ordered.bill:
                said = self._bill(db, known, ordered.bill, now)
        self._book.note(db, ordered.key, said)

    def _bill(self, db: sqlite3.Connection, known: Known, bill: Bill, now: datetime) -> int:
        return self._voice.bill(db, known, bill.of_tender(known.load.tender, known.load.pay), now)


def _pro_of(load: Load) -> str:
    """Return a number that the same tender always gets."""
    return f"P{int.from_bytes(load.tender.encode(), 'big') % 99_999_989:08d}"
