"""The 204: a load tender as X12 writes it.

Source: X12 transaction set 204, release 004010, restated.
"""

from drawbar.edi.detail import Moment, Note
from drawbar.edi.load_tender import Hazard, Lading, LoadTender, OrderLine, Stop, TenderTotal
from drawbar.edi.value import read_whole
from drawbar.edi.x12 import detail_reader as read
from drawbar.edi.x12.lading_detail import read_details
from drawbar.edi.x12.structure import Loop

_RESPOND_BY = "64"


def parse_load_tender(root: Loop, *, is_reversed: bool = False) -> LoadTender:
    """Return the tender that a 204 states."""
    start, purpose = root.first("B2"), root.first("B2A")
    respond_by, moments = _respond_by(read.moments(root.every("G62")))
    at = read.places(start, scac=2, shipment_id=4, weight_unit=5, payer=6)
    return LoadTender(
        shipment_id=start.get(4),
        scac=start.get(2),
        purpose=purpose.get(1),
        application=purpose.get(2),
        payer=start.get(6),
        weight_unit=start.get(5),
        service=start.get(1),
        equipment_count=read_whole(start.get(8)),
        terms=start.get(11),
        payment=start.get(12),
        respond_by=respond_by,
        moments=moments,
        references=read.references(root, is_reversed=is_reversed),
        routing=read.routing(root),
        handling=read.handling(root),
        pallets=read_whole(root.first("PLD").get(1)),
        notes=read.notes(root),
        parties=read.parties(root, is_reversed=is_reversed),
        equipment=read.equipment(root),
        stops=tuple(parse_stop(loop, is_reversed=is_reversed) for loop in root.inside("stop")),
        total=_total(root),
        at={**at, **read.places(purpose, purpose=1, application=2)},
    )


def _respond_by(moments: tuple[Moment, ...]) -> tuple[Moment | None, tuple[Moment, ...]]:
    """Return when an answer is due, and the other moments.

    The standard has one moment here; a sender who gives several marks which one it is.
    """
    marked = [moment for moment in moments if moment.qualifier == _RESPOND_BY]
    chosen = marked[0] if marked else (moments[0] if len(moments) == 1 else None)
    return chosen, tuple(moment for moment in moments if moment is not chosen)


def parse_stop(loop: Loop, *, is_reversed: bool = False) -> Stop:
    """Return one stop: an S5 and what follows it."""
    item, pallets = loop.first("S5"), loop.first("PLD")
    return Stop(
        number=read_whole(item.get(1)),
        reason=item.get(2),
        weight=read.decimal(item, 3),
        weight_unit=item.get(4),
        units=read.decimal(item, 5),
        unit=item.get(6),
        volume=read.decimal(item, 7),
        volume_unit=item.get(8),
        text=item.get(9),
        point=item.get(10),
        accomplish=item.get(11),
        references=read.references(loop, is_reversed=is_reversed),
        moments=read.moments(loop.every("G62")),
        weights=read.weights(loop.every("AT8")),
        details=read_details(loop),
        handling=read.handling(loop),
        pallets=read_whole(pallets.get(1)),
        pallet_exchange=pallets.get(2),
        pallet_weight_unit=pallets.get(3),
        pallet_weight=read.decimal(pallets, 4),
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
        hazards=tuple(_hazard(inner) for inner in loop.inside("contact", "hazard")),
        at=read.places(item, text=2, commodity=3, packaging=5, marks=6),
    )


def _hazard(loop: Loop) -> Hazard:
    item = loop.first("LH1")
    return Hazard(
        unit=item.get(1),
        pieces=read_whole(item.get(2)),
        id=item.get(3),
        commodity=item.get(5),
        quantity_unit=item.get(6),
        quantity=read.decimal(item, 7),
        packing_group=item.get(10),
        hazard_class=loop.first("LH2").get(1),
        placard=loop.first("LH2").get(3),
        shipping_names=tuple(each.get(1) for each in loop.every("LH3")),
        notes=tuple(
            Note(qualifier=each.get(1), text=each.get(2), at=read.places(each, text=2))
            for each in loop.every("LFH")
        ),
        at=read.places(item, unit=1, pieces=2, id=3, commodity=5, quantity=7),
    )


def _order(loop: Loop, *, is_reversed: bool) -> OrderLine:
    item = loop.first("OID")
    return OrderLine(
        reference=item.get(1),
        order=item.get(2),
        further_reference=item.get(3),
        unit=item.get(4),
        quantity=read.decimal(item, 5),
        weight_unit=item.get(6),
        weight=read.decimal(item, 7),
        volume_unit=item.get(8),
        volume=read.decimal(item, 9),
        last_reference=item.get(11),
        references=read.references(loop, is_reversed=is_reversed),
        moments=read.moments(loop.every("G62")),
        details=read_details(loop),
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
