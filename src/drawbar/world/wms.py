"""A small WMS: stock by item, reservations under somebody's order, given back when asked.

What is short is reserved in part. It does not guard against doubles: asked twice, it reserves
twice.
"""

import sqlite3
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from drawbar.world.clock import Clock
from drawbar.world.exchange import Answer, Refusal, Request, told
from drawbar.world.listener import Routes
from drawbar.world.store import Store, stamp

ANYTHING = "*"
"""Stock of this item stands for any item that the warehouse does not list: never short."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS stock (item TEXT PRIMARY KEY, available INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS movement (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL, reference TEXT NOT NULL, order_number TEXT NOT NULL,
    state TEXT NOT NULL, lines TEXT NOT NULL, stamp TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS movement_by_reference ON movement (reference);
CREATE INDEX IF NOT EXISTS movement_by_order ON movement (order_number);
"""


class Wanted(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Pieces of an item that somebody wants set aside."""

    item: str
    quantity: Annotated[int, Meta(ge=1)]


class NewReservation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A wish for goods; ``reference`` is the caller's and can be searched."""

    reference: str
    order: str
    lines: tuple[Wanted, ...]


class NewRelease(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that is reserved under an order is given back."""

    reference: str
    order: str


class Stock(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many pieces of an item lie there, unreserved."""

    item: str
    available: Annotated[int, Meta(ge=0)]


class Warehouse:
    """The small WMS behind its routes."""

    def __init__(self, state: Path, clock: Clock) -> None:
        """Open the warehouse in the folder ``state``."""
        self._store, self._clock = Store(state / "wms.sqlite", SCHEMA), clock

    def routes(self) -> Routes:
        """Return what can be asked."""
        routes = Routes()
        routes.add("POST", "/api/reservations", self._reserve)
        routes.add("POST", "/api/releases", self._release)
        routes.add("GET", "/api/movements", self._search)
        routes.add("GET", "/api/movements/{number}", self._show)
        routes.add("GET", "/api/stock", self._count)
        routes.add("POST", "/control/stock", self._stock)
        return routes

    def _reserve(self, request: Request) -> Answer:
        new = request.read(NewReservation)
        with self._store.write() as db:
            lines = [_take(db, index, line) for index, line in enumerate(new.lines)]
            key = self._note(db, "reservation", new, lines)
        return told(self._shown(key), status=201)

    def _release(self, request: Request) -> Answer:
        new = request.read(NewRelease)
        with self._store.write() as db:
            query = (
                "SELECT id, lines FROM movement"
                " WHERE order_number = ? AND kind = 'reservation' AND state = 'active'"
            )
            lines: list[dict[str, Any]] = []
            for row in db.execute(query, (new.order,)).fetchall():
                lines += _give_back(db, row)
            key = self._note(db, "release", new, lines)
        return told(self._shown(key), status=201)

    def _note(
        self,
        db: sqlite3.Connection,
        kind: str,
        new: NewReservation | NewRelease,
        lines: list[dict[str, Any]],
    ) -> int:
        state = "active" if kind == "reservation" else "done"
        body = msgspec.json.encode(lines).decode()
        return int(
            db.execute(
                "INSERT INTO movement (kind, reference, order_number, state, lines, stamp)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (kind, new.reference, new.order, state, body, stamp(self._clock.now())),
            ).lastrowid
            or 0
        )

    def _search(self, request: Request) -> Answer:
        rows = self._store.rows(
            "SELECT * FROM movement WHERE (?1 = '' OR reference = ?1)"
            " AND (?2 = '' OR order_number = ?2) AND (?3 = '' OR kind = ?3) ORDER BY id LIMIT 1000",
            *(request.query.get(name, "") for name in ("reference", "order", "kind")),
        )
        return told({"movements": [_movement(row) for row in rows]})

    def _show(self, request: Request) -> Answer:
        digits = request.named["number"].partition("-")[2]
        return told(self._shown(int(digits) if digits.isdecimal() else 0))

    def _shown(self, key: int) -> dict[str, Any]:
        rows = self._store.rows("SELECT * FROM movement WHERE id = ?", key)
        if not rows:
            raise Refusal("NOT_FOUND", "no such movement", status=404)
        return _movement(rows[0])

    def _count(self, _: Request) -> Answer:
        rows = self._store.rows("SELECT item, available FROM stock ORDER BY item")
        return told({"stock": {row["item"]: row["available"] for row in rows}})

    def _stock(self, request: Request) -> Answer:
        stock = request.read(Stock)
        with self._store.write() as db:
            db.execute(
                "INSERT OR REPLACE INTO stock (item, available) VALUES (?, ?)",
                (stock.item, stock.available),
            )
        return told({})


def _take(db: sqlite3.Connection, index: int, line: Wanted) -> dict[str, Any]:
    row = db.execute("SELECT available FROM stock WHERE item = ?", (line.item,)).fetchone()
    if row is None and db.execute("SELECT 1 FROM stock WHERE item = ?", (ANYTHING,)).fetchone():
        return {"item": line.item, "requested": line.quantity, "reserved": line.quantity}
    if row is None:
        raise Refusal("UNKNOWN", f"no item is called {line.item}", field=f"lines[{index}].item")
    reserved = min(int(row["available"]), line.quantity)
    db.execute("UPDATE stock SET available = available - ? WHERE item = ?", (reserved, line.item))
    return {"item": line.item, "requested": line.quantity, "reserved": reserved}


def _give_back(db: sqlite3.Connection, row: sqlite3.Row) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = msgspec.json.decode(row["lines"])
    for line in lines:
        db.execute(
            "UPDATE stock SET available = available + ? WHERE item = ?",
            (line["reserved"], line["item"]),
        )
    db.execute("UPDATE movement SET state = 'released' WHERE id = ?", (row["id"],))
    return [{"item": line["item"], "released": line["reserved"]} for line in lines]


def _movement(row: sqlite3.Row) -> dict[str, Any]:
    prefix = "RSV" if row["kind"] == "reservation" else "REL"
    return {
        "number": f"{prefix}-{row['id']:06d}",
        "kind": row["kind"],
        "reference": row["reference"],
        "order": row["order_number"],
        "state": row["state"],
        "lines": msgspec.json.decode(row["lines"]),
        "at": row["stamp"],
    }
