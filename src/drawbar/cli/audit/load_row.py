"""A row about a shipment: who moves it, from where to where, by when, what, and what happened."""

import re
from datetime import datetime, time, timedelta
from decimal import Decimal

from drawbar.cli.audit.paper import LoadPaper, Seen, Signed, StopPaper, Window
from drawbar.cli.audit.row import Row
from drawbar.cli.audit.setting import folded
from drawbar.cli.audit.spot import place_of
from drawbar.connectors.wall_clock import NoSuchTime, instant_at
from drawbar.freight.milestone import MilestoneKind as K
from drawbar.freight.order import Goods, StopPurpose
from drawbar.freight.reference import PARTY_SCOPED, Reference, ReferenceKind

NAMES = {
    "shipment": ReferenceKind.SHIPMENT,
    "order": ReferenceKind.ORDER,
    "tender": ReferenceKind.TENDER,
    "bol": ReferenceKind.BOL,
    "pro": ReferenceKind.PRO,
    "po": ReferenceKind.PO,
}
_MANY = re.compile(r"\s*[;|]\s*")
POUND_KG = Decimal("0.45359237")
"""One avoirdupois pound in kilograms, exactly (International Yard and Pound Agreement, 1959)."""

PURPOSES = {
    **dict.fromkeys(("pickup", "pick", "load", "loading", "ld", "cl", "pl", "p", "pu", "origin",
                     "shipper"), StopPurpose.PICKUP),
    **dict.fromkeys(("delivery", "deliver", "unload", "unloading", "ul", "cu", "d", "drop",
                     "dropoff", "destination", "consignee"), StopPurpose.DELIVERY),
}  # fmt: skip
_PICKUP = (K.ARRIVED_PICKUP, K.DEPARTED_PICKUP)
_DELIVERY = (K.ARRIVED_DELIVERY, K.DEPARTED_DELIVERY)


def names_of(row: Row, carrier_ref: str) -> tuple[Reference, ...]:
    """Return the names of a load that a row states; a cell may hold several, parted by ``;``."""
    return tuple(
        Reference(kind, value, carrier_ref if kind in PARTY_SCOPED else "")
        for field, kind in NAMES.items()
        for value in _MANY.split(row.text(field))
        if value
    )


def load_of(row: Row, carriers: dict[str, str]) -> LoadPaper:
    """Return what a row of the shipments says. Raise ``Refused``."""
    ref = row.needed("shipment")
    carrier = carrier_of(row, carriers)
    where = f"{row.sheet.file} {row.place}"
    ends = _ends(row, where)
    zone = ends[0].place.zone if ends else row.sheet.habits.zone or "UTC"
    return LoadPaper(
        shipment_ref=ref,
        order_ref=row.text("order") or ref[:40],
        customer_ref=row.text("customer"),
        carrier_ref=carrier,
        references=tuple(
            one for one in names_of(row, carrier) if one.kind is not ReferenceKind.SHIPMENT
        ),
        equipment=row.text("equipment").casefold(),
        service=row.text("service").casefold(),
        tendered_at=row.instant("tendered at", zone),
        dispatched_at=row.instant("dispatched at", zone),
        cancelled_at=row.instant("cancelled at", zone),
        revision=row.count("revision") or 0,
        stops=ends,
        goods=goods_of(row),
        signed=_signed(row, where),
        where=where,
    )


def carrier_of(row: Row, carriers: dict[str, str]) -> str:
    """Return the carrier that a row names, by our word for it; empty where it names none."""
    said = row.text("carrier") or row.sheet.habits.carrier
    return carriers.get(folded(said), said.upper() if len(said) <= 4 else said)


def stop_of(row: Row) -> StopPaper:
    """Return what a row of the stops says. Raise ``Refused``."""
    row.needed("shipment")
    number = row.count("stop", least=1)
    assert number is not None
    purpose = (
        row.word("purpose", PURPOSES, what="purpose", table="-") if row.text("purpose") else None
    )
    place = place_of(row)
    where = f"{row.sheet.file} {row.place}"
    return StopPaper(
        number=number,
        purpose=purpose,
        place=place,
        window=_window(row, "", place.zone),
        seen=_seen(
            row, "", number, _DELIVERY if purpose is StopPurpose.DELIVERY else _PICKUP, place.zone
        ),
        where=where,
    )


def goods_of(row: Row) -> tuple[Goods, ...]:
    """Return the goods that a row states, one line or none. Raise ``Refused``."""
    pieces, weight = row.count("pieces"), weight_lb(row)
    freight_class = row.text("class")
    if pieces is None and weight is None and not freight_class:
        return ()
    sizes = {one: row.figure(one) for one in ("length", "width", "height")}
    line = Goods(
        sku=row.text("sku") or "freight",
        description=row.text("description"),
        pieces=1 if pieces is None else pieces,
        weight_lb=weight or Decimal(0),
        freight_class=freight_class.removeprefix("Class").removeprefix("class").strip(),
        length_in=sizes["length"],
        width_in=sizes["width"],
        height_in=sizes["height"],
    )
    return (line,)


def weight_lb(row: Row) -> Decimal | None:
    """Return the weight in pounds, None where none is stated. Raise ``Refused``."""
    for field, unit in (("weight lb", "lb"), ("weight kg", "kg"), ("weight", _unit(row))):
        figure = row.figure(field)
        if figure is None:
            continue
        if figure < 0:
            raise row.refused(field, f"a weight below zero: {figure}", "Correct it.")
        return figure if unit == "lb" else (figure / POUND_KG).quantize(Decimal("0.01"))
    return None


def _unit(row: Row) -> str:
    """Return the unit of a weight; pounds where neither row nor folder says another."""
    said = folded(row.text("weight unit"))
    if not said:
        return row.sheet.habits.weight_unit or "lb"
    units = {"lb": "lb", "lbs": "lb", "l": "lb", "pounds": "lb", "pound": "lb", "kg": "kg",
             "kgs": "kg", "k": "kg", "kilograms": "kg"}  # fmt: skip
    if said not in units:
        raise row.refused(
            "weight unit", f"{row.text('weight unit')!r} is no unit of weight", "Write lb or kg."
        )
    return units[said]


def _ends(row: Row, where: str) -> tuple[StopPaper, ...]:
    """Return pickup and delivery where the row states both ends, else nothing."""
    given = [
        end
        for end in ("origin", "destination")
        if any(row.text(f"{end} {part}") for part in ("city", "state", "zip", "name"))
    ]
    if not given:
        return ()
    if len(given) == 1:
        other = "destination" if given == ["origin"] else "origin"
        raise row.refused(f"{other} city", f"the row says no {other}", f"Add the {other}.")
    return tuple(
        _end(row, end, number, times, kinds, where)
        for number, (end, times, kinds) in enumerate(
            (("origin", "pickup", _PICKUP), ("destination", "delivery", _DELIVERY)), start=1
        )
    )


def _end(row: Row, end: str, number: int, times: str, kinds: tuple[K, K], where: str) -> StopPaper:
    place = place_of(row, end)
    seen = _seen(row, f"{times} ", number, kinds, place.zone)
    if number == 2:
        seen += _moment(row, "delivered", K.DELIVERED, number, place.zone)
    return StopPaper(
        number=number,
        purpose=StopPurpose.PICKUP if number == 1 else StopPurpose.DELIVERY,
        place=place,
        window=_window(row, f"{times} ", place.zone),
        seen=seen,
        where=where,
    )


def _seen(row: Row, lead: str, stop: int, kinds: tuple[K, K], zone: str) -> tuple[Seen, ...]:
    said = [row.text(f"{lead}{one}") for one in ("arrived", "departed")]
    if all(said) and not all(":" in one for one in said):
        field = f"{lead}departed" if ":" in said[0] else f"{lead}arrived"
        text = f"{row.sheet.heading(field)!r} names a day and no time: waiting cannot be measured"
        raise row.refused(field, text, "Add the time, as in 2026-03-31 14:05, or leave it empty.")
    arrived = _moment(row, f"{lead}arrived", kinds[0], stop, zone)
    departed = _moment(row, f"{lead}departed", kinds[1], stop, zone)
    if kinds is _DELIVERY and departed and not row.text("delivered"):
        made = Seen(kind=K.DELIVERED, stop=stop, at=departed[0].at, where=departed[0].where)
        return (*arrived, made, *departed)
    return (*arrived, *departed)


def _moment(row: Row, field: str, kind: K, stop: int, zone: str) -> tuple[Seen, ...]:
    """Return a report; a day without a time is its noon, by which nobody measures waiting."""
    said = row.text(field)
    at = row.instant(field, zone)
    if at is None:
        return ()
    at += timedelta(hours=0 if ":" in said else 12)
    return (Seen(kind=kind, stop=stop, at=at, where=f"{row.sheet.file} {row.place}, {field}"),)


def _window(row: Row, lead: str, zone: str) -> Window:
    return Window(
        earliest_at=row.instant(f"{lead}from", zone),
        latest_at=_end_of(row, f"{lead}to", zone) or _end_of_day(row, f"{lead}from", zone),
        appointment_at=row.instant(f"{lead}appointment", zone),
    )


def _end_of(row: Row, field: str, zone: str) -> datetime | None:
    said = row.text(field)
    return row.instant(field, zone) if ":" in said else _end_of_day(row, field, zone)


def _end_of_day(row: Row, field: str, zone: str) -> datetime | None:
    """Return the last minute of the day that a cell names."""
    clock = row.clock(field)
    if clock is None:
        return None
    try:
        return instant_at(datetime.combine(clock.date(), time(23, 59)), zone)
    except NoSuchTime as error:
        raise row.refused(field, str(error), "Correct it.") from error


def _signed(row: Row, where: str) -> tuple[Signed, ...]:
    signer, on = row.text("signed by"), row.day("signed on")
    pieces = row.count("pieces received")
    if not signer and on is None and pieces is None:
        return ()
    return (Signed(signer=signer, signed_on=on, pieces=pieces, where=where),)
