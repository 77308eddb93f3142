"""Everything read so far, on disk in a file that nobody else sees, so that memory stays small.

The file goes away with the audit; nothing is written anywhere else.
"""

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from msgspec import msgpack

from drawbar.cli.audit.assembly import papers_of
from drawbar.cli.audit.billing import Billed
from drawbar.cli.audit.gap import Gap
from drawbar.cli.audit.paper import (
    ApprovalPaper,
    EventPaper,
    LinePaper,
    LoadPaper,
    LostRow,
    StopPaper,
)
from drawbar.flow.shadow_load import Papers
from drawbar.freight.order import Goods
from drawbar.freight.reference import ReferenceKey

T = TypeVar("T")

AT_ONCE = 1_000
"""So many rows are in memory while each of a table is read, so that they may be moved."""

GAPS_MAX = 100
"""So many rows of one invoice that could not be read are told with its bills."""

_TABLES = """
CREATE TABLE loads (ref TEXT, body BLOB);
CREATE TABLE stops (ref TEXT, body BLOB);
CREATE TABLE lost (ref TEXT, body BLOB);
CREATE TABLE goods (ref TEXT, body BLOB);
CREATE TABLE events (ref TEXT, body BLOB);
CREATE TABLE approvals (ref TEXT, body BLOB);
CREATE TABLE names (name TEXT, ref TEXT, PRIMARY KEY (name, ref)) WITHOUT ROWID;
CREATE TABLE lines (document TEXT, body BLOB);
CREATE TABLE gaps (document TEXT, body BLOB);
CREATE TABLE bills (received TEXT, body BLOB);
CREATE TABLE results (ref TEXT PRIMARY KEY, place INTEGER, body BLOB);
CREATE TABLE kept (ref TEXT PRIMARY KEY, body BLOB);
CREATE TABLE parked (name TEXT, ref TEXT);
CREATE TABLE disputes (ref TEXT PRIMARY KEY, body BLOB);
CREATE TABLE used (ref TEXT PRIMARY KEY, body BLOB);
"""
_BY_REF = ("loads", "lost", "stops", "goods", "events", "approvals")
_PRAGMAS = ("journal_mode=OFF", "synchronous=OFF", "cache_size=-32768", "temp_store=FILE")
_KINDS: dict[str, Any] = {
    "loads": LoadPaper,
    "lost": LostRow,
    "stops": StopPaper,
    "goods": Goods,
    "events": EventPaper,
    "approvals": ApprovalPaper,
}
_DECODERS = {name: msgpack.Decoder(kind) for name, kind in _KINDS.items()}
_LINE = msgpack.Decoder(LinePaper)
_GAP = msgpack.Decoder(Gap)
_BILLED = msgpack.Decoder(Billed)
_encode = msgpack.Encoder().encode


class Spool:
    """A database in a temporary folder, for one audit."""

    def __init__(self, folder: Path | None = None) -> None:
        """Begin empty."""
        self._folder = tempfile.TemporaryDirectory(prefix="drawbar-audit-", dir=folder)
        self.rows = sqlite3.connect(Path(self._folder.name, "spool.db"), isolation_level=None)
        for pragma in _PRAGMAS:
            self.rows.execute(f"PRAGMA {pragma}")
        self.rows.executescript(_TABLES)
        self.rows.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.rows.close()
        self._folder.cleanup()

    def put(self, table: str, key: str, paper: object) -> None:
        """Keep what a row said under the shipment or document that it is about."""
        self.rows.execute(f"INSERT INTO {table} VALUES (?, ?)", (key, _encode(paper)))  # noqa: S608

    def index(self, table: str) -> None:
        """Let rows be found by what they are about, once all are in."""
        column = {"lines": "document", "gaps": "document", "bills": "received"}.get(table, "ref")
        self.rows.execute(f"CREATE INDEX by_{table} ON {table} ({column})")

    def index_loads(self) -> None:
        """Let what stands under a shipment's own number be found by it."""
        for table in ("loads", "lost", "stops", "goods"):
            self.index(table)

    def name(self, key: ReferenceKey, ref: str) -> bool:
        """Let a shipment bear a name; return whether that is new."""
        done = self.rows.execute("INSERT OR IGNORE INTO names VALUES (?, ?)", (spelled(key), ref))
        return done.rowcount > 0

    def bearers(self, key: ReferenceKey) -> tuple[str, ...]:
        """Return the shipments that bear a name, sorted."""
        found = self.rows.execute(
            "SELECT ref FROM names WHERE name = ? ORDER BY ref", (spelled(key),)
        )
        return tuple(ref for (ref,) in found)

    def each(self, table: str) -> Iterator[tuple[int, str, Any]]:
        """Yield number, key and paper of every row, in the order in which they came."""
        query = f"SELECT rowid, ref, body FROM {table} WHERE rowid > ? ORDER BY rowid LIMIT ?"  # noqa: S608
        last = 0
        while found := self.rows.execute(query, (last, AT_ONCE)).fetchall():
            for number, ref, body in found:
                yield number, ref, _DECODERS[table].decode(body)
            last = found[-1][0]

    def move(self, table: str, number: int, ref: str) -> None:
        """Say which shipment a row is about."""
        self.rows.execute(f"UPDATE {table} SET ref = ? WHERE rowid = ?", (ref, number))  # noqa: S608

    def shipments(self) -> Iterator[str]:
        """Yield every shipment once, in order."""
        for (ref,) in self.rows.execute("SELECT DISTINCT ref FROM loads ORDER BY ref"):
            yield ref

    def described(self) -> Iterator[tuple[str, list[LoadPaper], list[StopPaper]]]:
        """Yield every shipment with its descriptions and stops, in order."""
        has_stops = bool(self.count("stops"))
        for ref in self.shipments():
            yield ref, self._of("loads", ref), self._of("stops", ref) if has_stops else []

    def papers(self, ref: str) -> Papers:
        """Return everything about one shipment. Raise ``Refused``."""
        parts = {table: self._of(table, ref) for table in _BY_REF}
        return papers_of(
            parts["loads"],
            lost=parts["lost"],
            stops=parts["stops"],
            goods=parts["goods"],
            events=parts["events"],
            approvals=parts["approvals"],
        )

    def has(self, ref: str) -> bool:
        """Return whether a shipment is known."""
        query = "SELECT 1 FROM loads WHERE ref = ? LIMIT 1"
        return self.rows.execute(query, (ref,)).fetchone() is not None

    def documents(self, lines_max: int) -> Iterator[tuple[str, int, list[LinePaper]]]:
        """Yield each document with the number of its lines, and the lines unless there are more."""
        counts = self.rows.execute(
            "SELECT document, count(*) FROM lines GROUP BY document ORDER BY document"
        )
        query = "SELECT body FROM lines WHERE document = ? ORDER BY rowid"
        for document, count in counts:
            if count > lines_max:
                first = self.rows.execute(f"{query} LIMIT 1", (document,)).fetchone()
                yield document, count, [_LINE.decode(first[0])]
            else:
                found = self.rows.execute(query, (document,))
                yield document, count, [_LINE.decode(body) for (body,) in found]

    def gaps(self, document: str) -> list[Gap]:
        """Return the rows of an invoice that could not be read; a document begins with its key."""
        found = self.rows.execute(
            "SELECT body FROM gaps WHERE document = ? ORDER BY rowid LIMIT ?",
            ("\x1f".join(document.split("\x1f")[:3]), GAPS_MAX),
        )
        return [_GAP.decode(body) for (body,) in found]

    def put_bills(self, bills: Iterable[Billed]) -> None:
        """Keep bills by the place in line in which they are judged."""
        rows = (("\x1f".join(map(str, one.order)), _encode(one)) for one in bills)
        self.rows.executemany("INSERT INTO bills VALUES (?, ?)", rows)

    def bills(self) -> Iterator[Billed]:
        """Yield every bill in the order in which it was received."""
        for (body,) in self.rows.execute("SELECT body FROM bills ORDER BY received, rowid"):
            yield _BILLED.decode(body)

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        (found,) = self.rows.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
        return int(found)

    def _of(self, table: str, ref: str) -> list[Any]:
        query = f"SELECT body FROM {table} WHERE ref = ? ORDER BY rowid"  # noqa: S608
        return [_DECODERS[table].decode(body) for (body,) in self.rows.execute(query, (ref,))]


def spelled(key: ReferenceKey) -> str:
    """Return a name as it is looked up."""
    return f"{key.kind.value}\x1f{key.value}\x1f{key.party}"
