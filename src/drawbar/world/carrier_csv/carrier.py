"""The carrier itself: takes tables of loads off its portal, answers, reports and bills."""

from datetime import datetime
from pathlib import Path

from msgspec import Struct

from drawbar.world import trucker as truckers
from drawbar.world.behaviour import Ordered
from drawbar.world.carrier_csv import voice as voices
from drawbar.world.carrier_csv.sheet import load_of
from drawbar.world.carrier_csv.voice import CsvVoice
from drawbar.world.fault import Faults
from drawbar.world.shelf import lying_in
from drawbar.world.store import Store
from drawbar.world.trucker import Trucker
from drawbar.world.turn import Turn, Turned

SCHEMA = """
CREATE TABLE IF NOT EXISTS heard (name TEXT PRIMARY KEY, times INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS notice (name TEXT PRIMARY KEY, body TEXT NOT NULL);
"""


class CsvSettings(Struct, frozen=True, kw_only=True):
    """The carrier's folders as it sees them."""

    inbox: Path
    outbox: Path
    state: Path


class CsvCarrier:
    """A carrier behind a portal. It does something only when it is made to."""

    def __init__(self, settings: CsvSettings, faults: Faults | None = None) -> None:
        """Go on where the state folder says that it was."""
        self._settings = settings
        schema = SCHEMA + voices.SCHEMA + truckers.SCHEMA
        self.store = Store(settings.state / "carrier_csv.sqlite", schema)
        voice = CsvVoice(self.store, settings.outbox)
        self._trucker = Trucker(self.store, voice, self._hear, faults)
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

    def _hear(self, now: datetime) -> None:
        for file in lying_in(self._settings.inbox):
            file.rename(self._settings.state / self._read(file, now) / file.name)

    def _read(self, file: Path, now: datetime) -> str:
        """Take in one file, and return the name of the folder where it belongs from now on."""
        text = file.read_text("utf-8", "replace")
        if not file.name.startswith("tenders-"):
            with self.store.write() as db:
                query = "INSERT OR REPLACE INTO notice (name, body) VALUES (?, ?)"
                db.execute(query, (file.name, text))
            return "read"
        try:
            load = load_of(text)
        except (KeyError, ValueError, ArithmeticError, TypeError, AttributeError):
            return "unreadable"
        with self.store.write() as db:
            query = "SELECT 1 FROM heard WHERE name = ?"
            known = db.execute(query, (file.name,)).fetchone()
            db.execute(
                "INSERT INTO heard (name, times) VALUES (?, 1)"
                " ON CONFLICT (name) DO UPDATE SET times = times + 1",
                (file.name,),
            )
            if not known:
                self._trucker.take(db, load, "", now)
        return "read"
