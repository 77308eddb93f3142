"""A document in the books: a journal, a supplier's bill, a customer's invoice or its credit note.

It is put as a draft and then posted, in two steps; only a posted one moves money.
"""

import sqlite3
from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec
from msgspec import Struct

from drawbar.freight.money import Currency, minor_unit
from drawbar.world.clock import Clock
from drawbar.world.erp.credit import check_credited, settle
from drawbar.world.exchange import Refusal
from drawbar.world.store import Store, stamp

DocumentKind = Literal["journal", "voucher", "invoice", "credit_note"]
PREFIXES = {"journal": "JRN", "voucher": "BILL", "invoice": "INV", "credit_note": "CRN"}


class Posting(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line: a debit or a credit on an account."""

    account: str
    debit: Decimal = Decimal(0)
    credit: Decimal = Decimal(0)
    text: str = ""


class NewDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a caller puts. ``reference`` and ``origin`` are the caller's, and can be searched.

    ``total`` is what a party owes or is owed; a journal has none. A credit note names the invoice
    that it ``credits`` by that one's reference.
    """

    kind: DocumentKind
    reference: str
    origin: str = ""
    subject: str = ""
    party: str = ""
    currency: Currency
    dated: date
    due_on: date | None = None
    total: Decimal = Decimal(0)
    lines: tuple[Posting, ...]
    credits: str = ""


class Document(Struct, frozen=True, kw_only=True):
    """A document as the ERP shows it. ``open`` is what is not yet paid, nor settled by a credit."""

    id: int
    kind: str
    state: str
    number: str
    reference: str
    origin: str
    subject: str
    party: str
    currency: str
    dated: str
    due_on: str
    lines: tuple[Posting, ...]
    total: Decimal
    open: Decimal
    stamp: str
    credits: str


class Documents:
    """All documents of the books."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Keep them in ``store``, stamped by ``clock``."""
        self._store, self._clock = store, clock

    def put(self, new: NewDocument) -> Document:
        """Keep a draft. Raise ``Refusal`` naming the field that does not fit."""
        _check_amounts(new)
        due = (new.due_on or new.dated).isoformat()
        at = stamp(self._clock.now())
        with self._store.write() as db:
            _check_known(db, new)
            key = db.execute(
                "INSERT INTO document (kind, state, reference, origin, subject, party, currency,"
                " dated, due, lines, total, open, stamp, credits)"
                " VALUES (?, 'draft', ?, ?, ?, ?, ?, ?, ?, ?, ?, '0', ?, ?)",
                (
                    new.kind,
                    new.reference,
                    new.origin,
                    new.subject,
                    new.party,
                    new.currency,
                    new.dated.isoformat(),
                    due,
                    msgspec.json.encode(new.lines).decode(),
                    str(new.total),
                    at,
                    new.credits,
                ),
            ).lastrowid
        return self.shown(key or 0)

    def post(self, key: int) -> Document:
        """Post a draft; a posted document stays as it is. Raise ``Refusal``."""
        document = self.shown(key)
        if document.state != "draft":
            return document
        balance = sum((line.debit - line.credit for line in document.lines), start=Decimal(0))
        if balance:
            raise _found_wanting("UNBALANCED", "lines", f"debits and credits differ by {balance}")
        at = stamp(self._clock.now())
        with self._store.write() as db:
            month = document.dated[:7]
            if db.execute("SELECT 1 FROM closed_month WHERE month = ?", (month,)).fetchone():
                raise _found_wanting("PERIOD_CLOSED", "dated", f"the month {month} is closed")
            number = f"{PREFIXES[document.kind]}-{key:06d}"
            db.execute(
                "UPDATE document SET state = 'posted', number = ?, open = total, stamp = ?"
                " WHERE id = ? AND state = 'draft'",
                (number, at, key),
            )
            settle(db, document, at)
        return self.shown(key)

    def cancel(self, key: int) -> Document:
        """Take a document out of the books, as an accountant does by hand."""
        with self._store.write() as db:
            db.execute(
                "UPDATE document SET state = 'cancelled', open = '0', stamp = ? WHERE id = ?",
                (stamp(self._clock.now()), key),
            )
        return self.shown(key)

    def shown(self, key: int) -> Document:
        """Return one document. Raise ``Refusal`` where there is none."""
        rows = self._store.rows("SELECT * FROM document WHERE id = ?", key)
        if not rows:
            raise Refusal("NOT_FOUND", f"no document {key}", status=404)
        return document_of(rows[0])

    def search(self, *, origin: str, reference: str, kind: str) -> list[Document]:
        """Return the documents that bear these references; an empty one matches any."""
        rows = self._store.rows(
            "SELECT * FROM document WHERE (?1 = '' OR origin = ?1) AND (?2 = '' OR reference = ?2)"
            " AND (?3 = '' OR kind = ?3) ORDER BY id LIMIT 1000",
            origin,
            reference,
            kind,
        )
        return [document_of(row) for row in rows]


def document_of(row: sqlite3.Row) -> Document:
    """Return the document that a row holds."""
    return Document(
        id=row["id"],
        kind=row["kind"],
        state=row["state"],
        number=row["number"],
        reference=row["reference"],
        origin=row["origin"],
        subject=row["subject"],
        party=row["party"],
        currency=row["currency"],
        dated=row["dated"],
        due_on=row["due"],
        lines=msgspec.json.decode(row["lines"], type=tuple[Posting, ...]),
        total=Decimal(row["total"]),
        open=Decimal(row["open"]),
        stamp=row["stamp"],
        credits=row["credits"],
    )


def _check_amounts(new: NewDocument) -> None:
    unit = minor_unit(new.currency)
    for index, line in enumerate(new.lines):
        for field, amount in (("debit", line.debit), ("credit", line.credit)):
            if not amount.is_finite() or amount < 0 or amount % unit:
                where = f"lines[{index}].{field}"
                raise Refusal("AMOUNT", f"not an amount in {new.currency}: {amount}", field=where)


def _check_known(db: sqlite3.Connection, new: NewDocument) -> None:
    if new.kind != "journal" and not new.party:
        raise Refusal("MISSING", "a party is needed", field="party")
    known = db.execute("SELECT 1 FROM party WHERE code = ?", (new.party,)).fetchone()
    if new.party and not known:
        raise Refusal("UNKNOWN", f"no party is called {new.party}", field="party")
    if new.kind == "credit_note":
        check_credited(db, new.credits, party=new.party, currency=new.currency)
    for index, line in enumerate(new.lines):
        if not db.execute("SELECT 1 FROM account WHERE code = ?", (line.account,)).fetchone():
            field = f"lines[{index}].account"
            raise Refusal("UNKNOWN", f"no account {line.account}", field=field)


def _found_wanting(code: str, field: str, message: str) -> Refusal:
    """Return a refusal that goes out as 200 with an error in its body, as some ERPs do."""
    return Refusal(code, message, field=field, status=200)
