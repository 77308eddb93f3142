"""What a mapping says: how the file is written and where each field of a line comes from.

One mapping reads one kind of line: past deliveries (``describes: history``) or orders.
"""

from typing import Annotated

from msgspec import Meta, Struct

from drawbar.connectors.table.cell import (
    Cell,
    ClassCell,
    CountCell,
    DayCell,
    MoneyCell,
    OrderCell,
    ReferenceCell,
    SideCell,
    WeightCell,
    columns_of,
)
from drawbar.connectors.table.layout import Layout
from drawbar.connectors.table.rule import FreightColumn, WeightColumn

TableName = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$(?!\n)",
        description="Names the channel, and the keys of facts: never renamed once used",
    ),
]


class PlaceCells(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A past place: its name and its country, where the file knows them."""

    name: Cell | None = None
    country: Cell | None = None


class HistoryTable(
    Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="describes",
    tag="history",
):
    """Past deliveries, one per line. ``order_ref`` is the line's own number, with a prefix.

    A cost or weight that is ``on_other_shipment`` names the other line by that same number.
    """

    name: TableName
    file: Layout
    order_ref: OrderCell
    customer_ref: Cell
    delivered_on: DayCell
    freight: FreightColumn
    weight: WeightColumn | None = None
    references: tuple[ReferenceCell, ...] = ()
    mode: Cell | None = None
    seller: Cell | None = None
    goods: Cell | None = None
    packs: CountCell | None = None
    goods_value: MoneyCell | None = None
    origin: PlaceCells = PlaceCells()
    destination: PlaceCells = PlaceCells()
    ordered_on: DayCell | None = None
    due_on: DayCell | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Return every heading that it needs."""
        return _columns(self)


class StopCells(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stop: its address, its zone, and the window in the time of that zone.

    ``zone`` may be left out where every state or ZIP code settles it.
    """

    name: Cell
    street: Cell
    city: Cell
    region: Cell
    postal_code: Cell
    country: Cell
    zone: Cell | None = None
    earliest_at: DayCell
    latest_at: DayCell
    appointment_at: DayCell | None = None


class GoodsCells(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of goods; ``unit_value`` is the worth of one piece, the sides are those of one."""

    sku: Cell
    description: Cell | None = None
    pieces: CountCell
    weight: WeightCell
    unit_value: MoneyCell | None = None
    freight_class: ClassCell | None = None
    length: SideCell | None = None
    width: SideCell | None = None
    height: SideCell | None = None


class OrderTable(
    Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="describes",
    tag="orders",
):
    """Orders to be moved, a line for each line of goods; lines of one order stand together.

    ``released_at`` is in the time of the pickup.
    """

    name: TableName
    file: Layout
    order_ref: OrderCell
    revision: CountCell = CountCell(constant="1")
    customer_ref: Cell
    released_at: DayCell
    references: tuple[ReferenceCell, ...] = ()
    pickup: StopCells
    delivery: StopCells
    goods: GoodsCells
    equipment: Cell = Cell(constant="dry van")
    service: Cell = Cell(constant="standard")
    handling: Cell | None = None
    note: Cell | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Return every heading that it needs."""
        return _columns(self)


Table = HistoryTable | OrderTable


def _columns(table: Struct) -> tuple[str, ...]:
    ruled = [
        part.column
        for name in table.__struct_fields__
        if isinstance(part := getattr(table, name), FreightColumn | WeightColumn)
    ]
    return tuple(dict.fromkeys((*columns_of(table), *ruled)))
