"""Reconciliation over HTTP: each document that the ERP must hold, ours against its own."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from litestar import get
from msgspec import Struct

from drawbar.flow.document import Posted
from drawbar.freight.case import CaseKind
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.story import cases_of
from drawbar.records.desk.stream import stream
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows
from drawbar.web.api.v1.paging import After, Filter, Limit, cursor_of, place_of
from drawbar.web.api.v1.term import AmountV1, amount_v1
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope
from drawbar.web.given import GivenReads

_SQL = statements("desk")
_LAST = 2**63 - 1
_DIFFERENCE = CaseKind.ERP_DIFFERENCE.value


class Agreement(StrEnum):
    """Whether the ERP holds what our ledger says."""

    AGREES = "agrees"
    NOT_READ_BACK = "not_read_back"
    DIFFERS = "differs"
    UNDER_WAY = "under_way"
    STOPPED = "stopped"


class DocumentV1(Struct, frozen=True, kw_only=True):
    """One document. ``business_key`` is our reference on it, ``document`` the ERP's number."""

    system: str
    kind: str
    business_key: str
    stream_kind: str
    stream_ref: str
    ours: AmountV1 | None
    document: str
    agreement: Agreement
    error: str
    created_at: datetime
    settled_at: datetime | None


class CountV1(Struct, frozen=True, kw_only=True):
    """How many documents of a kind are in a state of delivery."""

    kind: str
    state: str
    count: int


class ReconciliationV1(Struct, frozen=True, kw_only=True):
    """Counts of all documents, and one page of them, the newest first."""

    counts: tuple[CountV1, ...]
    items: tuple[DocumentV1, ...]
    next: str | None


@get("/v1/reconciliation", **policy(Scope.RECONCILIATION_READ, writes=False))
def reconcile(
    reads: GivenReads, status: Filter = "", after: After = "", limit: Limit = 50
) -> ReconciliationV1:
    """Compare each document with the ERP's. ``status`` is a state of the counts."""
    before = place_of(after, int)
    with reads.connection() as connection, connection.cursor() as cursor:
        counts = cursor.execute(_SQL["documents_by_state"]).fetchall()
        asked = {"state": status, "before": before or _LAST, "limit": limit + 1}
        rows = cursor.execute(_SQL["documents"], asked).fetchall()
        items = tuple(_document(cursor, row) for row in rows[:limit])
    return ReconciliationV1(
        counts=tuple(CountV1(kind=kind, state=at, count=count) for kind, at, count in counts),
        items=items,
        next=cursor_of(rows[limit - 1][0] if len(rows) > limit else None),
    )


def _document(cursor: Rows, row: tuple[Any, ...]) -> DocumentV1:
    _, system, kind, stream_kind, ref, business_key, state, document, error, made, settled = row
    key = StreamKey(StreamKind(stream_kind), ref)
    ours = _posted(cursor, key, business_key)
    return DocumentV1(
        system=system,
        kind=kind,
        business_key=business_key,
        stream_kind=stream_kind,
        stream_ref=ref,
        ours=amount_v1(ours.total) if ours else None,
        document=document,
        agreement=_agreement(state, ours, differs=_differs(cursor, key, business_key)),
        error=error,
        created_at=made,
        settled_at=settled,
    )


def _posted(cursor: Rows, key: StreamKey, business_key: str) -> Posted | None:
    found = stream(cursor, key)
    documents = getattr(found.state, "documents", ()) if found else ()
    return next((one for one in documents if one.business_key == business_key), None)


def _differs(cursor: Rows, key: StreamKey, business_key: str) -> bool:
    open_cases = cases_of(cursor, [key])
    return any((one.kind, one.item) == (_DIFFERENCE, business_key) for one in open_cases)


def _agreement(state: str, ours: Posted | None, *, differs: bool) -> Agreement:
    if differs:
        return Agreement.DIFFERS
    if state in {"ready", "claimed"}:
        return Agreement.UNDER_WAY
    if state != "confirmed":
        return Agreement.STOPPED
    return Agreement.AGREES if ours and ours.agrees else Agreement.NOT_READ_BACK
