"""What an incident is about: a load with its bills, and whether the trouble has come to it yet."""

from collections.abc import Mapping

from msgspec import Struct

from drawbar.dispatch.waterfall import OfferState
from drawbar.flow.bill_state import BillState, BillStatus
from drawbar.flow.company import Company
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.case import CaseKind
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.search import find, streams_found
from drawbar.records.desk.stream import stream
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows
from drawbar.web.desks.incident import IncidentKind
from drawbar.web.desks.story_place import page_of

_SQL = statements("desk")
_BILL = frozenset({CaseKind.BILL_STOPPED, CaseKind.DISPUTE, CaseKind.OVERPAID})
_CHANGE = frozenset(
    {
        CaseKind.CHANGE_REFUSED,
        CaseKind.CHANGE_UNANSWERED,
        CaseKind.STALE_ACCEPTANCE,
        CaseKind.UNCOVERED,
    }
)
CASES: Mapping[str, frozenset[str]] = {
    IncidentKind.CHANGE_AFTER_TENDER: _CHANGE,
    IncidentKind.TENDER_DECLINED: frozenset({CaseKind.UNCOVERED, CaseKind.LATE_ACCEPTANCE}),
    IncidentKind.SILENT_TRUCK: frozenset({CaseKind.SILENT_TRUCK}),
    IncidentKind.WRONG_DETENTION: _BILL,
    IncidentKind.WRONG_FUEL_WEEK: _BILL,
    IncidentKind.DUPLICATE_NEW_NUMBER: frozenset({CaseKind.DUPLICATE}),
}
"""Which cases an incident is about; another case of the same load is another trouble."""

ABOUT_BILLS = frozenset(
    {
        IncidentKind.WRONG_DETENTION,
        IncidentKind.WRONG_FUEL_WEEK,
        IncidentKind.DUPLICATE_NEW_NUMBER,
    }
)
ABOUT_TENDERS = frozenset({IncidentKind.CHANGE_AFTER_TENDER, IncidentKind.TENDER_DECLINED})


class Thing(Struct, frozen=True, kw_only=True):
    """What a reference leads to. ``judged`` are the decided bills, the last one last."""

    keys: tuple[StreamKey, ...]
    href: str
    load: ShipmentState | None
    judged: tuple[BillState, ...]


def thing_of(cursor: Rows, look_up: str, company: Company) -> Thing | None:
    """Return what a reference leads to, a load with all its bills; None where nobody knows it."""
    found = streams_found(find(cursor, look_up, company))
    if not found:
        return None
    loads = [key for key in found if key.kind is StreamKind.SHIPMENT]
    bills = {key for key in found if key.kind is StreamKind.FREIGHT_BILL}
    named_bills = bool(bills) and not loads
    for load in loads:
        rows = cursor.execute(_SQL["bills_of"], {"ref": load.ref}).fetchall()
        bills |= {StreamKey(StreamKind.FREIGHT_BILL, ref) for (ref,) in rows}
    states = [one.state for key in bills if (one := stream(cursor, key))]
    judged = [one for one in states if isinstance(one, BillState) and one.decided_at]
    keys = tuple(sorted({*found, *bills}))
    return Thing(
        keys=keys,
        href=_place(keys, bill_first=named_bills),
        load=_load(cursor, loads),
        judged=tuple(sorted(judged, key=lambda one: (one.received_at, one.bill.bill_ref))),
    )


def was_touched(kind: str, thing: Thing) -> bool:
    """Return whether the trouble has come yet: before that there is nothing to mend."""
    offers = thing.load.waterfall.offers if thing.load else ()
    match kind:
        case IncidentKind.DUPLICATE_NEW_NUMBER:
            return any(one.status is BillStatus.DUPLICATE for one in thing.judged)
        case _ if kind in ABOUT_BILLS:
            return bool(thing.judged)
        case IncidentKind.CHANGE_AFTER_TENDER:
            return any(offer.version > 1 for offer in offers)
        case IncidentKind.TENDER_DECLINED:
            return any(offer.state is OfferState.DECLINED for offer in offers)
        case _:
            return False


def _load(cursor: Rows, loads: list[StreamKey]) -> ShipmentState | None:
    for key in loads:
        found = stream(cursor, key)
        if found and isinstance(found.state, ShipmentState):
            return found.state
    return None


def _place(keys: tuple[StreamKey, ...], *, bill_first: bool) -> str:
    """Return the page where most can be mended: the load, or the bill that was asked for."""
    first = StreamKind.FREIGHT_BILL if bill_first else StreamKind.SHIPMENT
    order = (first, StreamKind.SHIPMENT, StreamKind.ORDER, StreamKind.FREIGHT_BILL)
    best = min(keys, key=lambda key: order.index(key.kind) if key.kind in order else len(order))
    return page_of(best.kind.value, best.ref)
