"""A load as the measures see it: whose it is, how it was tendered, driven, reported and proven."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from drawbar.billing.late_charge import of_margin
from drawbar.flow.company import Company
from drawbar.flow.conclusion import Conclusion, concluded, cost_centres_of
from drawbar.flow.region import region_of
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.case import CaseKind
from drawbar.freight.instant import Instant
from drawbar.freight.milestone import MilestoneKind as K
from drawbar.freight.order import StopPurpose
from drawbar.kpis.breakdown import Dimension
from drawbar.kpis.leak import LeakRow
from drawbar.kpis.scorecard import CarriedRow, OfferRow
from drawbar.kpis.service import ArrivalRow, LineRow, ProofRow, StatusRow
from drawbar.kpis.tendering import TenderRow
from drawbar.milestones.pod import PodIncomplete, PodMissing, PodShort

REPORT_WITHIN = timedelta(minutes=60)
"""How soon after it happened a carrier has to report; routing guides commonly ask for an hour."""

ON_TIME_GRACE = timedelta(minutes=30)
REQUIRED = {
    StopPurpose.PICKUP: (K.ARRIVED_PICKUP, K.DEPARTED_PICKUP),
    StopPurpose.DELIVERY: (K.ARRIVED_DELIVERY, K.DELIVERED),
}
"""What a carrier must report of each stop."""


class MeasuredLoad(Struct, frozen=True, kw_only=True):
    """One load: its parts by dimension, and its rows for each measure. Tuples may be empty."""

    shipment_ref: str
    released_at: Instant
    parts: dict[Dimension, str]
    tender: TenderRow
    offers: tuple[OfferRow, ...]
    arrivals: tuple[ArrivalRow, ...]
    statuses: tuple[StatusRow, ...]
    line: LineRow | None
    proof: ProofRow | None
    carried: CarriedRow | None
    leaks: tuple[LeakRow, ...] = ()


def measured(
    state: ShipmentState, company: Company, *, released_at: Instant, now: Instant
) -> MeasuredLoad:
    """Return the rows of one load by all that is known of it ``now``."""
    seen = concluded(state, company)
    return MeasuredLoad(
        shipment_ref=state.shipment_ref,
        released_at=released_at,
        parts=parts_of(state, company),
        tender=_tender(state, released_at),
        offers=tuple(_offers(state)),
        arrivals=tuple(_arrivals(state, seen, now)),
        statuses=tuple(_statuses(state, seen)),
        line=_line(state, seen),
        proof=_proof(state, seen),
        carried=_carried(state, seen),
        leaks=tuple(
            LeakRow(shipment_ref=state.shipment_ref, money=one.money)
            for one in of_margin(state.leaks)
        ),
    )


def parts_of(state: ShipmentState, company: Company) -> dict[Dimension, str]:
    """Return which part of each breakdown a load belongs to; empty where nobody can tell.

    Who shares a load's costs is one part, by all their names.
    """
    order = state.order
    payer = company.customers.get(order.customer_ref)
    origin, destination = order.pickup.place, order.delivery.place
    by_class = any(line.freight_class for line in order.goods)
    return {
        Dimension.CUSTOMER: order.customer_ref,
        Dimension.CARRIER: state.payee_ref,
        Dimension.LANE: f"{origin.label} → {destination.label}",
        Dimension.REGION: region_of(origin, company.policy.regions),
        Dimension.MODE: "less than truckload" if by_class else "truckload",
        Dimension.COST_CENTRE: " + ".join(sorted(cost_centres_of(state, company))),
        Dimension.OWNER: payer.owner if payer else "",
    }


def _tender(state: ShipmentState, released_at: Instant) -> TenderRow:
    offers, award = state.waterfall.offers, state.award
    return TenderRow(
        shipment_ref=state.shipment_ref,
        released_at=released_at,
        offers=len(offers),
        accepted_offer=offers.index(award) + 1 if award else 0,
        accepted_at=award.answered_at if award else None,
    )


def _offers(state: ShipmentState) -> Iterator[OfferRow]:
    for offer in state.waterfall.offers:
        if offer.state.value in {"accepted", "declined", "expired"}:
            yield OfferRow(tender_ref=offer.tender_ref, is_accepted=offer.state.value == "accepted")


def _arrivals(state: ShipmentState, seen: Conclusion, now: Instant) -> Iterator[ArrivalRow]:
    if state.cancelled_at:
        return
    for visit in seen.visits:
        if visit.due_at <= now:
            yield ArrivalRow(
                ref=state.shipment_ref, due_at=visit.due_at, arrived_at=visit.arrived_at
            )


def _statuses(state: ShipmentState, seen: Conclusion) -> Iterator[StatusRow]:
    """Yield what had to be reported of a delivered load, and when it was, if it was."""
    if not seen.delivered:
        return
    told = {report.key: report.learned_at for report in state.log.reports}
    actual = {(one.stop, one.kind): one for one in seen.account.actuals}
    for stop in state.order.stops:
        for kind in REQUIRED[stop.purpose]:
            one = actual.get((stop.number, kind))
            yield StatusRow(
                ref=state.shipment_ref,
                due_at=(one.happened_at if one else stop.due_at) + REPORT_WITHIN,
                reported_at=told.get(one.key) if one else None,
            )


def _line(state: ShipmentState, seen: Conclusion) -> LineRow | None:
    """Return whether a delivered order came complete and on time, all its goods together."""
    if not seen.delivered or isinstance(seen.proof, PodMissing):
        return None
    last = seen.visits[-1]
    return LineRow(
        order_ref=state.order.order_ref,
        ordered=state.order.pieces,
        received=_received(state, seen),
        on_time=last.arrived_at is not None and last.arrived_at <= last.due_at + ON_TIME_GRACE,
    )


def _received(state: ShipmentState, seen: Conclusion) -> int:
    assert not isinstance(seen.proof, PodMissing)
    pieces = seen.proof.pod.pieces
    return state.order.pieces if pieces is None else pieces


def _proof(state: ShipmentState, seen: Conclusion) -> ProofRow | None:
    if seen.delivered_at is None:
        return None
    held = not isinstance(seen.proof, PodMissing | PodIncomplete)
    return ProofRow(
        shipment_ref=state.shipment_ref,
        delivered_at=seen.delivered_at,
        proof_at=_learned(seen) if held else None,
    )


def _learned(seen: Conclusion) -> datetime:
    assert not isinstance(seen.proof, PodMissing)
    return seen.proof.pod.learned_at


def _carried(state: ShipmentState, seen: Conclusion) -> CarriedRow | None:
    if not seen.delivered:
        return None
    claims = any(flag.kind is CaseKind.CARGO_CLAIM for flag in state.flags)
    return CarriedRow(
        shipment_ref=state.shipment_ref, is_claimed=claims or isinstance(seen.proof, PodShort)
    )
