"""The 945: what a warehouse shipped, as X12 writes it.

Source: X12 transaction set 945, release 004010, restated.
"""

from collections.abc import Iterator

from drawbar.edi.segment import Segment, segment
from drawbar.edi.warehouse import (
    ShipmentCarrier,
    ShippedGroup,
    ShippedItem,
    WarehouseShipment,
    WarehouseTotal,
)
from drawbar.edi.x12 import detail_builder as build
from drawbar.edi.x12 import detail_general as general
from drawbar.edi.x12 import detail_reader as read
from drawbar.edi.x12.line import Line
from drawbar.edi.x12.structure import Loop
from drawbar.edi.x12.warehouse_head import build_head, read_head
from drawbar.edi.x12.wrap import Body

W06 = Line(
    "W06",
    "reporting order shipped_on:date shipment_id agent_shipment_id purchase_order master "
    "link_sequence handling change_reason transaction_kind action",
)
W27 = Line(
    "W27",
    "transport_method scac routing payment equipment_kind equipment_prefix equipment_number "
    "status handling change_reason",
)
LX = Line("LX", "number:whole")
W12 = Line(
    "W12",
    "status ordered:decimal shipped:decimal difference:decimal unit upc product_kind product lot "
    "weight:decimal weight_qualifier weight_unit",
)
W03 = Line(
    "W03",
    "units:decimal weight:decimal weight_unit volume:decimal volume_unit packages:whole "
    "package_unit",
)


def parse_warehouse_shipment(root: Loop) -> WarehouseShipment:
    """Return the shipment that a 945 states."""
    carrier, total = root.first("W27"), root.first("W03")
    return WarehouseShipment(
        **W06.read(root.first("W06")),
        **read_head(root),
        carrier=ShipmentCarrier(**W27.read(carrier)) if carrier.elements else None,
        groups=tuple(_group(loop) for loop in root.inside("group")),
        total=WarehouseTotal(**W03.read(total)) if total.elements else None,
    )


def _group(loop: Loop) -> ShippedGroup:
    return ShippedGroup(
        **LX.read(loop.first("LX")),
        marks=general.marks(loop),
        references=read.references(loop),
        items=tuple(_item(inner) for inner in loop.inside("item")),
    )


def _item(loop: Loop) -> ShippedItem:
    return ShippedItem(
        **W12.read(loop.first("W12")),
        texts=tuple(item.get(1) for item in loop.every("G69")),
        references=read.references(loop),
    )


def build_warehouse_shipment(shipment: WarehouseShipment) -> Body:
    """Return the segments of a 945."""
    return Body("945", tuple(_build(shipment)))


def _build(shipment: WarehouseShipment) -> Iterator[Segment]:
    yield W06.write(shipment)
    yield from build_head(shipment)
    if shipment.carrier:
        yield W27.write(shipment.carrier)
    for group in shipment.groups:
        yield LX.write(group)
        yield from map(general.MAN.write, group.marks)
        yield from build.build_references(group.references, "N9")
        for item in group.items:
            yield from _build_item(item)
    if shipment.total:
        yield W03.write(shipment.total)


def _build_item(item: ShippedItem) -> Iterator[Segment]:
    yield W12.write(item)
    for text in item.texts:
        yield segment("G69", text)
    yield from build.build_references(item.references, "N9")
