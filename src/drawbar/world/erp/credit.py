"""A credit note against its invoice: what it takes back is not asked for any more.

It may be posted before its invoice is; the two then settle each other as soon as both are there.
"""

import sqlite3
from decimal import Decimal
from typing import Protocol

from drawbar.world.exchange import Refusal


class Posted(Protocol):
    """What a document says of itself that a credit goes by."""

    @property
    def kind(self) -> str:
        """Return what it is."""

    @property
    def reference(self) -> str:
        """Return the caller's own name of it."""

    @property
    def credits(self) -> str:
        """Return the reference of the invoice that it credits."""


def check_credited(db: sqlite3.Connection, ref: str, *, party: str, currency: str) -> None:
    """Raise ``Refusal`` for a credit note of no invoice, or of another party or currency."""
    if not ref:
        raise Refusal("MISSING", "which invoice does it credit?", field="credits")
    row = db.execute(
        "SELECT party, currency FROM document WHERE kind = 'invoice' AND reference = ?"
        " AND state <> 'cancelled'",
        (ref,),
    ).fetchone()
    if row and (row["party"], row["currency"]) != (party, currency):
        said = f"{ref} is of {row['party']} in {row['currency']}"
        raise Refusal("MISMATCH", said, field="credits")


def settle(db: sqlite3.Connection, posted: Posted, at: str) -> None:
    """Settle what is open of an invoice by what is open of its credit notes, both posted."""
    ref = posted.credits if posted.kind == "credit_note" else posted.reference
    if posted.kind not in ("invoice", "credit_note"):
        return
    invoice = db.execute(
        "SELECT id, open FROM document WHERE kind = 'invoice' AND state = 'posted'"
        " AND reference = ?",
        (ref,),
    ).fetchone()
    notes = db.execute(
        "SELECT id, open FROM document WHERE kind = 'credit_note' AND state = 'posted'"
        " AND credits = ? ORDER BY id",
        (ref,),
    ).fetchall()
    left = Decimal(invoice["open"]) if invoice else Decimal(0)
    for note in notes:
        part = min(left, Decimal(note["open"]))
        if part:
            left -= part
            rest = str(Decimal(note["open"]) - part)
            change = "UPDATE document SET open = ?, stamp = ? WHERE id = ?"
            db.execute(change, (rest, at, note["id"]))
            db.execute(change, (str(left), at, invoice["id"]))
