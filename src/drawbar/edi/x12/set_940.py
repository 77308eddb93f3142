"""The 940: an order to a warehouse as X12 writes it.

Source: X12 transaction set 940, release 004010, restated.
"""

from collections.abc import Iterator

from drawbar.edi.segment import Segment, segment
from drawbar.edi.warehouse import (
    OrderCarrier,
    OrderedGroup,
    OrderedItem,
    Packing,
    WarehouseOrder,
    WarehouseTotal,
)
from drawbar.edi.x12 import detail_builder as build
from drawbar.edi.x12 import detail_reader as read
from drawbar.edi.x12.line import Line
from drawbar.edi.x12.structure import Loop
from drawbar.edi.x12.warehouse_head import build_head, read_head
from drawbar.edi.x12.wrap import Body

W05 = Line("W05", "status order purchase_order link_sequence master transaction_kind action")
W66 = Line(
    "W66",
    "payment transport_method pallet_exchange unit_load routing fob_kind fob_point cod_method "
    "cod:cents scac",
)
LX = Line("LX", "number:whole")
W01 = Line(
    "W01",
    "quantity:decimal unit upc product_kind product second_kind second freight_class - - - "
    "pallet_pattern lot condition third_kind third",
)
W20 = Line(
    "W20",
    "pack:whole size:decimal size_unit weight:decimal weight_qualifier weight_unit "
    "unit_weight:decimal volume:decimal volume_unit",
)
W76 = Line("W76", "units:decimal weight:decimal weight_unit volume:decimal volume_unit")


def parse_warehouse_order(root: Loop) -> WarehouseOrder:
    """Return the order that a 940 states."""
    carrier, total = root.first("W66"), root.first("W76")
    return WarehouseOrder(
        **W05.read(root.first("W05")),
        **read_head(root),
        carrier=OrderCarrier(**W66.read(carrier)) if carrier.elements else None,
        groups=tuple(_group(loop) for loop in root.inside("group")),
        total=WarehouseTotal(**W76.read(total)) if total.elements else None,
    )


def _group(loop: Loop) -> OrderedGroup:
    items = tuple(_item(inner) for inner in loop.inside("item"))
    return OrderedGroup(**LX.read(loop.first("LX")), items=items)


def _item(loop: Loop) -> OrderedItem:
    packing = loop.first("W20")
    return OrderedItem(
        **W01.read(loop.first("W01")),
        texts=tuple(item.get(1) for item in loop.every("G69")),
        references=read.references(loop),
        packing=Packing(**W20.read(packing)) if packing.elements else None,
    )


def build_warehouse_order(order: WarehouseOrder) -> Body:
    """Return the segments of a 940."""
    return Body("940", tuple(_build(order)))


def _build(order: WarehouseOrder) -> Iterator[Segment]:
    yield W05.write(order)
    yield from build_head(order)
    if order.carrier:
        yield W66.write(order.carrier)
    for group in order.groups:
        yield LX.write(group)
        for item in group.items:
            yield from _build_item(item)
    if order.total:
        yield W76.write(order.total)


def _build_item(item: OrderedItem) -> Iterator[Segment]:
    yield W01.write(item)
    for text in item.texts:
        yield segment("G69", text)
    yield from build.build_references(item.references, "N9")
    if item.packing:
        yield W20.write(item.packing)
