"""The timeline of a thing: what happened, what was said, booked, decided and went wrong, in order.

Each moment leads to its fact, its message and the place in the bytes where it stands.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from litestar.params import QueryParameter
from msgspec import Struct

from drawbar.freight.stream import StreamKey
from drawbar.records.desk.story import (
    CasePast,
    EntrySeen,
    MessageSeen,
    Step,
    cases_of,
    deliveries_of,
    every_case_of,
    messages_of,
    story,
)
from drawbar.records.sheet import Rows
from drawbar.web.desks.rendering import money, sentence
from drawbar.web.desks.state_mark import words_of


class Show(StrEnum):
    """What a timeline can be narrowed to."""

    BUSINESS = "business"
    MESSAGES = "messages"
    MONEY = "money"
    PEOPLE = "people"
    ERRORS = "errors"
    ALL = "all"


Shown = Annotated[str, QueryParameter(pattern=f"^({'|'.join(Show)})?$", max_length=10)]
"""How the address of a page says what its timeline is narrowed to, empty for business."""


class Moment(Struct, frozen=True, kw_only=True):
    """One thing of the timeline. ``at`` is when we learned it, ``by`` a person who decided it.

    ``local_at`` is the clock on the wall of a stop where a report named no zone.
    """

    shows: tuple[Show, ...]
    at: datetime
    happened_at: datetime
    title: str
    local_at: datetime | None = None
    notes: tuple[str, ...] = ()
    fact: str = ""
    message_ref: str = ""
    place: str = ""
    by: str = ""
    href: str = ""


class Timeline(Struct, frozen=True, kw_only=True):
    """The moments that are shown, and how many there are of each sort."""

    show: str
    moments: list[Moment]
    counts: dict[str, int]


_MONEY = frozenset(
    [
        "BillReceived",
        "BillReviewed",
        "BillDecided",
        "BillWaitExpired",
        "ChargeApproved",
        "EvidenceReceived",
        "DisputeClosed",
        "LineContested",
        "LineEnded",
        "DisputeAnswered",
        "DisputeSettled",
        "DisputeUnanswered",
        "ClaimOpened",
        "ClaimFound",
        "ClaimSaid",
        "ClaimNetted",
        "ClaimDue",
        "InvoiceMissing",
        "VoucherPaid",
        "InvoiceReady",
        "InvoicePeriodEnded",
        "InvoiceAsked",
        "InvoiceCredited",
        "InvoiceContested",
        "InvoiceUpheld",
        "BillingReviewed",
        "InvoicePaid",
        "CustomerPaid",
        "ReceivablesStated",
    ]
)
_PEOPLE = frozenset(
    [
        "ChargeApproved",
        "EvidenceReceived",
        "InvoiceAsked",
        "InvoiceCredited",
        "InvoiceContested",
        "InvoiceUpheld",
        "PaperFiled",
        "DisputeAnswered",
        "DisputeSettled",
        "ClaimOpened",
        "ClaimSaid",
        "DisputeClosed",
        "BillDecided",
        "BillAssigned",
        "ChangeRefused",
        "LoadOffered",
        "LoadOfferedToAll",
        "TenderWithdrawn",
        "LoadRetendered",
        "LoadHeld",
        "HoldLifted",
    ]
)
_TALK = frozenset(["DeliveryConfirmed", "AckReceived", "DocumentSeen"])
_WRONG = frozenset(
    ["WaitExpired", "BillWaitExpired", "TenderExpired", "TruckSilent", "ReceiptOverdue"]
)


def told_of(cursor: Rows, key: StreamKey, *, show: str) -> dict[str, Any]:
    """Return what every page of one thing ends with: cases, timeline, deliveries, messages."""
    return {
        "cases": cases_of(cursor, [key]),
        "timeline": timeline(cursor, [key], show=show),
        "deliveries": deliveries_of(cursor, [key]),
        "messages": messages_of(cursor, [key]),
    }


def timeline(
    cursor: Rows, keys: Sequence[StreamKey], *, entries: Iterable[EntrySeen] = (), show: str = ""
) -> Timeline:
    """Return the timeline of some streams, narrowed to ``show``, business where it is empty."""
    messages = messages_of(cursor, keys)
    senders = {each.message_ref: each.sender for each in messages}
    every = [
        *(_step(step, senders) for step in story(cursor, keys)),
        *(_message(each) for each in messages),
        *(_entry(entry) for entry in entries),
        *(moment for case in every_case_of(cursor, keys) for moment in _case(case)),
        *(
            _failure(delivery.error, delivery.kind, delivery.system, delivery.created_at)
            for delivery in deliveries_of(cursor, keys)
            if delivery.error
        ),
    ]
    every.sort(key=lambda one: (one.at, one.happened_at))
    counts = {one.value: sum(one in each.shows for each in every) for one in Show}
    counts |= {Show.ALL.value: len(every), "": counts[Show.BUSINESS.value]}
    wanted = Show(show) if show else Show.BUSINESS
    shown = [one for one in every if wanted is Show.ALL or wanted in one.shows]
    return Timeline(show=show, moments=shown, counts=counts)


def _step(step: Step, senders: dict[str, str]) -> Moment:
    is_decision = step.name in _PEOPLE
    return Moment(
        shows=tuple(_shows(step.name)),
        at=step.learned_at,
        happened_at=step.happened_at,
        local_at=step.local_at,
        title=sentence(step.name),
        notes=step.notes,
        fact=step.key,
        message_ref=step.message_ref,
        place=step.place,
        by=senders.get(step.message_ref, "") if is_decision else "",
    )


def _shows(name: str) -> Iterator[Show]:
    yield Show.MESSAGES if name in _TALK else Show.BUSINESS
    if name in _MONEY:
        yield Show.MONEY
    if name in _PEOPLE:
        yield Show.PEOPLE
    if name in _WRONG:
        yield Show.ERRORS


def _message(message: MessageSeen) -> Moment:
    is_bad = message.outcome in {"dead", "conflicting"}
    way = "Sent to" if message.direction == "out" else "Message from"
    whom = message.channel if message.direction == "out" else message.sender
    return Moment(
        shows=(Show.MESSAGES, Show.ERRORS) if is_bad else (Show.MESSAGES,),
        at=message.learned_at,
        happened_at=message.learned_at,
        title=f"{way} {whom}",
        notes=(words_of(message.outcome),) if is_bad else (),
        message_ref=message.message_ref,
    )


def _entry(entry: EntrySeen) -> Moment:
    debits = [line for line in entry.lines if line.amount > 0]
    booked = ", ".join(
        f"{words_of(line.account)} {money(line.amount, line.currency)}" for line in debits
    )
    return Moment(
        shows=(Show.MONEY,),
        at=entry.booked_at,
        happened_at=entry.booked_at,
        title=f"Booked: {words_of(entry.purpose)}",
        notes=(booked,),
        fact=entry.fact,
        href="#ledger",
    )


def _case(case: CasePast) -> Iterator[Moment]:
    yield Moment(
        shows=(Show.BUSINESS, Show.ERRORS),
        at=case.opened_at,
        happened_at=case.opened_at,
        title=f"Case: {words_of(case.kind)}, for {case.owner}",
        notes=(case.text,),
        fact=case.fact,
        message_ref=case.message_ref,
        href=f"/cases/{case.case_id}",
    )
    if case.settled_at is not None:
        yield Moment(
            shows=(Show.BUSINESS, Show.ERRORS, *((Show.PEOPLE,) if case.settled_by else ())),
            at=case.settled_at,
            happened_at=case.settled_at,
            title=f"Case closed: {words_of(case.kind)}",
            notes=(case.because,),
            by=case.settled_by,
            href=f"/cases/{case.case_id}",
        )


def _failure(error: str, kind: str, system: str, at: datetime) -> Moment:
    return Moment(
        shows=(Show.ERRORS,),
        at=at,
        happened_at=at,
        title=f"{system} did not simply take {kind}",
        notes=(error,),
        href="#sent",
    )
