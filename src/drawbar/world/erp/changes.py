"""What changed in the ERP, in the order of its stamps: whole seconds, so many rows share one."""

import sqlite3
from decimal import Decimal
from typing import Any

import msgspec

from drawbar.world.erp.document import document_of
from drawbar.world.erp.payment import Payment
from drawbar.world.exchange import Answer, Refusal, Request, told
from drawbar.world.store import Store

QUERIES = {
    "documents": "SELECT t.* FROM document t"
    " WHERE (t.stamp, t.id) > (?1, ?2) ORDER BY t.stamp, t.id LIMIT ?3",
    "payments": "SELECT t.*, d.kind, d.number, d.reference, d.origin, d.subject FROM payment t"
    " LEFT JOIN document d ON d.id = t.document"
    " WHERE (t.stamp, t.id) > (?1, ?2) ORDER BY t.stamp, t.id LIMIT ?3",
    "orders": "SELECT t.* FROM sales_order t"
    " WHERE (t.stamp, t.id) > (?1, ?2) ORDER BY t.stamp, t.id LIMIT ?3",
    "receivables": "SELECT t.* FROM receivable t"
    " WHERE (t.stamp, t.id) > (?1, ?2) ORDER BY t.stamp, t.id LIMIT ?3",
}
LIMIT_MAX = 500


class Changes:
    """Reading what is new."""

    def __init__(self, store: Store) -> None:
        """Read from ``store``."""
        self._store = store

    def answer(self, request: Request) -> Answer:
        """Return up to ``limit`` rows behind ``since`` (a stamp) and ``after`` (an id of it)."""
        flow = request.named["flow"]
        if flow not in QUERIES:
            raise Refusal("NOT_FOUND", f"no changes of {flow}", status=404)
        try:
            after, limit = int(request.query.get("after", 0)), int(request.query.get("limit", 100))
        except ValueError as error:
            raise Refusal("MALFORMED", "after and limit are numbers", status=400) from error
        limit = min(max(limit, 1), LIMIT_MAX)
        rows = self._store.rows(QUERIES[flow], request.query.get("since", ""), after, limit)
        return told({"rows": [_shown(flow, row) for row in rows], "more": len(rows) == limit})


def _shown(flow: str, row: sqlite3.Row) -> Any:
    match flow:
        case "documents":
            return document_of(row)
        case "payments":
            return _payment(row)
        case "orders":
            head = {name: row[name] for name in ("id", "number", "revision", "state", "stamp")}
            return {**head, "order": msgspec.Raw(row["body"].encode())}
        case _:
            return dict(row)


def _payment(row: sqlite3.Row) -> Payment:
    return Payment(
        id=row["id"],
        kind=row["kind"] or "on_account",
        document=row["number"] or "",
        reference=row["reference"] or "",
        origin=row["origin"] or "",
        subject=row["subject"] or "",
        party=row["party"],
        amount=Decimal(row["amount"]),
        currency=row["currency"],
        paid_on=row["paid_on"],
        stamp=row["stamp"],
    )
