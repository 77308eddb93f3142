"""The story behind any reference: whose it is, what happened, what was sent, what is open."""

from datetime import date, datetime

from litestar import get
from msgspec import Struct

from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.search import find, streams_found
from drawbar.records.desk.story import (
    DeliverySeen,
    EntrySeen,
    Step,
    cases_of,
    deliveries_of,
    entries_of,
    story,
)
from drawbar.records.sheet import Rows
from drawbar.web.api.v1.cases import CaseV1, case_v1
from drawbar.web.api.v1.term import AmountV1
from drawbar.web.api.v1.text import NamePath
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope
from drawbar.web.given import GivenCaller, GivenReads, GivenSettings
from drawbar.web.problem import unknown
from drawbar.web.visibility import streams_of


class FoundV1(Struct, frozen=True, kw_only=True):
    """A stream or a message, and by which of its names it was found."""

    kind: str
    ref: str
    found_by: str


class StepV1(Struct, frozen=True, kw_only=True):
    """One fact, what was said of it, and where in which bytes it stands."""

    fact: str
    name: str
    happened_at: datetime
    learned_at: datetime
    message_ref: str
    place: str
    notes: tuple[str, ...]


class DeliveryV1(Struct, frozen=True, kw_only=True):
    """Something for another system, and how far it got."""

    system: str
    lane: str
    kind: str
    business_key: str
    state: str
    document: str
    error: str
    attempts: int
    created_at: datetime
    settled_at: datetime | None


class EntryLineV1(Struct, frozen=True, kw_only=True):
    """One side of a ledger entry, a debit above zero."""

    account: str
    money: AmountV1


class EntryV1(Struct, frozen=True, kw_only=True):
    """A ledger entry; its lines balance."""

    entry_ref: str
    purpose: str
    document_on: date
    reverses: str
    lines: tuple[EntryLineV1, ...]


class TraceV1(Struct, frozen=True, kw_only=True):
    """Everything that belongs to a reference. ``entries`` is null where the role sees no money."""

    reference: str
    found: tuple[FoundV1, ...]
    timeline: tuple[StepV1, ...]
    deliveries: tuple[DeliveryV1, ...]
    cases: tuple[CaseV1, ...]
    entries: tuple[EntryV1, ...] | None


@get("/v1/trace/{reference:str}", **policy(Scope.STORY_READ, writes=False))
def trace(
    reference: NamePath, caller: GivenCaller, reads: GivenReads, settings: GivenSettings
) -> TraceV1:
    """Follow any reference, in any spelling: ours, the customer's, a carrier's, the ERP's."""
    with reads.connection() as connection, connection.cursor() as cursor:
        hits = find(cursor, reference, settings.company)
        if not hits:
            raise unknown("reference")
        keys = streams_found(hits)
        for hit in hits:
            if hit.kind == "message":
                keys += streams_of(cursor, hit.ref, caller)
        keys = sorted(set(keys))
        return TraceV1(
            reference=reference,
            found=tuple(FoundV1(kind=h.kind, ref=h.ref, found_by=h.found_by) for h in hits),
            timeline=tuple(step_v1(step) for step in story(cursor, keys)),
            deliveries=tuple(delivery_v1(one) for one in deliveries_of(cursor, keys)),
            cases=tuple(case_v1(one) for one in cases_of(cursor, keys)),
            entries=_entries(cursor, keys) if caller.may(Scope.MONEY_READ) else None,
        )


def step_v1(step: Step) -> StepV1:
    """Return a step as version 1 says it."""
    return StepV1(
        fact=step.key,
        name=step.name,
        happened_at=step.happened_at,
        learned_at=step.learned_at,
        message_ref=step.message_ref,
        place=step.place,
        notes=step.notes,
    )


def delivery_v1(seen: DeliverySeen) -> DeliveryV1:
    """Return a delivery as version 1 says it."""
    return DeliveryV1(
        system=seen.system,
        lane=seen.lane,
        kind=seen.kind,
        business_key=seen.business_key,
        state=seen.state,
        document=seen.document,
        error=seen.error,
        attempts=seen.attempts,
        created_at=seen.created_at,
        settled_at=seen.settled_at,
    )


def entry_v1(seen: EntrySeen) -> EntryV1:
    """Return a ledger entry as version 1 says it."""
    return EntryV1(
        entry_ref=seen.entry_ref,
        purpose=seen.purpose,
        document_on=seen.document_on,
        reverses=seen.reverses,
        lines=tuple(
            EntryLineV1(
                account=line.account,
                money=AmountV1(amount=f"{line.amount:f}", currency=line.currency),
            )
            for line in seen.lines
        ),
    )


def _entries(cursor: Rows, keys: list[StreamKey]) -> tuple[EntryV1, ...]:
    shipments = [key.ref for key in keys if key.kind is StreamKind.SHIPMENT]
    return tuple(entry_v1(entry) for ref in shipments for entry in entries_of(cursor, ref))
