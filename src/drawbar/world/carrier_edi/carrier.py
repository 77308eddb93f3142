"""The carrier itself: reads what lies in its inbox, answers, reports, bills; all at given times."""

import sqlite3
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from drawbar.world import trucker as truckers
from drawbar.world.behaviour import Bill, Ordered, Report
from drawbar.world.carrier_edi import voice as voices
from drawbar.world.carrier_edi.bar import Bar
from drawbar.world.carrier_edi.cedar import Cedar
from drawbar.world.carrier_edi.dialect import Dialect, Outgoing
from drawbar.world.carrier_edi.load import load_of
from drawbar.world.carrier_edi.segment import Line, answering, cut, first
from drawbar.world.carrier_edi.star import Star
from drawbar.world.carrier_edi.voice import EdiVoice
from drawbar.world.fault import Faults
from drawbar.world.shelf import lying_in
from drawbar.world.store import Store
from drawbar.world.trucker import Trucker
from drawbar.world.turn import Turn, Turned

SCHEMA = "CREATE TABLE IF NOT EXISTS heard (control TEXT PRIMARY KEY, times INTEGER NOT NULL);"
DIALECTS: dict[str, type[Dialect]] = {"bar": Bar, "star": Star, "cedar": Cedar}


class EdiSettings(Struct, frozen=True, kw_only=True):
    """Who the carrier is, how it writes, and its folders as it sees them."""

    scac: str
    inbox: Path
    outbox: Path
    state: Path
    dialect: str = "bar"


class EdiCarrier:
    """A carrier on X12. It does something only when it is made to."""

    def __init__(
        self, settings: EdiSettings, faults: Faults | None = None, dialect: Dialect | None = None
    ) -> None:
        """Go on where the state folder says that it was."""
        self._settings, self._dialect = settings, dialect or DIALECTS[settings.dialect]()
        schema = SCHEMA + voices.SCHEMA + truckers.SCHEMA
        self.store = Store(settings.state / "carrier_edi.sqlite", schema)
        self._voice = EdiVoice(self.store, self._dialect, settings.scac, settings.outbox)
        self._trucker = Trucker(self.store, self._voice, self._hear, faults)
        self.behaviours = self._trucker.behaviours
        own = (settings.state / "read", settings.state / "unreadable")
        for folder in (settings.inbox, settings.outbox, *own):
            folder.mkdir(parents=True, exist_ok=True)

    def act(self, now: datetime) -> None:
        """Read what came in, do what is due by ``now``, and put out what was said."""
        self._trucker.act(now)

    def turn(self, turn: Turn) -> Turned:
        """Take one turn."""
        return self._trucker.turn(turn)

    def tell(self, ordered: Ordered, now: datetime) -> None:
        """Say one thing now. Raise ``Refusal``."""
        self._trucker.tell(ordered, now)

    def report(self, ref: str, report: Report, now: datetime) -> None:
        """Say now what happened to a load. Raise ``Refusal``."""
        self.tell(Ordered(ref=ref, report=report), now)

    def bill(self, ref: str, bill: Bill, now: datetime) -> None:
        """Bill a load now. Raise ``Refusal``."""
        self.tell(Ordered(ref=ref, bill=bill), now)

    def say_again(self, control: int) -> None:
        """Put out once more what had been said under a control number. Raise ``Refusal``."""
        with self.store.write() as db:
            self._voice.again(db, control)
        self._trucker.put_out()

    def _hear(self, now: datetime) -> None:
        for file in lying_in(self._settings.inbox):
            file.rename(self._settings.state / self._read(file, now) / file.name)

    def _read(self, file: Path, now: datetime) -> str:
        """Take in one file, and return the name of the folder where it belongs from now on."""
        try:
            lines = cut(file.read_text("latin-1"))
            code = first(lines, "ST").at(1)
            with self.store.write() as db:
                if code == "997":
                    self._note_receipt(db, lines)
                else:
                    self._take(db, lines, code, now)
        except (ValueError, IndexError, StopIteration):
            return "unreadable"
        return "read"

    def _take(self, db: sqlite3.Connection, lines: list[Line], code: str, now: datetime) -> None:
        """Acknowledge a tender each time that it comes, and consider it once."""
        load, mail, control = load_of(lines), answering(lines), lines[0].at(13)
        if self.behaviours.towards(load.names).acknowledges:
            body = self._dialect.receipt(lines)
            owed = Outgoing(mail=mail, code="997", control=0, now=now, body=body)
            self._voice.receipt(db, owed, load.tender)
        if self._is_new(db, control):
            line = msgspec.json.encode(mail).decode()
            self._trucker.take(db, load, line, now)

    def _is_new(self, db: sqlite3.Connection, control: str) -> bool:
        """Say whether nothing came under a control number before, and note that something did."""
        known = db.execute("SELECT 1 FROM heard WHERE control = ?", (control,)).fetchone()
        db.execute(
            "INSERT INTO heard (control, times) VALUES (?, 1)"
            " ON CONFLICT (control) DO UPDATE SET times = times + 1",
            (control,),
        )
        return known is None

    def _note_receipt(self, db: sqlite3.Connection, lines: list[Line]) -> None:
        for line in lines:
            if line.tag == "AK1":
                control = int(line.at(2) or 0)
                db.execute("UPDATE said SET is_acknowledged = 1 WHERE control = ?", (control,))
