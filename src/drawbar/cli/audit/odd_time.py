"""Times worth a word though everything was read: an hour shown twice, a bill before its pickup."""

from collections.abc import Iterable
from datetime import date, datetime

from drawbar.cli.audit.paper import EventPaper
from drawbar.cli.audit.row import twice
from drawbar.cli.audit.unread import Refused
from drawbar.connectors.wall_clock import NoSuchTime, instant_at, is_shown_twice
from drawbar.flow.shadow_load import Opened
from drawbar.flow.shadow_outcome import Outcome
from drawbar.freight.instant import local_day
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.order import Stop

NIGHT, SATURDAY = 3, 6
"""Clocks are set back in the hours up to three of a night of a weekend."""

_AT_PICKUP = frozenset({MilestoneKind.LOADED, MilestoneKind.DEPARTED_PICKUP})


def may_be_twice(paper: EventPaper) -> bool:
    """Return whether an event says the clock of a stop, in a night when clocks may be set back."""
    clock = paper.local_at
    return clock is not None and clock.hour <= NIGHT and clock.isoweekday() >= SATURDAY


def shown_twice(paper: EventPaper, stops: Iterable[Stop]) -> Refused | None:
    """Return the note on an event whose clock, at its stop, showed its time twice."""
    clock = paper.local_at
    if clock is None:
        return None
    zones = dict.fromkeys(one.place.zone for one in stops if paper.stop in (0, one.number))
    zone = next((zone for zone in zones if _is_twice(clock, zone)), "")
    return twice(clock, zone, field="at") if zone else None


def billed_early(one: Outcome, opened: Opened) -> Refused | None:
    """Return the note on a bill that is dated before its load was picked up."""
    picked_up_on = _picked_up_on(opened)
    if one.bill.billed_on >= picked_up_on:
        return None
    text = (
        f"invoice {one.bill.invoice_number} is dated {one.bill.billed_on},"
        f" before the pickup of {one.shipment_ref} on {picked_up_on}"
    )
    remedy = "Check the day, and whether it is the bill of this load."
    return Refused(text, field="invoice date", remedy=remedy, cause="early")


def _is_twice(clock: datetime, zone: str) -> bool:
    try:
        return is_shown_twice(instant_at(clock, zone), zone)
    except NoSuchTime:
        return False  # a skipped hour is not shown at all


def _picked_up_on(opened: Opened) -> date:
    """Return the day of the pickup: as reported, else as planned."""
    stop = opened.load.order.pickup
    made = [one.happened_at for one in opened.load.log.reports if one.kind in _AT_PICKUP]
    return local_day(min(made, default=stop.earliest_at), stop.place.zone)
