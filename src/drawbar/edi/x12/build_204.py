"""Write a load tender as a 204."""

from collections.abc import Iterable, Iterator

from drawbar.edi.load_tender import Hazard, Lading, LoadTender, OrderLine, Stop, TenderTotal
from drawbar.edi.segment import Segment, segment
from drawbar.edi.value import write_cents, write_decimal, write_whole
from drawbar.edi.x12 import detail_builder as build
from drawbar.edi.x12.lading_detail import build_details
from drawbar.edi.x12.wrap import Body


def build_load_tender(tender: LoadTender) -> Body:
    """Return the segments of a 204."""
    return Body("204", tuple(_build(tender)))


def _build(tender: LoadTender) -> Iterator[Segment]:
    yield _build_start(tender)
    yield segment("B2A", tender.purpose, tender.application)
    yield from build.build_references(tender.references)
    respond_by = [tender.respond_by] if tender.respond_by else []
    yield from build.build_moments((*respond_by, *tender.moments))
    yield from build.build_routing(tender.routing)
    yield from build.build_handling(tender.handling)
    if tender.pallets is not None:
        yield segment("PLD", write_whole(tender.pallets))
    yield from build.build_notes(tender.notes)
    yield from build.build_parties(tender.parties)
    yield from build.build_equipment(tender.equipment)
    for stop in tender.stops:
        yield from _build_stop(stop)
    if tender.total:
        yield _build_total(tender.total)


def _build_start(tender: LoadTender) -> Segment:
    return segment(
        "B2",
        tender.service,
        tender.scac,
        "",
        tender.shipment_id,
        tender.weight_unit,
        tender.payer,
        "",
        write_whole(tender.equipment_count),
        "",
        "",
        tender.terms,
        tender.payment,
    )


def _build_stop(stop: Stop) -> Iterator[Segment]:
    yield build_stop_start(stop)
    yield from build.build_references(stop.references)
    yield from build.build_moments(stop.moments)
    yield from build.build_weights(stop.weights)
    yield from build_details(stop.details)
    yield from build.build_handling(stop.handling)
    if stop.pallets is not None:
        yield _build_pallets(stop)
    yield from build.build_notes(stop.notes)
    yield from build.build_parties(stop.parties)
    yield from _build_ladings(stop.ladings)
    for order in stop.orders:
        yield from _build_order(order)
    yield from build.build_equipment(stop.equipment)


def build_stop_start(stop: Stop) -> Segment:
    """Build the S5 of a stop."""
    return segment(
        "S5",
        write_whole(stop.number),
        stop.reason,
        write_decimal(stop.weight),
        stop.weight_unit,
        write_decimal(stop.units),
        stop.unit,
        write_decimal(stop.volume),
        stop.volume_unit,
        stop.text,
        stop.point,
        stop.accomplish,
    )


def _build_pallets(stop: Stop) -> Segment:
    weight = write_decimal(stop.pallet_weight)
    pallets = write_whole(stop.pallets)
    return segment("PLD", pallets, stop.pallet_exchange, stop.pallet_weight_unit, weight)


def _build_ladings(ladings: Iterable[Lading]) -> Iterator[Segment]:
    for lading in ladings:
        yield segment(
            "L5",
            "",
            lading.text,
            lading.commodity,
            lading.commodity_qualifier,
            lading.packaging,
            lading.marks,
        )
        yield from build.build_weights(lading.weights)
        yield from build.build_contacts(lading.contacts)
        yield from build.build_references(lading.references)
        for hazard in lading.hazards:
            yield from _build_hazard(hazard)


def _build_hazard(hazard: Hazard) -> Iterator[Segment]:
    yield segment(
        "LH1",
        hazard.unit,
        write_whole(hazard.pieces),
        hazard.id,
        "",
        hazard.commodity,
        hazard.quantity_unit,
        write_decimal(hazard.quantity),
        "",
        "",
        hazard.packing_group,
    )
    if hazard.hazard_class or hazard.placard:
        yield segment("LH2", hazard.hazard_class, "", hazard.placard)
    for name in hazard.shipping_names:
        yield segment("LH3", name)
    for note in hazard.notes:
        yield segment("LFH", note.qualifier, note.text)


def _build_order(order: OrderLine) -> Iterator[Segment]:
    yield segment(
        "OID",
        order.reference,
        order.order,
        order.further_reference,
        order.unit,
        write_decimal(order.quantity),
        order.weight_unit,
        write_decimal(order.weight),
        order.volume_unit,
        write_decimal(order.volume),
        "",
        order.last_reference,
    )
    yield from build.build_references(order.references)
    yield from build.build_moments(order.moments)
    yield from build_details(order.details)
    yield from _build_ladings(order.ladings)


def _build_total(total: TenderTotal) -> Segment:
    return segment(
        "L3",
        write_decimal(total.weight),
        total.weight_qualifier,
        write_decimal(total.rate),
        total.rate_qualifier,
        write_cents(total.charge),
        *[""] * 3,
        write_decimal(total.volume),
        total.volume_unit,
        write_whole(total.pieces),
        total.weight_unit,
    )
