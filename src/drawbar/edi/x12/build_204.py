"""Write a load tender as a 204."""

from collections.abc import Iterable, Iterator

from drawbar.edi.load_tender import Hazard, Lading, LoadTender, OrderLine, Stop, TenderTotal
from drawbar.edi.segment import Segment, segment
from drawbar.edi.value import write_cents, write_decimal, write_whole
from drawbar.edi.x12 import detail_builder as build
from drawbar.edi.x12.wrap import Body


def build_load_tender(tender: LoadTender) -> Body:
    """Return the segments of a 204."""
    return Body("204", tuple(_build(tender)))


def _build(tender: LoadTender) -> Iterator[Segment]:
    start = ("", tender.scac, "", tender.shipment_id, tender.weight_unit, tender.payer)
    yield segment("B2", *start)
    yield segment("B2A", tender.purpose, tender.application)
    yield from build.build_references(tender.references)
    if tender.respond_by:
        yield from build.build_moments([tender.respond_by])
    yield from build.build_handling(tender.handling)
    yield from build.build_notes(tender.notes)
    yield from build.build_parties(tender.parties)
    yield from build.build_equipment(tender.equipment)
    for stop in tender.stops:
        yield from _build_stop(stop)
    if tender.total:
        yield _build_total(tender.total)


def _build_stop(stop: Stop) -> Iterator[Segment]:
    yield segment(
        "S5",
        write_whole(stop.number),
        stop.reason,
        write_decimal(stop.weight),
        stop.weight_unit,
        write_decimal(stop.units),
        stop.unit,
        write_decimal(stop.volume),
        stop.volume_unit,
    )
    yield from build.build_references(stop.references)
    yield from build.build_moments(stop.moments)
    yield from build.build_weights(stop.weights)
    yield from build.build_handling(stop.handling)
    if stop.pallets is not None:
        yield segment("PLD", write_whole(stop.pallets))
    yield from build.build_notes(stop.notes)
    yield from build.build_parties(stop.parties)
    yield from _build_ladings(stop.ladings)
    for order in stop.orders:
        yield from _build_order(order)
    yield from build.build_equipment(stop.equipment)


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
    )
    if hazard.hazard_class:
        yield segment("LH2", hazard.hazard_class)
    for name in hazard.shipping_names:
        yield segment("LH3", name)
    for note in hazard.notes:
        yield segment("LFH", note.qualifier, note.text)


def _build_order(order: OrderLine) -> Iterator[Segment]:
    yield segment(
        "OID",
        order.reference,
        order.order,
        "",
        order.unit,
        write_decimal(order.quantity),
        order.weight_unit,
        write_decimal(order.weight),
        order.volume_unit,
        write_decimal(order.volume),
    )
    yield from build.build_moments(order.moments)
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
