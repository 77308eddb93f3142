"""What a 210 says of the move itself: the day of the pickup, shipper and consignee, weight, pieces.

It tells which shipment may be meant where no reference does. It moves no money.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from drawbar.connectors.x12_folder.shown import figure, pounds
from drawbar.edi import FreightInvoice, Party, RatedQuantity
from drawbar.freight.attribute import NOWHERE, UNTOLD, Locality, Move, Tally

ORIGIN = ("SH", "SF")
DESTINATION = ("CN", "ST")
"""Roles of shipper and consignee, best first. Source: X12 element 98."""

SHIPPED = ("86", "11", "17", "10")
"""Actual pickup, shipped, estimated and requested ship date. Source: X12 elements 432 and 374."""


def move_of(stated: FreightInvoice) -> Move | None:
    """Return the move that a bill says it is for, None where it says nothing of it."""
    parties = (*stated.parties, *(one for stop in stated.stops for one in stop.parties))
    move = Move(
        ship_on=_shipped_on(stated),
        origin=_place(parties, ORIGIN),
        destination=_place(parties, DESTINATION),
        header=_header(stated),
        lines=_sum(stated),
    )
    return None if move == UNTOLD else move


def _shipped_on(stated: FreightInvoice) -> date | None:
    said = {one.qualifier.strip().lstrip("0"): one.on for one in reversed(stated.moments)}
    said.setdefault(stated.date_qualifier.strip().lstrip("0"), stated.delivered_on)
    return next((said[one] for one in SHIPPED if said.get(one)), None)


def _place(parties: Iterable[Party], roles: tuple[str, ...]) -> Locality:
    """Return where the best role is; one without an address is nowhere."""
    found = {
        one.role.strip(): Locality(
            postal_code=one.postal_code.strip(), city=one.city.strip(), region=one.state.strip()
        )
        for one in reversed(list(parties))
    }
    return next((found[role] for role in roles if found.get(role, NOWHERE) != NOWHERE), NOWHERE)


def _header(stated: FreightInvoice) -> Tally:
    footed = stated.total
    if footed is None:
        return Tally()
    unit = footed.weight_unit.strip() or stated.weight_unit
    return Tally(weight_lb=pounds(figure(footed.weight), unit), pieces=_count(footed.pieces))


def _sum(stated: FreightInvoice) -> Tally:
    """Return what the lines come to; one that only rates the same freight again counts once."""
    once = tuple(_once(one for line in stated.lines for one in line.quantities))
    weights = [
        pounds(figure(one.weight), one.weight_unit.strip() or stated.weight_unit)
        for one in once
        if one.weight is not None
    ]
    counts = [count for one in once if (count := _count(one.pieces)) is not None]
    told = [weight for weight in weights if weight is not None]
    return Tally(
        weight_lb=sum(told, Decimal(0)) if told and len(told) == len(weights) else None,
        pieces=sum(counts) if counts else None,
    )


def _once(quantities: Iterable[RatedQuantity]) -> Iterator[RatedQuantity]:
    seen: set[int] = set()
    for one in quantities:
        if one.lading_line is not None and one.lading_line in seen:
            continue
        if one.lading_line is not None:
            seen.add(one.lading_line)
        yield one


def _count(pieces: int | None) -> int | None:
    return pieces if pieces is not None and pieces >= 0 else None
