"""What a warehouse is told to ship, and what it says it shipped (X12 940 and 945)."""

from datetime import date

from msgspec import Struct

from drawbar.edi.detail import Contact, Moment, Note, Party, Reference
from drawbar.edi.detail_general import Mark
from drawbar.edi.place import Places
from drawbar.edi.value import Amount


class Packing(Struct, frozen=True, kw_only=True):
    """How an item is packed: inner packs in an outer one, their size, weight and volume."""

    pack: int | None = None
    size: Amount | None = None
    size_unit: str = ""
    weight: Amount | None = None
    weight_qualifier: str = ""
    weight_unit: str = ""
    unit_weight: Amount | None = None
    volume: Amount | None = None
    volume_unit: str = ""
    at: Places = {}


class WarehouseTotal(Struct, frozen=True, kw_only=True):
    """What a whole order or shipment comes to. ``packages`` is stated for a shipment only."""

    units: Amount | None = None
    weight: Amount | None = None
    weight_unit: str = ""
    volume: Amount | None = None
    volume_unit: str = ""
    packages: int | None = None
    package_unit: str = ""
    at: Places = {}


class OrderedItem(Struct, frozen=True, kw_only=True):
    """One item to ship. Products are named by UPC, or by a kind of number and the number."""

    quantity: Amount | None = None
    unit: str = ""
    upc: str = ""
    product_kind: str = ""
    product: str = ""
    second_kind: str = ""
    second: str = ""
    freight_class: str = ""
    pallet_pattern: str = ""  # cases in a layer, layers on a pallet: 010005
    lot: str = ""
    condition: str = ""
    third_kind: str = ""
    third: str = ""
    texts: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    packing: Packing | None = None
    at: Places = {}


class OrderedGroup(Struct, frozen=True, kw_only=True):
    """Items under one line number of the order."""

    number: int | None = None
    items: tuple[OrderedItem, ...] = ()
    at: Places = {}


class OrderCarrier(Struct, frozen=True, kw_only=True):
    """How the order is to travel. ``payment`` as in a tender: PP prepaid, CC collect, ..."""

    payment: str = ""
    transport_method: str = ""
    pallet_exchange: str = ""
    unit_load: str = ""
    routing: str = ""
    fob_kind: str = ""
    fob_point: str = ""
    cod_method: str = ""
    cod: Amount | None = None
    scac: str = ""
    at: Places = {}


class WarehouseOrder(Struct, frozen=True, kw_only=True):
    """An order to a warehouse. ``status``: N original, R replaced, C cancelled, ... as agreed."""

    status: str
    order: str
    purchase_order: str = ""
    link_sequence: str = ""
    master: str = ""
    transaction_kind: str = ""
    action: str = ""
    parties: tuple[Party, ...] = ()
    references: tuple[Reference, ...] = ()
    contacts: tuple[Contact, ...] = ()
    moments: tuple[Moment, ...] = ()
    notes: tuple[Note, ...] = ()
    carrier: OrderCarrier | None = None
    groups: tuple[OrderedGroup, ...] = ()
    total: WarehouseTotal | None = None
    at: Places = {}


class ShippedItem(Struct, frozen=True, kw_only=True):
    """One item that left. ``difference`` is stated by the warehouse, and may contradict."""

    status: str = ""
    ordered: Amount | None = None
    shipped: Amount | None = None
    difference: Amount | None = None
    unit: str = ""
    upc: str = ""
    product_kind: str = ""
    product: str = ""
    lot: str = ""
    weight: Amount | None = None
    weight_qualifier: str = ""
    weight_unit: str = ""
    texts: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    at: Places = {}


class ShippedGroup(Struct, frozen=True, kw_only=True):
    """Items that are in one package or on one pallet, with its labels."""

    number: int | None = None
    marks: tuple[Mark, ...] = ()
    references: tuple[Reference, ...] = ()
    items: tuple[ShippedItem, ...] = ()
    at: Places = {}


class ShipmentCarrier(Struct, frozen=True, kw_only=True):
    """Who took the goods, in which equipment."""

    transport_method: str = ""
    scac: str = ""
    routing: str = ""
    payment: str = ""
    equipment_kind: str = ""
    equipment_prefix: str = ""
    equipment_number: str = ""
    status: str = ""
    handling: str = ""
    change_reason: str = ""
    at: Places = {}


class WarehouseShipment(Struct, frozen=True, kw_only=True):
    """What a warehouse shipped. ``order`` is the depositor's number, as in the order."""

    reporting: str
    order: str = ""
    shipped_on: date | None = None
    shipment_id: str = ""
    agent_shipment_id: str = ""
    purchase_order: str = ""
    master: str = ""
    link_sequence: str = ""
    handling: str = ""
    change_reason: str = ""
    transaction_kind: str = ""
    action: str = ""
    parties: tuple[Party, ...] = ()
    references: tuple[Reference, ...] = ()
    contacts: tuple[Contact, ...] = ()
    moments: tuple[Moment, ...] = ()
    notes: tuple[Note, ...] = ()
    carrier: ShipmentCarrier | None = None
    groups: tuple[ShippedGroup, ...] = ()
    total: WarehouseTotal | None = None
    at: Places = {}
