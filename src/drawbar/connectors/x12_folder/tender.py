"""Our offer of a load to a carrier, its change or its end, as a 204.

B2-04 is our tender, which the answer repeats; times are the clocks of their stops (LT).
"""

from collections.abc import Iterator
from datetime import datetime, time
from decimal import Decimal

from drawbar.connectors.unsayable import Unsayable
from drawbar.connectors.x12_folder import code_map
from drawbar.connectors.x12_folder.manifest import Settings
from drawbar.edi import (
    Amount,
    Equipment,
    Lading,
    LoadTender,
    Moment,
    Note,
    Party,
    Reference,
    TenderTotal,
    Weight,
)
from drawbar.edi import Stop as StatedStop
from drawbar.freight.delivery import TenderLoad, TenderPurpose
from drawbar.freight.instant import utc, zone
from drawbar.freight.order import Stop, StopPurpose
from drawbar.freight.place import Place
from drawbar.freight.reference import ReferenceKind

PURPOSES = {
    TenderPurpose.OFFER: "00",
    TenderPurpose.CHANGE: "04",
    TenderPurpose.CANCEL: "01",
}
"""Source: X12 element 353."""

NOTES_MAX = 10
NOTE_CHARACTERS_MAX = 80
NAME_CHARACTERS_MAX = 60


def tender(load: TenderLoad, profile: Settings) -> LoadTender:
    """Return the 204 that says it. Raise ``Unsayable``."""
    return LoadTender(
        shipment_id=load.tender_ref,
        scac=profile.scac(load.carrier_ref),
        purpose=PURPOSES[load.purpose],
        payer="PP",
        application="LT",
        respond_by=_respond_by(load),
        references=tuple(_references(load, profile)),
        notes=tuple(_notes(load.note)),
        equipment=(Equipment(number="0", kind=_equipment(load, profile)),),
        stops=tuple(_stop(stop, load) for stop in load.stops),
        total=_total(load),
    )


def _respond_by(load: TenderLoad) -> Moment | None:
    if load.answer_by is None:
        return None
    at = utc(load.answer_by)
    return Moment(qualifier="64", on=at.date(), time_qualifier="1", clock=_minute(at), zone="UT")


def _references(load: TenderLoad, profile: Settings) -> Iterator[Reference]:
    """Yield each name that the partner's profile has a qualifier for; the shipment comes first."""
    qualifiers = {kind: code for code, kind in reversed(list(code_map.REFERENCES.items()))}
    qualifiers |= {kind: code for code, kind in profile.references.items()}
    named = [(ReferenceKind.SHIPMENT, load.shipment_ref)]
    named += [(one.kind, one.value) for one in load.references]
    for kind, value in dict.fromkeys(named):
        if kind in qualifiers:
            yield Reference(qualifier=qualifiers[kind], value=value)


def _notes(text: str) -> Iterator[Note]:
    words = " ".join(text.split())
    if len(words) > NOTES_MAX * NOTE_CHARACTERS_MAX:
        raise Unsayable(f"a note has at most {NOTES_MAX * NOTE_CHARACTERS_MAX} letters", "note")
    for start in range(0, len(words), NOTE_CHARACTERS_MAX):
        yield Note(qualifier="OTH", text=words[start : start + NOTE_CHARACTERS_MAX])


def _equipment(load: TenderLoad, profile: Settings) -> str:
    code = profile.equipment.get(load.equipment)
    if code is None:
        raise Unsayable(f"the profile has no code for {load.equipment!r}", "equipment")
    return code


def _stop(stop: Stop, load: TenderLoad) -> StatedStop:
    is_pickup = stop.purpose is StopPurpose.PICKUP
    is_first = stop.number == load.stops[0].number
    return StatedStop(
        number=stop.number,
        reason="LD" if is_pickup else "UL",
        moments=tuple(_moments(stop, is_pickup=is_pickup)),
        parties=(_party(stop.place, "SF" if is_pickup else "ST"),),
        ladings=tuple(_ladings(load)) if is_first else (),
    )


def _moments(stop: Stop, *, is_pickup: bool) -> Iterator[Moment]:
    first, last, scheduled = ("37I", "38K", "69U") if is_pickup else ("53G", "54L", "70X")
    stated = ((first, stop.earliest_at), (last, stop.latest_at), (scheduled, stop.appointment_at))
    for codes, at in stated:
        if at is not None:
            yield _local(codes, at, stop.place)


def _local(codes: str, at: datetime, place: Place) -> Moment:
    there = utc(at).astimezone(zone(place.zone))
    return Moment(
        qualifier=codes[:2],
        on=there.date(),
        time_qualifier=codes[2:],
        clock=_minute(there),
        zone="LT",
    )


def _minute(at: datetime) -> time:
    return at.time().replace(second=0, microsecond=0)


def _party(place: Place, role: str) -> Party:
    return Party(
        role=role,
        name=place.name[:NAME_CHARACTERS_MAX],
        address=(place.street,) if place.street else (),
        city=place.city,
        state=place.region,
        postal_code=place.postal_code,
        country=place.country,
    )


def _ladings(load: TenderLoad) -> Iterator[Lading]:
    for goods in load.goods:
        weight = Weight(
            qualifier="G", unit="L", weight=Amount(goods.weight_lb), pieces=goods.pieces
        )
        text = (goods.description or goods.sku)[:50]
        yield Lading(
            text=text, commodity=goods.sku[:30], commodity_qualifier="Z", weights=(weight,)
        )


def _total(load: TenderLoad) -> TenderTotal:
    weight = sum((goods.weight_lb for goods in load.goods), start=Decimal(0))
    return TenderTotal(
        weight=Amount(weight),
        weight_qualifier="G",
        weight_unit="L",
        charge=Amount(load.pay.rounded().amount) if load.pay else None,
        pieces=sum(goods.pieces for goods in load.goods),
    )
