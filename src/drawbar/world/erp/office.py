"""The ERP as its callers and its clerks find it: which question leads to which book."""

from pathlib import Path

from msgspec import Struct

from drawbar.world.clock import Clock
from drawbar.world.erp.changes import Changes
from drawbar.world.erp.document import Documents, NewDocument
from drawbar.world.erp.order import Orders, Owed, SalesOrder
from drawbar.world.erp.page import BooksPage
from drawbar.world.erp.payment import OnAccount, Payments, PayRun
from drawbar.world.erp.schema import ACCOUNTS, SCHEMA
from drawbar.world.exchange import Answer, Refusal, Request, told
from drawbar.world.listener import Routes
from drawbar.world.store import Store


class Party(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A customer or a supplier that the books know."""

    code: str
    name: str = ""
    role: str = "supplier"


class Month(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A month, such as 2026-03, to be closed or opened."""

    month: str
    closed: bool = True


class Office:
    """The small ERP behind its routes."""

    def __init__(self, state: Path, clock: Clock) -> None:
        """Open the books in the folder ``state``."""
        self._store = Store(state / "erp.sqlite", SCHEMA)
        self._documents = Documents(self._store, clock)
        self._payments, self._orders = Payments(self._store, clock), Orders(self._store, clock)
        with self._store.write() as db:
            chart = list(ACCOUNTS.items())
            db.executemany("INSERT OR IGNORE INTO account (code, name) VALUES (?, ?)", chart)

    def routes(self) -> Routes:
        """Return what can be asked."""
        routes = Routes()
        routes.add("GET", "/", BooksPage(self._store).answer)
        routes.add("POST", "/api/documents", self._put)
        routes.add("GET", "/api/documents", self._search)
        routes.add("GET", "/api/documents/{id}", self._show)
        routes.add("POST", "/api/documents/{id}/post", self._post)
        routes.add("GET", "/api/changes/{flow}", Changes(self._store).answer)
        routes.add("POST", "/control/parties", self._know)
        routes.add("POST", "/control/months", self._close)
        routes.add("POST", "/control/orders", self._enter)
        routes.add("POST", "/control/orders/{number}/cancel", self._cancel_order)
        routes.add("POST", "/control/receivables", self._owe)
        routes.add("POST", "/control/pay", self._pay)
        routes.add("POST", "/control/receive", self._receive)
        routes.add("POST", "/control/documents/{id}/cancel", self._cancel)
        return routes

    def _put(self, request: Request) -> Answer:
        return told(self._documents.put(request.read(NewDocument)), status=201)

    def _search(self, request: Request) -> Answer:
        asked = {name: request.query.get(name, "") for name in ("origin", "reference", "kind")}
        return told({"documents": self._documents.search(**asked)})

    def _show(self, request: Request) -> Answer:
        return told(self._documents.shown(_id(request)))

    def _post(self, request: Request) -> Answer:
        return told(self._documents.post(_id(request)))

    def _cancel(self, request: Request) -> Answer:
        return told(self._documents.cancel(_id(request)))

    def _know(self, request: Request) -> Answer:
        party = request.read(Party)
        with self._store.write() as db:
            db.execute(
                "INSERT OR REPLACE INTO party (code, name, role) VALUES (?, ?, ?)",
                (party.code, party.name or party.code, party.role),
            )
        return told({})

    def _close(self, request: Request) -> Answer:
        month = request.read(Month)
        with self._store.write() as db:
            db.execute("DELETE FROM closed_month WHERE month = ?", (month.month,))
            if month.closed:
                db.execute("INSERT INTO closed_month (month) VALUES (?)", (month.month,))
        return told({})

    def _enter(self, request: Request) -> Answer:
        return told({"revision": self._orders.enter(request.read(SalesOrder))})

    def _cancel_order(self, request: Request) -> Answer:
        return told({"revision": self._orders.cancel(request.named["number"])})

    def _owe(self, request: Request) -> Answer:
        self._orders.owe(request.read(Owed))
        return told({})

    def _pay(self, request: Request) -> Answer:
        return told({"paid": self._payments.pay(request.read(PayRun))})

    def _receive(self, request: Request) -> Answer:
        self._payments.receive(request.read(OnAccount))
        return told({})


def _id(request: Request) -> int:
    text = request.named["id"]
    if not text.isdecimal():
        raise Refusal("NOT_FOUND", f"no document {text}", status=404)
    return int(text)
