"""A shipment as version 1 answers it: from the order to what it costs, as far as the role may see.

A field is null where the caller's role may not see it, and empty where there is nothing.
"""

from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

from drawbar.dispatch.waterfall import Offer, OfferState
from drawbar.flow.conclusion import Conclusion
from drawbar.flow.history import PastShipmentState
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.movement import Certificate
from drawbar.freight.order import Goods, Stop
from drawbar.freight.visit import Visit
from drawbar.milestones.log import Report
from drawbar.milestones.pod import Pod
from drawbar.web.api.v1.charge import ChargeV1, charge_v1
from drawbar.web.api.v1.term import ReferenceV1
from drawbar.web.auth.caller import Caller
from drawbar.web.auth.role import Role, Scope


class StopSeenV1(Struct, frozen=True, kw_only=True):
    """One stop: planned, and as it was driven. Times are UTC, ``zone`` is that of its clocks."""

    number: int
    purpose: str
    name: str
    label: str
    zone: str
    earliest_at: datetime
    latest_at: datetime
    due_at: datetime
    arrived_at: datetime | None
    departed_at: datetime | None
    facts: tuple[str, ...]


class TenderV1(Struct, frozen=True, kw_only=True):
    """One question to a carrier and what became of it."""

    tender_ref: str
    version: int
    carrier_ref: str
    purpose: str
    state: str
    offered_at: datetime
    answer_by: datetime
    answered_at: datetime | None
    reason: str


class ReportV1(Struct, frozen=True, kw_only=True):
    """One report of a milestone, as it came. ``fact`` leads to its bytes."""

    milestone: str
    stop: int
    happened_at: datetime
    learned_at: datetime
    source: str
    reported_by: str
    reason: str
    fact: str


class PodSeenV1(Struct, frozen=True, kw_only=True):
    """One proof of delivery."""

    signer: str
    signed_on: date | None
    pieces: int | None
    legible: bool
    notes: str
    document: str
    learned_at: datetime
    fact: str


class GoodsSeenV1(Struct, frozen=True, kw_only=True):
    """One line of goods as ordered; a side or class that nobody stated is null or empty."""

    sku: str
    description: str
    pieces: int
    weight_lb: str
    freight_class: str
    length_in: str | None
    width_in: str | None
    height_in: str | None


class CertificateSeenV1(Struct, frozen=True, kw_only=True):
    """A certified weight or class on file; ``sku`` is empty where it is about all goods."""

    certificate_ref: str
    certified_at: datetime
    weight_lb: str | None
    freight_class: str
    sku: str
    reported_by: str
    fact: str


class ShipmentV1(Struct, frozen=True, kw_only=True):
    """One shipment. ``costs`` is what we expect to pay, ``revenue`` what we expect to earn."""

    shipment_ref: str
    version: int
    status: str
    order_ref: str
    revision: int
    customer_ref: str | None
    carrier_ref: str
    references: tuple[ReferenceV1, ...]
    equipment: str
    service: str
    pieces: int
    weight_lb: str
    stops: tuple[StopSeenV1, ...]
    tenders: tuple[TenderV1, ...]
    reports: tuple[ReportV1, ...]
    pods: tuple[PodSeenV1, ...]
    goods: tuple[GoodsSeenV1, ...] = ()
    certificates: tuple[CertificateSeenV1, ...] = ()
    costs: tuple[ChargeV1, ...] | None
    revenue: tuple[ChargeV1, ...] | None
    invoice_refs: tuple[str, ...] | None
    open_bills: tuple[str, ...] | None


def shipment_v1(
    state: ShipmentState, seen: Conclusion, *, status: str, version: int, caller: Caller
) -> ShipmentV1:
    """Return what ``caller`` may see of a shipment."""
    order, ours = state.order, caller.role is not Role.CARRIER
    pays, earns = ours and caller.may(Scope.MONEY_READ), caller.may(Scope.MONEY_READ)
    return ShipmentV1(
        shipment_ref=state.shipment_ref,
        version=version,
        status=status,
        order_ref=order.order_ref,
        revision=order.revision,
        customer_ref=order.customer_ref if ours else None,
        carrier_ref=state.carrier_ref if ours else caller.carrier_ref,
        references=tuple(
            ReferenceV1(kind=name.kind, value=name.value, party=name.party)
            for name in order.references
            if ours or name.party in {"", caller.carrier_ref}
        ),
        equipment=order.equipment,
        service=order.service,
        pieces=order.pieces,
        weight_lb=f"{order.weight_lb:f}",
        stops=tuple(map(_stop, order.stops, seen.visits)),
        tenders=tuple(
            _tender(offer) for offer in state.waterfall.offers if _may_see_offer(offer, caller)
        ),
        reports=tuple(_report(one) for one in state.log.reports) if ours else (),
        pods=tuple(_pod(one) for one in state.pods) if ours else (),
        goods=tuple(_goods(one) for one in order.goods),
        certificates=tuple(_certificate(one) for one in state.certificates) if ours else (),
        costs=tuple(map(charge_v1, state.buy)) if pays else None,
        revenue=tuple(map(charge_v1, state.sell)) if earns else None,
        invoice_refs=state.invoice_refs if ours else None,
        open_bills=state.open_bills if pays else None,
    )


def past_shipment_v1(state: PastShipmentState, *, version: int) -> ShipmentV1:
    """Return a shipment of the time before Drawbar: what old records say and nothing more."""
    order = state.order
    return ShipmentV1(
        shipment_ref=state.shipment_ref,
        version=version,
        status="recorded",
        order_ref=order.order_ref if order else "",
        revision=0,
        customer_ref=order.customer_ref if order else None,
        carrier_ref="",
        references=(),
        equipment="",
        service=state.mode,
        pieces=0,
        weight_lb="0",
        stops=(),
        tenders=(),
        reports=tuple(_report(one) for one in state.log.reports),
        pods=(),
        costs=None,
        revenue=None,
        invoice_refs=None,
        open_bills=None,
    )


def may_see(state: ShipmentState, caller: Caller) -> bool:
    """Say whether ``caller`` may see a shipment: a carrier, if it has it or is asked to take it."""
    if not caller.carrier_ref:
        return True
    return any(
        offer.carrier_ref == caller.carrier_ref
        and offer.state in {OfferState.OPEN, OfferState.ACCEPTED}
        for offer in state.waterfall.offers
    )


def _may_see_offer(offer: Offer, caller: Caller) -> bool:
    return not caller.carrier_ref or offer.carrier_ref == caller.carrier_ref


def _stop(stop: Stop, visit: Visit) -> StopSeenV1:
    return StopSeenV1(
        number=stop.number,
        purpose=stop.purpose.value,
        name=stop.place.name,
        label=stop.place.label,
        zone=stop.place.zone,
        earliest_at=stop.earliest_at,
        latest_at=stop.latest_at,
        due_at=visit.due_at,
        arrived_at=visit.arrived_at,
        departed_at=visit.departed_at,
        facts=visit.facts,
    )


def _goods(line: Goods) -> GoodsSeenV1:
    return GoodsSeenV1(
        sku=line.sku,
        description=line.description,
        pieces=line.pieces,
        weight_lb=f"{line.weight_lb:f}",
        freight_class=line.freight_class,
        length_in=_figure(line.length_in),
        width_in=_figure(line.width_in),
        height_in=_figure(line.height_in),
    )


def _certificate(one: Certificate) -> CertificateSeenV1:
    return CertificateSeenV1(
        certificate_ref=one.certificate_ref,
        certified_at=one.certified_at,
        weight_lb=_figure(one.weight_lb),
        freight_class=one.freight_class,
        sku=one.sku,
        reported_by=one.reported_by,
        fact=one.fact,
    )


def _figure(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _tender(offer: Offer) -> TenderV1:
    return TenderV1(
        tender_ref=offer.tender_ref,
        version=offer.version,
        carrier_ref=offer.carrier_ref,
        purpose=offer.purpose.value,
        state=offer.state.value,
        offered_at=offer.offered_at,
        answer_by=offer.answer_by,
        answered_at=offer.answered_at,
        reason=offer.reason,
    )


def _report(report: Report) -> ReportV1:
    return ReportV1(
        milestone=report.kind.value,
        stop=report.stop,
        happened_at=report.happened_at,
        learned_at=report.learned_at,
        source=report.source.value,
        reported_by=report.reported_by,
        reason=report.reason,
        fact=report.key,
    )


def _pod(pod: Pod) -> PodSeenV1:
    return PodSeenV1(
        signer=pod.signer,
        signed_on=pod.signed_on,
        pieces=pod.pieces,
        legible=pod.legible,
        notes=pod.notes,
        document=pod.document,
        learned_at=pod.learned_at,
        fact=pod.key,
    )
