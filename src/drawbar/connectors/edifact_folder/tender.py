"""Our offer of a load to a carrier, its change or its end, as an IFTMIN.

Its number is our tender, which the answer names; times are the clocks of their stops. An IFTMIN has
one collection and one delivery: a load of more stops cannot be said in it.
"""

from collections.abc import Iterator
from decimal import Decimal

from drawbar.connectors.edifact_folder import code_map
from drawbar.connectors.edifact_folder.manifest import Settings
from drawbar.connectors.unsayable import Unsayable
from drawbar.edi import Amount
from drawbar.edi.edifact import StatedTime, TransportInstruction, stated_time
from drawbar.edi.edifact.cargo import Goods, StatedEquipment
from drawbar.edi.edifact.detail import (
    FreeText,
    Leg,
    Measure,
    Quantity,
    StatedParty,
    StatedReference,
    Sum,
)
from drawbar.freight.delivery import TenderLoad, TenderPurpose
from drawbar.freight.instant import utc, zone
from drawbar.freight.order import Goods as Ordered
from drawbar.freight.order import Stop
from drawbar.freight.place import Place
from drawbar.freight.reference import ReferenceKind

PURPOSES = {TenderPurpose.OFFER: "9", TenderPurpose.CHANGE: "5", TenderPurpose.CANCEL: "1"}
"""A change says the whole load anew (5). Source: code list 1225 of D.96A."""

INSTRUCTION = "340"
COLLECTION, DELIVERY = ("234", "235", "200"), ("64", "63", "2")
"""Earliest, latest and agreed time of collection and delivery. Source: code list 2005 of D.96A."""

ROAD, TRAILER, SCAC = "3", "TE", "182"
POUNDS, WEIGHT, PACKAGES, FREIGHT = "LBR", "7", "11", "64"
LINE_CHARACTERS_MAX, LINES_MAX, TEXTS_MAX = 70, 5, 9


def instruction(load: TenderLoad, profile: Settings) -> TransportInstruction:
    """Return the IFTMIN that says it. Raise ``Unsayable``."""
    if len(load.stops) != 2:
        text = f"an IFTMIN has one collection and one delivery, not {len(load.stops)} stops"
        raise Unsayable(text, "stops")
    pickup, delivery = load.stops
    return TransportInstruction(
        kind=INSTRUCTION,
        number=load.tender_ref,
        function=PURPOSES[load.purpose],
        times=(*_times(pickup, COLLECTION), *_times(delivery, DELIVERY)),
        sums=tuple(_pay(load)),
        texts=tuple(_texts(load)),
        totals=tuple(_totals(load)),
        references=tuple(_references(load, profile)),
        legs=(_leg(load, profile),),
        parties=(_party("CZ", pickup.place), _party("CN", delivery.place)),
        goods=tuple(_goods(number, one) for number, one in enumerate(load.goods, start=1)),
        equipment=(StatedEquipment(kind=TRAILER, size=_trailer(load, profile)),),
    )


def _times(stop: Stop, qualifiers: tuple[str, str, str]) -> Iterator[StatedTime]:
    stated = (stop.earliest_at, stop.latest_at, stop.appointment_at)
    for qualifier, at in zip(qualifiers, stated, strict=True):
        if at is not None:
            there = utc(at).astimezone(zone(stop.place.zone))
            yield stated_time(qualifier, f"{there:%Y%m%d%H%M}", "203")


def _pay(load: TenderLoad) -> Iterator[Sum]:
    if load.pay:
        money = load.pay.rounded()
        yield Sum(qualifier=FREIGHT, amount=Amount(money.amount), currency=money.currency)


def _texts(load: TenderLoad) -> Iterator[FreeText]:
    """Yield the note in lines, and by when we want an answer: no date of an IFTMIN says that."""
    words = " ".join(load.note.split())
    if load.answer_by is not None:
        words = f"{words} Answer before {utc(load.answer_by):%Y-%m-%d %H:%M} UTC.".strip()
    size = LINE_CHARACTERS_MAX
    lines = [words[start : start + size].strip() for start in range(0, len(words), size)]
    if len(lines) > LINES_MAX * TEXTS_MAX:
        raise Unsayable(f"a note has at most {LINES_MAX * TEXTS_MAX * size} letters", "note")
    for start in range(0, len(lines), LINES_MAX):
        yield FreeText(subject="AAI", lines=tuple(lines[start : start + LINES_MAX]))


def _totals(load: TenderLoad) -> Iterator[Quantity]:
    weight = sum((one.weight_lb for one in load.goods), start=Decimal(0))
    if weight:
        yield Quantity(qualifier=WEIGHT, amount=Amount(weight), unit=POUNDS)
    pieces = sum(one.pieces for one in load.goods)
    yield Quantity(qualifier=PACKAGES, amount=Amount(Decimal(pieces)))


def _references(load: TenderLoad, profile: Settings) -> Iterator[StatedReference]:
    """Yield each name that the partner's profile has a qualifier for; the shipment comes first."""
    qualifiers = {kind: code for code, kind in reversed(list(code_map.REFERENCES.items()))}
    qualifiers |= {kind: code for code, kind in profile.references.items()}
    named = [(ReferenceKind.SHIPMENT, load.shipment_ref)]
    named += [(one.kind, one.value) for one in load.references]
    for kind, value in dict.fromkeys(named):
        if kind in qualifiers:
            yield StatedReference(qualifier=qualifiers[kind], value=value)


def _leg(load: TenderLoad, profile: Settings) -> Leg:
    scac = profile.scac(load.carrier_ref)
    return Leg(stage="20", mode=ROAD, carrier=scac, carrier_agency=SCAC)


def _trailer(load: TenderLoad, profile: Settings) -> str:
    code = profile.equipment.get(load.equipment)
    if code is None:
        raise Unsayable(f"the profile has no code for {load.equipment!r}", "equipment")
    return code


def _party(role: str, place: Place) -> StatedParty:
    return StatedParty(
        role=role,
        names=(place.name[:LINE_CHARACTERS_MAX],),
        street=(place.street,) if place.street else (),
        city=place.city,
        region=place.region,
        postal_code=place.postal_code,
        country=place.country,
    )


def _goods(number: int, one: Ordered) -> Goods:
    weight = Measure(purpose="WT", dimension="G", unit=POUNDS, amount=Amount(one.weight_lb))
    return Goods(
        number=str(number),
        pieces=one.pieces,
        packaging="PK",
        texts=(FreeText(subject="AAA", lines=((one.description or one.sku)[:70],)),),
        measures=(weight,) if one.weight_lb else (),
    )
