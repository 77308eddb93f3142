"""The 204: a load tender as X12 writes it.

Source: X12 transaction set 204, release 004010, restated.
"""

from collections.abc import Iterable, Iterator

from drawbar.edi.load_tender import Lading, LoadTender, OrderLine, Stop, TenderTotal
from drawbar.edi.segment import Segment, segment
from drawbar.edi.value import read_whole, write_cents, write_decimal, write_whole
from drawbar.edi.x12 import detail_builder as build
from drawbar.edi.x12 import detail_reader as read
from drawbar.edi.x12.structure import Loop
from drawbar.edi.x12.wrap import Body


def parse_load_tender(root: Loop, *, is_reversed: bool = False) -> LoadTender:
    """Return the tender that a 204 states."""
    start, purpose = root.first("B2"), root.first("B2A")
    moments = read.moments(root.every("G62"))
    at = read.places(start, scac=2, shipment_id=4, weight_unit=5, payer=6)
    return LoadTender(
        shipment_id=start.get(4),
        scac=start.get(2),
        purpose=purpose.get(1),
        application=purpose.get(2),
        payer=start.get(6),
        weight_unit=start.get(5),
        respond_by=moments[0] if moments else None,
        references=read.references(root, is_reversed=is_reversed),
        notes=read.notes(root),
        parties=read.parties(root, is_reversed=is_reversed),
        equipment=read.equipment(root),
        stops=tuple(parse_stop(loop, is_reversed=is_reversed) for loop in root.inside("stop")),
        total=_total(root),
        at={**at, **read.places(purpose, purpose=1, application=2)},
    )


def parse_stop(loop: Loop, *, is_reversed: bool = False) -> Stop:
    """Return one stop: an S5 and what follows it."""
    item = loop.first("S5")
    return Stop(
        number=read_whole(item.get(1)),
        reason=item.get(2),
        weight=read.decimal(item, 3),
        weight_unit=item.get(4),
        units=read.decimal(item, 5),
        unit=item.get(6),
        volume=read.decimal(item, 7),
        volume_unit=item.get(8),
        references=read.references(loop, is_reversed=is_reversed),
        moments=read.moments(loop.every("G62")),
        weights=read.weights(loop.every("AT8")),
        pallets=read_whole(loop.first("PLD").get(1)),
        notes=read.notes(loop),
        parties=read.parties(loop, is_reversed=is_reversed),
        ladings=_ladings(loop, is_reversed=is_reversed),
        orders=tuple(_order(inner, is_reversed=is_reversed) for inner in loop.inside("order")),
        equipment=read.equipment(loop),
        at=read.places(item, number=1, reason=2, weight=3, units=5, volume=7),
    )


def _ladings(loop: Loop, *, is_reversed: bool) -> tuple[Lading, ...]:
    return tuple(_lading(inner, is_reversed=is_reversed) for inner in loop.inside("lading"))


def _lading(loop: Loop, *, is_reversed: bool) -> Lading:
    item = loop.first("L5")
    contacts = list(loop.inside("contact"))
    references = [read.references(inner, is_reversed=is_reversed) for inner in contacts]
    return Lading(
        text=item.get(2),
        commodity=item.get(3),
        commodity_qualifier=item.get(4),
        packaging=item.get(5),
        marks=item.get(6),
        weights=read.weights(loop.every("AT8")),
        contacts=read.contacts(segment for inner in contacts for segment in inner.every("G61")),
        references=tuple(each for some in references for each in some),
        is_hazardous=any(loop.anywhere("LH1")),
        at=read.places(item, text=2, commodity=3, packaging=5, marks=6),
    )


def _order(loop: Loop, *, is_reversed: bool) -> OrderLine:
    item = loop.first("OID")
    return OrderLine(
        reference=item.get(1),
        order=item.get(2),
        unit=item.get(4),
        quantity=read.decimal(item, 5),
        weight_unit=item.get(6),
        weight=read.decimal(item, 7),
        volume_unit=item.get(8),
        volume=read.decimal(item, 9),
        moments=read.moments(loop.every("G62")),
        ladings=_ladings(loop, is_reversed=is_reversed),
        at=read.places(item, reference=1, order=2, quantity=5, weight=7, volume=9),
    )


def _total(root: Loop) -> TenderTotal | None:
    item = root.first("L3")
    if not item.elements:
        return None
    return TenderTotal(
        weight=read.decimal(item, 1),
        weight_qualifier=item.get(2),
        rate=read.decimal(item, 3),
        rate_qualifier=item.get(4),
        charge=read.cents(item, 5),
        volume=read.decimal(item, 9),
        volume_unit=item.get(10),
        pieces=read_whole(item.get(11)),
        weight_unit=item.get(12),
        at=read.places(item, weight=1, rate=3, charge=5, volume=9, pieces=11),
    )


def build_load_tender(tender: LoadTender) -> Body:
    """Return the segments of a 204. Ladings go out with their description and weights only."""
    return Body("204", tuple(_build(tender)))


def _build(tender: LoadTender) -> Iterator[Segment]:
    start = ("", tender.scac, "", tender.shipment_id, tender.weight_unit, tender.payer)
    yield segment("B2", *start)
    yield segment("B2A", tender.purpose, tender.application)
    yield from build.build_references(tender.references)
    if tender.respond_by:
        yield from build.build_moments([tender.respond_by])
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
