"""A load as this carrier understood it from an IFTMIN."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from drawbar.world.carrier_edi.segment import Line, first
from drawbar.world.carrier_edifact.segment import part
from drawbar.world.load import Load, LoadStop

PURPOSES = {"9": "offer", "5": "change", "1": "cancel"}
KINDS = {"CU": "shipment", "VN": "order", "ON": "po", "BM": "bol"}
STOPS = (("CZ", "234", "pickup"), ("CN", "64", "delivery"))


def load_of(lines: list[Line]) -> Load:
    """Return the load that the segments of an IFTMIN tender."""
    bgm = first(lines, "BGM")
    names = [(part(line, 1, 2), part(line, 1)) for line in lines if line.tag == "RFF"]
    named = {KINDS[kind]: value for value, kind in reversed(names) if kind in KINDS}
    tender, pay = part(bgm, 2), _stated(lines, "MOA", "64")
    return Load(
        tender=tender,
        purpose=PURPOSES.get(bgm.at(3), "offer"),
        names=tuple(dict.fromkeys((tender, *(value for value, _ in names)))),
        shipment=named.get("shipment", ""),
        named=named,
        stops=tuple(_stops(lines)),
        pieces=int(_stated(lines, "CNT", "11") or 0),
        pay=Decimal(pay) if pay else None,
    )


def _stops(lines: list[Line]) -> Iterator[LoadStop]:
    for number, (role, opening, purpose) in enumerate(STOPS, start=1):
        party = next(line for line in lines if line.tag == "NAD" and line.at(1) == role)
        yield LoadStop(
            number=number,
            opens=datetime.strptime(_stated(lines, "DTM", opening), "%Y%m%d%H%M"),  # noqa: DTZ007
            purpose=purpose,
            city=part(party, 6),
            state=part(party, 7),
        )


def _stated(lines: list[Line], tag: str, qualifier: str) -> str:
    found = (line for line in lines if line.tag == tag and part(line, 1) == qualifier)
    return next((part(line, 1, 2) for line in found), "")
