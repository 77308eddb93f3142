"""The day in numbers: the loads, bills and amounts behind each figure of the first page.

A figure is a selection of entries, so a number and the list behind it cannot differ.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from msgspec import Struct

from drawbar.freight.instant import Instant
from drawbar.freight.money import Money
from drawbar.kpis.match import BillEnd
from drawbar.kpis.service import ArrivalRow

ON_TIME_GRACE_MINUTES = 30


class LoadRow(Struct, frozen=True, kw_only=True):
    """One load; a time is None while it has not come. ``to_invoice`` is what its customer owes.

    ``proof_at`` is when we held a proof of delivery that is complete in form.
    """

    shipment_ref: str
    released_at: Instant
    accepted_at: Instant | None = None
    picked_up_at: Instant | None = None
    delivered_at: Instant | None = None
    proof_at: Instant | None = None
    is_invoiced: bool = False
    to_invoice: Money | None = None
    deliveries: tuple[ArrivalRow, ...] = ()


class BillRow(Struct, frozen=True, kw_only=True):
    """One freight bill; ``held`` is what of it waits or is contested, None for nothing."""

    bill_ref: str
    received_at: Instant
    decided_at: Instant | None = None
    end: BillEnd
    is_recycled: bool = False
    held: Money | None = None


class Entry(Struct, frozen=True, kw_only=True):
    """One thing behind a figure, and when it began to count.

    ``counts`` is false for what stands only in the base of a share.
    """

    kind: str
    ref: str
    at: Instant
    counts: bool = True
    money: Money | None = None


Entries = tuple[Entry, ...]


def orders_released(rows: Sequence[LoadRow]) -> Entries:
    """Return the orders that became a load, when they did; one on hold counts once it is free."""
    return tuple(_load(row, row.released_at) for row in rows)


def dispatched(rows: Sequence[LoadRow]) -> Entries:
    """Return the loads that a carrier took, by the time of the acceptance that stands."""
    return tuple(_load(row, row.accepted_at) for row in rows if row.accepted_at)


def picked_up(rows: Sequence[LoadRow]) -> Entries:
    """Return the loads that left their first pickup, by the time that counts."""
    return tuple(_load(row, row.picked_up_at) for row in rows if row.picked_up_at)


def delivered(rows: Sequence[LoadRow]) -> Entries:
    """Return the loads of which every delivery was made, by the time of the last one."""
    return tuple(_load(row, row.delivered_at) for row in rows if row.delivered_at)


def arrivals_on_time(rows: Sequence[LoadRow], *, now: Instant) -> Entries:
    """Return the deliveries reached within 30 minutes of their time, of all that were due so far.

    One that nobody reported is late. ``service.on_time`` is the same share over the same stops.
    """
    return tuple(
        Entry(kind="shipment", ref=row.shipment_ref, at=stop.due_at, counts=_in_time(stop))
        for row in rows
        for stop in row.deliveries
        if stop.due_at <= now
    )


def pods_missing(rows: Sequence[LoadRow]) -> Entries:
    """Return the delivered loads of which we hold no complete proof, by the day of delivery."""
    return tuple(
        _load(row, row.delivered_at) for row in rows if row.delivered_at and row.proof_at is None
    )


def bills_received(rows: Sequence[BillRow]) -> Entries:
    """Return the freight bills that came in, each once, when it first came."""
    return tuple(_bill(row, row.received_at) for row in rows)


def bills_touchless(rows: Sequence[BillRow]) -> Entries:
    """Return the bills approved with no person, of all that were owed and decided on the day."""
    return tuple(
        _bill(row, row.decided_at, counts=row.end is BillEnd.APPROVED)
        for row in rows
        if row.decided_at and row.end in (BillEnd.APPROVED, BillEnd.EXCEPTION)
    )


def money_held(rows: Sequence[BillRow]) -> Entries:
    """Return the money billed and held back: waiting bills whole, of others what is contested."""
    return tuple(_bill(row, row.received_at, money=row.held) for row in rows if row.held)


def unbilled(rows: Sequence[LoadRow]) -> Entries:
    """Return the money that customers owe for delivered loads without an invoice yet."""
    return tuple(
        _load(row, row.delivered_at, money=row.to_invoice)
        for row in rows
        if row.delivered_at and not row.is_invoiced
    )


def within(entries: Iterable[Entry], begin: Instant, end: Instant) -> Entries:
    """Return the entries of the period ``[begin, end)``, in their order."""
    return tuple(entry for entry in entries if begin <= entry.at < end)


def _in_time(stop: ArrivalRow) -> bool:
    grace = timedelta(minutes=ON_TIME_GRACE_MINUTES)
    return stop.arrived_at is not None and stop.arrived_at <= stop.due_at + grace


def _load(row: LoadRow, at: Instant | None, *, money: Money | None = None) -> Entry:
    assert at is not None
    return Entry(kind="shipment", ref=row.shipment_ref, at=at, money=money)


def _bill(
    row: BillRow, at: Instant | None, *, counts: bool = True, money: Money | None = None
) -> Entry:
    assert at is not None
    return Entry(kind="freight_bill", ref=row.bill_ref, at=at, counts=counts, money=money)
