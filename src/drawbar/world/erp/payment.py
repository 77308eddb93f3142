"""A payment: money that went out to a carrier or came in from a customer."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.money import Currency
from drawbar.world.clock import Clock
from drawbar.world.erp.document import Document, document_of
from drawbar.world.exchange import Refusal
from drawbar.world.store import Store, stamp


class PayRun(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Pay what is open and posted: all of a kind, or only what bears a reference or origin.

    ``begins`` is how the reference begins, ``due_by`` the last day on which it may fall due.
    ``amount`` pays only a part, of one document.
    """

    kind: str = "voucher"
    reference: str = ""
    origin: str = ""
    begins: str = ""
    due_by: date | None = None
    paid_on: date
    amount: Decimal | None = None


class OnAccount(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A customer pays something that no document of ours stands for."""

    party: str
    amount: Decimal
    currency: Currency
    paid_on: date


class Payment(Struct, frozen=True, kw_only=True):
    """A payment as the ERP shows it, with what the document that it pays says of itself."""

    id: int
    kind: str
    document: str
    reference: str
    origin: str
    subject: str
    party: str
    amount: Decimal
    currency: str
    paid_on: str
    stamp: str


class Payments:
    """All payments of the books."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Keep them in ``store``, stamped by ``clock``."""
        self._store, self._clock = store, clock

    def pay(self, run: PayRun) -> int:
        """Pay, and return how many documents were."""
        chosen = [document for document in self._open(run) if _is_meant(document, run)]
        if run.amount is not None and (len(chosen) != 1 or not 0 < run.amount <= chosen[0].open):
            raise Refusal("AMOUNT", "a part is paid of one open document", field="amount")
        for document in chosen:
            self._pay(document, run.amount or document.open, run.paid_on)
        return len(chosen)

    def receive(self, payment: OnAccount) -> None:
        """Take in a payment on older debts; what the customer owes shrinks."""
        at = stamp(self._clock.now())
        with self._store.write() as db:
            db.execute(
                "INSERT INTO payment (party, amount, currency, paid_on, stamp)"
                " VALUES (?, ?, ?, ?, ?)",
                (
                    payment.party,
                    str(payment.amount),
                    payment.currency,
                    payment.paid_on.isoformat(),
                    at,
                ),
            )
            row = db.execute(
                "SELECT amount FROM receivable WHERE party = ? AND currency = ?",
                (payment.party, payment.currency),
            ).fetchone()
            if row:
                left = str(Decimal(row["amount"]) - payment.amount)
                db.execute(
                    "UPDATE receivable SET amount = ?, stamp = ? WHERE party = ?",
                    (left, at, payment.party),
                )

    def _open(self, run: PayRun) -> list[Document]:
        """Return what is open; the amount itself is compared exactly, after it was found."""
        query = (
            "SELECT * FROM document WHERE kind = ?1 AND state = 'posted'"
            " AND CAST(open AS REAL) > 0 AND (?2 IN ('', origin)) ORDER BY id"
        )
        rows = self._store.rows(query, run.kind, run.origin)
        return [document for document in map(document_of, rows) if document.open > 0]

    def _pay(self, document: Document, amount: Decimal, paid_on: date) -> None:
        at = stamp(self._clock.now())
        with self._store.write() as db:
            db.execute(
                "INSERT INTO payment (document, party, amount, currency, paid_on, stamp)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    document.id,
                    document.party,
                    str(amount),
                    document.currency,
                    paid_on.isoformat(),
                    at,
                ),
            )
            db.execute(
                "UPDATE document SET open = ?, stamp = ? WHERE id = ?",
                (str(document.open - amount), at, document.id),
            )


def _is_meant(document: Document, run: PayRun) -> bool:
    is_due = run.due_by is None or document.due_on <= run.due_by.isoformat()
    is_named = run.reference in {"", document.reference} and run.origin in {"", document.origin}
    return is_due and is_named and document.reference.startswith(run.begins)
