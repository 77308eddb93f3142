"""One timeline of a story: what happened, what came and went, what was booked, who decided.

Every event has its place in the order of learning and at least one track by which it is found.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from drawbar.cli.gist import gist
from drawbar.cli.table import amount
from drawbar.cli.whole_story import Row, Told
from drawbar.freight.delivery import DeliveryConfirmed
from drawbar.freight.fact import Fact
from drawbar.freight.milestone import MilestoneReported, Source
from drawbar.records.desk.message import MessageKept, fact
from drawbar.records.desk.story import EntrySeen, Step
from drawbar.records.sheet import Rows


class Track(StrEnum):
    """What kind of event it is; one may be of several kinds."""

    BUSINESS = "business"
    MESSAGES = "messages"
    MONEY = "money"
    PEOPLE = "people"
    ERRORS = "errors"


class Event(Struct, frozen=True, kw_only=True):
    """One event. ``at`` is when we learned or did it, ``happened_at`` when it came to pass.

    ``ref`` is the key of a fact, or the reference of a message, delivery, case or ledger entry;
    ``place`` is where in the message ``message_ref`` a fact stands.
    """

    at: datetime
    happened_at: datetime
    tracks: tuple[Track, ...]
    what: str
    ref: str
    says: str = ""
    notes: tuple[str, ...] = ()
    message_ref: str = ""
    place: str = ""


_MONEY = frozenset(
    {
        *("BillReceived", "BillReviewed", "BillWaitExpired", "ChargeApproved", "DisputeClosed"),
        "EvidenceReceived",
        *("VoucherPaid", "InvoiceReady", "InvoicePaid", "DocumentSeen"),
        *("LineContested", "LineEnded", "DisputeAnswered", "DisputeSettled", "DisputeUnanswered"),
        *("ClaimOpened", "ClaimFound", "ClaimSaid", "ClaimNetted", "ClaimDue", "InvoiceMissing"),
        *("InvoicePeriodEnded", "InvoiceAsked", "InvoiceCredited"),
        *("InvoiceContested", "InvoiceUpheld", "BillingReviewed"),
        *("BillRecorded", "FreightRecorded"),
    }
)
_PEOPLE = frozenset(
    {
        *("ChargeApproved", "DisputeClosed", "DisputeAnswered", "DisputeSettled"),
        *("ClaimOpened", "ClaimSaid"),
    }
)
_MESSAGES = frozenset({"AckReceived", "DeliveryConfirmed"})
_ERRORS = frozenset({"WaitExpired", "BillWaitExpired", "ReceiptOverdue"})
_MONEY_SENT = frozenset({"PostJournal", "PostVoucher", "PostInvoice", "RefuseBill", "TellCarrier"})
_STUCK = frozenset({"rejected", "unsure", "dead"})
_UNREAD = frozenset({"dead", "conflicting"})
_DESK = "desk"


def timeline(cursor: Rows, steps: Iterable[Step], told: Told) -> tuple[Event, ...]:
    """Return all events in the order in which we learned or did them."""
    events = (
        *map(_of_message, told.messages),
        *(_of_step(cursor, step) for step in steps),
        *map(_of_entry, told.entries),
        *map(_of_delivery, told.deliveries),
        *(event for row in told.cases for event in _of_case(row)),
    )
    return tuple(sorted(events, key=lambda event: event.at))  # stable: the cause stands before


def _of_step(cursor: Rows, step: Step) -> Event:
    found = fact(cursor, step.key)
    return Event(
        at=step.learned_at,
        happened_at=step.happened_at,
        tracks=_tracks_of_fact(step.name, found.fact if found else None),
        what=step.name,
        ref=step.key,
        says=gist(found.fact) if found else "",
        notes=step.notes,
        message_ref=step.message_ref,
        place=step.place,
    )


def _tracks_of_fact(name: str, said: Fact | None) -> tuple[Track, ...]:
    by_hand = isinstance(said, MilestoneReported) and said.source is Source.MANUAL
    is_posted = isinstance(said, DeliveryConfirmed) and said.delivery_kind in _MONEY_SENT
    chosen = {
        Track.MESSAGES: name in _MESSAGES,
        Track.MONEY: name in _MONEY or is_posted,
        Track.PEOPLE: name in _PEOPLE or by_hand,
        Track.ERRORS: name in _ERRORS,
    }
    return _chosen(chosen, Track.BUSINESS if name not in _MONEY | _MESSAGES else None)


def _of_message(kept: MessageKept) -> Event:
    tracks = {
        Track.MESSAGES: True,
        Track.PEOPLE: bool(kept.author) or kept.channel == _DESK,
        Track.ERRORS: kept.outcome in _UNREAD or bool(kept.problems),
    }
    notes = [f"came {kept.times} times"] if kept.times > 1 else []
    if kept.edited_from:
        notes.append(f"{kept.author} edited {kept.edited_from}: {kept.reason}")
    notes += [str(problem["text"]) for problem in kept.problems]
    notes += kept.error.strip().splitlines()[-1:]
    return Event(
        at=kept.learned_at,
        happened_at=kept.learned_at,
        tracks=_chosen(tracks),
        what=f"message {kept.direction}",
        ref=kept.message_ref,
        says=f"{kept.channel} of {kept.sender}, {len(kept.body):,} bytes, {kept.outcome}",
        notes=tuple(notes),
        message_ref=kept.message_ref,
    )


def _of_entry(entry: EntrySeen) -> Event:
    lines = (f"{line.account} {amount(line.amount, line.currency)}" for line in entry.lines)
    reverses = f" (reverses {entry.reverses})" if entry.reverses else ""
    return Event(
        at=entry.booked_at,
        happened_at=entry.booked_at,
        tracks=(Track.MONEY,),
        what="ledger entry",
        ref=entry.entry_ref,
        says=f"{entry.purpose} of {entry.document_on}: {entry.text}{reverses}",
        notes=tuple(lines),
    )


def _of_delivery(row: Row) -> Event:
    document = f" as {row['document']}" if row["document"] else ""
    by = f" by {row['settled_by']}" if row["settled_by"] else ""
    tries = f"{row['attempts']} attempt{'' if row['attempts'] == 1 else 's'}"
    tracks = {
        Track.MESSAGES: True,
        Track.MONEY: row["kind"] in _MONEY_SENT,
        Track.PEOPLE: bool(row["settled_by"]),
        Track.ERRORS: row["state"] in _STUCK or bool(row["error"]),
    }
    return Event(
        at=row["created_at"],
        happened_at=row["settled_at"] or row["created_at"],
        tracks=_chosen(tracks),
        what="delivery",
        ref=str(row["delivery_id"]),
        says=f"{row['kind']} {row['business_key']} to {row['system']}: "
        f"{row['state']}{document}{by}, {tries}",
        notes=(*([row["error"]] if row["error"] else []), *row["messages"]),
    )


def _of_case(row: Row) -> Iterator[Event]:
    risk = amount(row["amount"], row["currency"])
    tracks = {Track.ERRORS: True, Track.MONEY: bool(risk), Track.PEOPLE: True}
    yield Event(
        at=row["opened_at"],
        happened_at=row["opened_at"],
        tracks=_chosen(tracks),
        what="case",
        ref=str(row["case_id"]),
        says=f"{row['kind']} for {row['owner']}: {row['text']}",
        notes=(*([f"{risk} at risk"] if risk else []), row["remedy"]),
        message_ref=row["message_ref"],
    )
    if row["settled_at"] is not None:
        by = row["settled_by"]
        yield Event(
            at=row["settled_at"],
            happened_at=row["settled_at"],
            tracks=_chosen({Track.PEOPLE: bool(by)}, None if by else Track.BUSINESS),
            what="case closed",
            ref=str(row["case_id"]),
            says=f"{row['kind']}{f' by {by}' if by else ''}: {row['because']}",
        )


def _chosen(tracks: dict[Track, bool], other: Track | None = None) -> tuple[Track, ...]:
    wanted = {track for track, holds in tracks.items() if holds} | ({other} if other else set())
    return tuple(track for track in Track if track in wanted)
