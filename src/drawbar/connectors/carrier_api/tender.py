"""Our offer of a load to this carrier, its change or its end, in its words. Pure."""

from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from drawbar.connectors.carrier_api.manifest import Settings
from drawbar.connectors.port import Sending
from drawbar.connectors.unsayable import Unsayable
from drawbar.freight.delivery import TenderLoad
from drawbar.freight.instant import utc
from drawbar.freight.reference import ReferenceKind

NAMES = {ReferenceKind.PO: "po", ReferenceKind.BOL: "bol", ReferenceKind.ORDER: "order"}


class Where(Struct, frozen=True, kw_only=True):
    """One stop."""

    sequence: int
    kind: str
    name: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    opens: datetime
    closes: datetime


class Tender(Struct, frozen=True, kw_only=True):
    """A message about a load; ``reference`` is our business key."""

    reference: str
    tender_id: str
    action: str
    shipment_id: str
    references: dict[str, str]
    stops: tuple[Where, ...]
    pieces: int
    weight_lb: Decimal
    equipment: str
    rate: Decimal | None
    currency: str
    note: str


def tender(sending: Sending, settings: Settings) -> Tender:
    """Return what to post. Raise ``Unsayable``."""
    load = sending.payload
    if not isinstance(load, TenderLoad):
        raise Unsayable(f"{type(load).__name__} is nothing for a carrier's API")
    equipment = settings.equipment.get(load.equipment)
    if equipment is None:
        raise Unsayable(f"the profile has no word for {load.equipment!r}", "equipment")
    return Tender(
        reference=sending.business_key,
        tender_id=load.tender_ref,
        action=load.purpose.value,
        shipment_id=load.shipment_ref,
        references={NAMES[one.kind]: one.value for one in load.references if one.kind in NAMES},
        stops=tuple(_stops(load)),
        pieces=sum(goods.pieces for goods in load.goods),
        weight_lb=sum((goods.weight_lb for goods in load.goods), start=Decimal(0)),
        equipment=equipment,
        rate=load.pay.amount if load.pay else None,
        currency=load.pay.currency if load.pay else "",
        note=load.note,
    )


def _stops(load: TenderLoad) -> list[Where]:
    return [
        Where(
            sequence=stop.number,
            kind=stop.purpose.value,
            name=stop.place.name,
            street=stop.place.street,
            city=stop.place.city,
            state=stop.place.region,
            zip=stop.place.postal_code,
            opens=utc(stop.due_at),
            closes=utc(stop.latest_at),
        )
        for stop in load.stops
    ]
