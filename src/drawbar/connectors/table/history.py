"""A line about a past delivery, in our words: the order, that it was delivered, what it cost.

A day without an hour is the beginning of that day: ``happened_at`` reads it as UTC, ``local_at`` as
the clock of the place, and the reason of the milestone says that only the day is known.
"""

from datetime import UTC, datetime, time
from typing import TypedDict

from drawbar.connectors.table.cell import Cell, DayCell, ReferenceCell, Row
from drawbar.connectors.table.manifest import HistoryTable, PlaceCells
from drawbar.freight.fact import Fact
from drawbar.freight.history import (
    BillRecorded,
    FreightBasis,
    FreightRecorded,
    OrderRecorded,
    PastBill,
    PastOrder,
    PastPlace,
    PastWeight,
    WeightBasis,
)
from drawbar.freight.identity import shipment_ref_of
from drawbar.freight.lineage import Lineage, Receipt
from drawbar.freight.milestone import MilestoneKind, MilestoneReported, Source
from drawbar.freight.money import Money
from drawbar.freight.reference import Reference, ReferenceKind

DAY_ONLY = "only the day is known"  # stored


class _Said(TypedDict):
    key: str
    happened_at: datetime
    learned_at: datetime
    lineage: Lineage


def read_delivery(row: Row, table: HistoryTable, receipt: Receipt) -> tuple[Fact, ...]:
    """Return the facts of one line: order, delivery, freight cost. Raise ``Refused``."""
    line = _Line(row, table, receipt)
    return (line.order(), line.delivered(), line.freight())


class _Line:
    """What the facts of one line have in common."""

    def __init__(self, row: Row, table: HistoryTable, receipt: Receipt) -> None:
        self.row, self.table, self.receipt = row, table, receipt
        self.order_ref = table.order_ref.needed(row)
        self.shipment_ref = shipment_ref_of(self.order_ref)
        self.day = _known(table.delivered_on, row)

    def order(self) -> OrderRecorded:
        row, table = self.row, self.table
        order = PastOrder(
            order_ref=self.order_ref,
            customer_ref=table.customer_ref.needed(row),
            references=references(table.references, row),
            seller=text(table.seller, row),
            goods=text(table.goods, row),
            packs=table.packs.count(row) if table.packs else None,
            goods_value=table.goods_value.money(row) if table.goods_value else None,
            weight=self._weight(),
            origin=_place(table.origin, row),
            destination=_place(table.destination, row),
            ordered_on=table.ordered_on.day(row) if table.ordered_on else None,
            due_on=table.due_on.day(row) if table.due_on else None,
            delivered_on=self.day.date(),
        )
        mode = text(table.mode, row)
        said = self._said("order", table.order_ref.column)
        return OrderRecorded(order=order, shipment_ref=self.shipment_ref, mode=mode, **said)

    def delivered(self) -> MilestoneReported:
        return MilestoneReported(
            references=(Reference(ReferenceKind.SHIPMENT, self.shipment_ref),),
            milestone=MilestoneKind.DELIVERED,
            source=Source.MANUAL,
            reported_by=f"table:{self.table.name}",
            local_at=self.day.replace(tzinfo=None),
            reason=DAY_ONLY,
            **self._said("delivered", self.table.delivered_on.column),
        )

    def freight(self) -> BillRecorded | FreightRecorded:
        column = self.table.freight
        found = column.found(self.row)
        said = self._said("freight", column.column)
        if found.end is FreightBasis.BILLED:
            total = Money(found.figure, column.currency)
            bill = PastBill(bill_ref=f"B-{self.order_ref}", total=total)
            return BillRecorded(bill=bill, shipment_ref=self.shipment_ref, **said)
        other_ref = self._other(found.other, column.column)
        return FreightRecorded(
            shipment_ref=self.shipment_ref, basis=found.end, other_ref=other_ref, **said
        )

    def _weight(self) -> PastWeight | None:
        column = self.table.weight
        if column is None:
            return None
        found = column.found(self.row)
        kg = found.figure if found.end is WeightBasis.WEIGHED else None
        other_ref = self._other(found.other, column.column)
        return PastWeight(basis=found.end, kg=kg, other_ref=other_ref)

    def _other(self, number: str, column: str) -> str:
        """Return our reference of the line that a cell points at."""
        if not number:
            return ""
        where, order_ref = Cell(column=column), self.table.order_ref.prefix + number
        if order_ref == self.order_ref:
            raise where.refused("the cell points at its own line", "points_at_itself")
        if len(order_ref) > self.table.order_ref.longest:
            raise where.refused("the cell points at a number that is too long", "too_long")
        return shipment_ref_of(order_ref)

    def _said(self, what: str, column: str) -> _Said:
        return _Said(
            key=f"table:{self.table.name}:{what}:{self.order_ref}",
            happened_at=self.day,
            learned_at=self.receipt.learned_at,
            lineage=self.receipt.at(place(self.row.line, column)),
        )


def place(line: int, column: str) -> str:
    """Return a place in a table as lineage and problems name it."""
    return f"line {line} column {column!r}" if column else f"line {line}"


def text(cell: Cell | None, row: Row) -> str:
    """Return a field that may be missing from the mapping, empty where it is."""
    return cell.text(row) if cell else ""


def references(cells: tuple[ReferenceCell, ...], row: Row) -> tuple[Reference, ...]:
    """Return the names that a line gives, without the empty ones."""
    named = ((cell.kind, cell.text(row)) for cell in cells)
    return tuple(Reference(kind, value) for kind, value in named if value)


def _place(cells: PlaceCells, row: Row) -> PastPlace:
    return PastPlace(name=text(cells.name, row), country=text(cells.country, row))


def _known(cell: DayCell, row: Row) -> datetime:
    """Return the beginning of a day that must be known, read as UTC."""
    day = cell.day(row)
    if day is None:
        raise cell.refused("the day is missing", "empty")
    return datetime.combine(day, time(), tzinfo=UTC)
