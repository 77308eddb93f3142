"""An import: a file goes in slice by slice, each kept as a message; a broken line stops no other.

Doing it again is harmless: the same lines are known already.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from drawbar.cli.import_door import Door
from drawbar.connectors.reading import Readers, Unreadable
from drawbar.connectors.table.manifest import HistoryTable, Table
from drawbar.connectors.table.mapping import channel, read_table
from drawbar.connectors.table.slices import Slice, TooManyLines, slices
from drawbar.connectors.table.survey import Ends, Survey
from drawbar.engine import Intake, Learned, Taken
from drawbar.freight.instant import Instant
from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Problem, Reading

SENDER = "import"  # stored
_BLOCK_BYTES = 1 << 18


class Progress(Struct, frozen=True, kw_only=True):
    """How far an import is: bytes of the file, lines and facts of it, seconds since it began."""

    bytes_done: int = 0
    lines: int = 0
    facts: int = 0
    seconds: float = 0.0

    @property
    def facts_per_second(self) -> int:
        """Return the speed so far."""
        return round(self.facts / self.seconds) if self.seconds else 0


class Imported(Struct, frozen=True, kw_only=True):
    """What an import came to. ``stopped`` says why it ended before the file did, empty if not.

    ``learned`` is None where nothing was to be written.
    """

    is_history: bool
    progress: Progress
    ends: Ends
    problems: tuple[Problem, ...] = ()
    unresolved: tuple[str, ...] = ()
    learned: Learned | None = None
    dead_messages: tuple[str, ...] = ()
    stopped: str = ""


class Listening:
    """Reads the channel of one mapping, and remembers what it read last."""

    def __init__(self, table: Table) -> None:
        """Begin with nothing read."""
        self._table = table
        self.newest: Reading | None = None

    def read(self, body: bytes, receipt: Receipt) -> Reading:
        """Return what ``body`` says. Reading it again is harmless."""
        self.newest = read_table(body, receipt, self._table)
        return self.newest

    @property
    def readers(self) -> Readers:
        """Return it as the reader of its channel."""
        return {channel(self._table): self.read}


class Import:
    """One run over one file. ``door`` is None to look only; else it reads by ``listening``."""

    def __init__(
        self, path: Path, table: Table, door: Door | None, listening: Listening, *, now: Instant
    ) -> None:
        """Begin with nothing read."""
        self._path, self._table, self._door, self._now = path, table, door, now
        self._listening = listening
        self._survey = Survey()
        self._problems: list[Problem] = []
        self._dead: list[str] = []
        self._learned = Learned()
        self._began = time.monotonic()
        self._progress = Progress()

    def run(self, watch: Callable[[Progress], None]) -> Imported:
        """Take the whole file in, telling ``watch`` after each slice."""
        stopped = ""
        try:
            for one in slices(self._blocks(), self._table):
                self._take(one)
                watch(self._progress)
            if self._door is not None and self._is_history:
                self._door.settle()
        except Unreadable as error:
            stopped = f"{error.problem.text}. {error.problem.remedy}"
        except TooManyLines as error:
            stopped = (
                f"{error}; what came before is taken. Cut the file in two, each with the heading."
            )
        return self._result(stopped)

    @property
    def _is_history(self) -> bool:
        return isinstance(self._table, HistoryTable)

    def _blocks(self) -> Iterator[bytes]:
        with self._path.open("rb") as file:
            while block := file.read(_BLOCK_BYTES):
                yield block

    def _take(self, one: Slice) -> None:
        self._listening.newest = None
        if self._door is not None:
            for taken in self._door.take([self._intake(one)], history=self._is_history):
                self._note(taken)
        receipt = Receipt(message_ref="", sender=SENDER, learned_at=self._now)
        reading = self._listening.newest or self._listening.read(one.body, receipt)
        self._survey.add(reading.facts)
        self._problems += reading.problems
        self._progress = Progress(
            bytes_done=self._progress.bytes_done + one.size,
            lines=self._progress.lines + one.records,
            facts=self._progress.facts + len(reading.facts),
            seconds=time.monotonic() - self._began,
        )

    def _intake(self, one: Slice) -> Intake:
        return Intake(
            channel=channel(self._table),
            sender=SENDER,
            body=one.body,
            content_type="text/csv",
            key=one.key(self._path.name),
        )

    def _note(self, taken: Taken) -> None:
        self._learned += taken.learned
        if taken.error:
            self._dead.append(f"{taken.message_ref}: {taken.error}")

    def _result(self, stopped: str) -> Imported:
        return Imported(
            is_history=self._is_history,
            progress=self._progress,
            ends=self._survey.ends(),
            problems=tuple(self._problems),
            unresolved=self._survey.unresolved(),
            learned=self._learned if self._door is not None else None,
            dead_messages=tuple(self._dead),
            stopped=stopped,
        )
