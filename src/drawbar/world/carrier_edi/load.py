"""A load as this carrier understood it from a 204."""

from datetime import datetime
from decimal import Decimal

from drawbar.world.carrier_edi.segment import Line, first
from drawbar.world.load import Load, LoadStop

PURPOSES = {"00": "offer", "04": "change", "01": "cancel"}
STOPS = {"LD": "pickup", "UL": "delivery"}
KINDS = {"SI": "shipment", "OQ": "order", "PO": "po", "CO": "po", "BM": "bol"}


def load_of(lines: list[Line]) -> Load:
    """Return the load that the segments of a 204 tender."""
    names = [(line.at(2), line.at(1)) for line in lines if line.tag == "L11"]
    tender = first(lines, "B2").at(4)
    named = {KINDS[kind]: value for kind, value in reversed(names) if kind in KINDS}
    return Load(
        tender=tender,
        purpose=PURPOSES.get(first(lines, "B2A").at(1), "offer"),
        names=tuple(dict.fromkeys((tender, *(value for _, value in names)))),
        shipment=named.get("shipment", ""),
        named=named,
        stops=tuple(_stops(lines)),
        pieces=int(_foot(lines).at(11) or 0),
        pay=_pay(lines),
    )


def _pay(lines: list[Line]) -> Decimal | None:
    """Return what the load pays: the charge of the L3, in cents."""
    cents = _foot(lines).at(5)
    return Decimal(cents).scaleb(-2) if cents else None


def _foot(lines: list[Line]) -> Line:
    return next((line for line in lines if line.tag == "L3"), Line("L3", ()))


def _stops(lines: list[Line]) -> list[LoadStop]:
    starts = [index for index, line in enumerate(lines) if line.tag == "S5"]
    ends = [*starts[1:], len(lines)]
    return [_stop(lines[start:end]) for start, end in zip(starts, ends, strict=True)]


def _stop(part: list[Line]) -> LoadStop:
    opening = first(part, "G62")
    town = next((line for line in part if line.tag == "N4"), Line("N4", ()))
    return LoadStop(
        number=int(part[0].at(1)),
        opens=datetime.fromisoformat(f"{opening.at(2)}T{opening.at(4)}"),
        purpose=STOPS.get(part[0].at(2), ""),
        city=town.at(1),
        state=town.at(2),
    )
