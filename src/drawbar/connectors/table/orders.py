"""Lines about one order, in our words: its stops, its goods, and that it is released.

An order is taken whole: while one of its lines is refused, nothing of it is released.
"""

from datetime import datetime
from typing import TypedDict

from drawbar.connectors.table.cell import DayCell, Refused, Row
from drawbar.connectors.table.history import place, references, text
from drawbar.connectors.table.manifest import OrderTable, StopCells
from drawbar.connectors.us_zone import us_zone
from drawbar.connectors.wall_clock import NoSuchTime, instant_at
from drawbar.freight.fact import Fact
from drawbar.freight.identity import key_for
from drawbar.freight.instant import UnknownZone, zone
from drawbar.freight.lineage import Lineage, Receipt
from drawbar.freight.order import Goods, Order, OrderChanged, OrderReleased, Stop, StopPurpose
from drawbar.freight.place import Place


class _Said(TypedDict):
    key: str
    happened_at: datetime
    learned_at: datetime
    lineage: Lineage


def read_order(rows: list[Row], table: OrderTable, receipt: Receipt) -> Fact:
    """Return the fact of one order, a line for each of its goods. Raise ``Refused``."""
    first = rows[0]
    stops = (
        _stop(1, StopPurpose.PICKUP, table.pickup, first),
        _stop(2, StopPurpose.DELIVERY, table.delivery, first),
    )
    order = _order(rows, stops, table)
    said = _Said(
        key=key_for("table", table.name, "order", order.order_ref, order.revision),
        happened_at=_instant(table.released_at, first, stops[0].place.zone),
        learned_at=receipt.learned_at,
        lineage=receipt.at(place(first.line, table.order_ref.column)),
    )
    if order.revision == 1:
        return OrderReleased(order=order, **said)
    return OrderChanged(order=order, **said)


def _order(rows: list[Row], stops: tuple[Stop, ...], table: OrderTable) -> Order:
    first = rows[0]
    return Order(
        order_ref=table.order_ref.needed(first),
        revision=table.revision.count(first),
        customer_ref=table.customer_ref.needed(first),
        references=references(table.references, first),
        stops=stops,
        goods=tuple(_goods(row, table) for row in rows),
        equipment=table.equipment.text(first) or "dry van",
        service=table.service.text(first) or "standard",
        handling=text(table.handling, first),
        note=text(table.note, first),
    )


def _stop(number: int, purpose: StopPurpose, cells: StopCells, row: Row) -> Stop:
    where = _place(cells, row)
    earliest_at = _instant(cells.earliest_at, row, where.zone)
    latest_at = _instant(cells.latest_at, row, where.zone)
    if latest_at < earliest_at:
        raise cells.latest_at.refused("the window ends before it begins", "window")
    appointment = cells.appointment_at
    has_appointment = appointment is not None and appointment.text(row)
    return Stop(
        number=number,
        purpose=purpose,
        place=where,
        earliest_at=earliest_at,
        latest_at=latest_at,
        appointment_at=_instant(appointment, row, where.zone)
        if appointment and has_appointment
        else None,
    )


def _place(cells: StopCells, row: Row) -> Place:
    region, postal_code = cells.region.needed(row), cells.postal_code.needed(row)
    country = cells.country.needed(row)
    return Place(
        name=cells.name.needed(row),
        street=cells.street.needed(row),
        city=cells.city.needed(row),
        region=region,
        postal_code=postal_code,
        country=country,
        zone=_zone(cells, row, us_zone(region, postal_code) if country == "US" else None),
    )


def _zone(cells: StopCells, row: Row, derived: str | None) -> str:
    """Return the zone that the line names, or the one that its state and ZIP code settle."""
    named = text(cells.zone, row)
    blamed = cells.zone or cells.region
    try:
        return zone(named or derived or "").key
    except UnknownZone as error:
        why = str(error) if named else "state and ZIP code do not settle the time zone"
        remedy = "Write the zone of the stop, such as America/Chicago."
        raise blamed.refused(why, "zone", remedy) from error


def _instant(cell: DayCell, row: Row, zone_name: str) -> datetime:
    try:
        return instant_at(cell.shown(row), zone_name)
    except NoSuchTime as error:
        remedy = "The clocks went forward over it; write another time."
        raise cell.refused(str(error), "skipped_hour", remedy) from error


def _goods(row: Row, table: OrderTable) -> Goods:
    cells = table.goods
    return Goods(
        sku=cells.sku.needed(row),
        description=text(cells.description, row),
        pieces=cells.pieces.count(row),
        weight_lb=cells.weight.pounds(row),
        unit_value=cells.unit_value.money(row) if cells.unit_value else None,
        freight_class=cells.freight_class.freight_class(row) if cells.freight_class else "",
        length_in=cells.length.inches(row) if cells.length else None,
        width_in=cells.width.inches(row) if cells.width else None,
        height_in=cells.height.inches(row) if cells.height else None,
    )


def check_alike(rows: list[Row], columns: tuple[str, ...], order_ref: str) -> None:
    """Raise ``Refused`` where two lines of one order differ in more than their goods."""
    first = rows[0]
    for row in rows[1:]:
        for column in columns:
            if row.written(column) != first.written(column):
                raise Refused(
                    f"{row.written(column)[:80]!r}, but line {first.line} of the same order "
                    f"{order_ref} says {first.written(column)[:80]!r}",
                    column=column,
                    cause="lines_differ",
                    remedy="Make the lines of one order alike in all but their goods.",
                )
