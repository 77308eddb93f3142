"""The carrier itself: what differs from one on X12 is how it reads; the rest is alike."""

import sqlite3
from datetime import datetime
from pathlib import Path

import msgspec

from drawbar.world.carrier_edi.carrier import EdiCarrier, EdiSettings
from drawbar.world.carrier_edi.dialect import Outgoing
from drawbar.world.carrier_edi.segment import Line, first
from drawbar.world.carrier_edifact.harbour import Harbour
from drawbar.world.carrier_edifact.load import load_of
from drawbar.world.carrier_edifact.segment import answering, cut, part
from drawbar.world.fault import Faults


class EdifactCarrier(EdiCarrier):
    """A carrier on EDIFACT. It does something only when it is made to."""

    def __init__(self, settings: EdiSettings, faults: Faults | None = None) -> None:
        """Go on where the state folder says that it was."""
        super().__init__(settings, faults, Harbour())

    def _read(self, file: Path, now: datetime) -> str:
        """Take in one file, and return the name of the folder where it belongs from now on."""
        try:
            lines = cut(file.read_text("latin-1"))
            kind = part(first(lines, "UNH"), 2)
            with self.store.write() as db:
                if kind == "CONTRL":
                    self._note_control(db, lines)
                else:
                    self._consider(db, lines, now)
        except (ValueError, IndexError, StopIteration):
            return "unreadable"
        return "read"

    def _consider(self, db: sqlite3.Connection, lines: list[Line], now: datetime) -> None:
        """Acknowledge an instruction each time that it comes, and consider it once."""
        load, mail = load_of(lines), answering(lines)
        if self.behaviours.towards(load.names).acknowledges:
            body = self._dialect.receipt(lines)
            owed = Outgoing(mail=mail, code="997", control=0, now=now, body=body)
            self._voice.receipt(db, owed, load.tender)
        if self._is_new(db, part(first(lines, "UNB"), 5)):
            self._trucker.take(db, load, msgspec.json.encode(mail).decode(), now)

    def _note_control(self, db: sqlite3.Connection, lines: list[Line]) -> None:
        control = int(part(first(lines, "UCI"), 1) or 0)
        db.execute("UPDATE said SET is_acknowledged = 1 WHERE control = ?", (control,))
