"""The story of some streams: what happened, what was sent, what was booked, what needs a person."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.money import Money
from drawbar.freight.stream import StreamKey
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows

_SQL = statements("desk")
STEPS_MAX = 1000


class Step(Struct, frozen=True, kw_only=True):
    """One fact of the story, and what was said of it. ``place`` is where it stands in its bytes.

    ``local_at`` is the clock on the wall of its stop where the report named no zone.
    """

    key: str
    name: str
    happened_at: datetime
    learned_at: datetime
    local_at: datetime | None = None
    message_ref: str
    place: str
    notes: tuple[str, ...]


class DeliverySeen(Struct, frozen=True, kw_only=True):
    """Something for another system, and how far it got. ``document`` is that system's number."""

    delivery_id: int
    system: str
    lane: str
    stream_kind: str
    stream_ref: str
    business_key: str
    kind: str
    state: str
    document: str
    error: str
    attempts: int
    created_at: datetime
    due_at: datetime
    settled_at: datetime | None


class CaseSeen(Struct, frozen=True, kw_only=True):
    """An open case. ``money`` is at risk, None where nobody knows how much."""

    case_id: int
    kind: str
    subject_kind: str
    subject_ref: str
    item: str
    cause: str
    text: str
    remedy: str
    owner: str
    due_at: datetime
    money: Money | None
    message_ref: str
    opened_at: datetime


class LineSeen(Struct, frozen=True, kw_only=True):
    """One side of a ledger entry, a debit above zero."""

    account: str
    amount: Decimal
    currency: str


class EntrySeen(Struct, frozen=True, kw_only=True):
    """A ledger entry with its lines. ``fact`` is the key of what made us book it."""

    entry_ref: str
    purpose: str
    document_on: date
    about_kind: str
    about_ref: str
    reverses: str
    text: str
    booked_at: datetime
    fact: str
    lines: tuple[LineSeen, ...]


class MessageSeen(Struct, frozen=True, kw_only=True):
    """A message that belongs to the story. ``delivery_id`` is what it carried out, or answers."""

    message_ref: str
    direction: str
    channel: str
    sender: str
    learned_at: datetime
    outcome: str
    delivery_id: int | None


class CasePast(Struct, frozen=True, kw_only=True):
    """A case, open or closed. ``settled_by`` is empty where facts settled it."""

    case_id: int
    kind: str
    subject_kind: str
    subject_ref: str
    item: str
    text: str
    owner: str
    opened_at: datetime
    settled_at: datetime | None
    because: str
    settled_by: str
    message_ref: str
    fact: str


def story(cursor: Rows, keys: Iterable[StreamKey]) -> list[Step]:
    """Return the facts of some streams in the order in which we learned them."""
    rows = cursor.execute(_SQL["story"], _asked(keys, limit=STEPS_MAX))
    return [
        Step(
            key=key,
            name=name,
            happened_at=happened_at,
            learned_at=learned_at,
            local_at=local_at,
            message_ref=message_ref,
            place=place,
            notes=tuple(dict.fromkeys(notes or ())),
        )
        for key, name, happened_at, learned_at, local_at, message_ref, place, notes in rows
    ]


def deliveries_of(cursor: Rows, keys: Iterable[StreamKey]) -> list[DeliverySeen]:
    """Return what was to be sent for some streams, the oldest first."""
    rows = cursor.execute(_SQL["deliveries_of"], _asked(keys, limit=STEPS_MAX))
    return [delivery_seen(row) for row in rows]


def delivery_seen(row: tuple[object, ...]) -> DeliverySeen:
    """Return a row of deliveries as what it is."""
    return DeliverySeen(**dict(zip(DeliverySeen.__struct_fields__, row, strict=True)))  # type: ignore[arg-type]


def cases_of(cursor: Rows, keys: Iterable[StreamKey]) -> list[CaseSeen]:
    """Return the open cases about some streams, the most urgent first."""
    return [case_seen(row) for row in cursor.execute(_SQL["cases_of"], _asked(keys))]


def case_seen(row: tuple[object, ...]) -> CaseSeen:
    """Return a row of cases as what it is."""
    *before, amount, currency, message_ref, opened_at = row
    money = Money(amount, currency) if amount is not None else None  # type: ignore[arg-type]
    values = (*before, money, message_ref, opened_at)
    return CaseSeen(**dict(zip(CaseSeen.__struct_fields__, values, strict=True)))  # type: ignore[arg-type]


def every_case_of(cursor: Rows, keys: Iterable[StreamKey]) -> list[CasePast]:
    """Return all cases about some streams, closed ones too, in the order they were opened."""
    names = CasePast.__struct_fields__
    rows = cursor.execute(_SQL["every_case_of"], _asked(keys))
    return [CasePast(**dict(zip(names, row, strict=True))) for row in rows]


def entries_of(cursor: Rows, shipment_ref: str) -> list[EntrySeen]:
    """Return the ledger entries of a shipment, the oldest first."""
    entries: dict[str, tuple[tuple[object, ...], list[LineSeen]]] = {}
    for *head, account, amount, currency in cursor.execute(
        _SQL["entries_of"], {"ref": shipment_ref}
    ):
        _, lines = entries.setdefault(str(head[0]), (tuple(head), []))
        lines.append(LineSeen(account=account, amount=amount, currency=currency))
    names = EntrySeen.__struct_fields__
    return [
        EntrySeen(**dict(zip(names, (*head, tuple(lines)), strict=True)))  # type: ignore[arg-type]
        for head, lines in entries.values()
    ]


def messages_of(cursor: Rows, keys: Iterable[StreamKey]) -> list[MessageSeen]:
    """Return the messages in and out of some streams, the oldest first."""
    rows = cursor.execute(_SQL["messages_of"], _asked(keys, limit=STEPS_MAX))
    names = MessageSeen.__struct_fields__
    return [MessageSeen(**dict(zip(names, row, strict=True))) for row in rows]


def _asked(keys: Iterable[StreamKey], **more: int) -> dict[str, object]:
    asked = list(keys)
    return {"kinds": [key.kind.value for key in asked], "refs": [key.ref for key in asked], **more}
