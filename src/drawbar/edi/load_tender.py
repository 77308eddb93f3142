"""A load tender: a shipper offers a carrier a load, changes it, or takes it back (X12 204)."""

from msgspec import Struct

from drawbar.edi.detail import (
    Contact,
    Equipment,
    Handling,
    Moment,
    Note,
    Party,
    Reference,
    RoutingLeg,
    Weight,
)
from drawbar.edi.place import Places
from drawbar.edi.value import Amount


class Hazard(Struct, frozen=True, kw_only=True):
    """Dangerous goods in a lading, as declared. ``id`` is UN or NA and a number."""

    id: str
    unit: str = ""
    pieces: int | None = None
    commodity: str = ""
    quantity_unit: str = ""
    quantity: Amount | None = None
    packing_group: str = ""
    hazard_class: str = ""
    placard: str = ""
    shipping_names: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    at: Places = {}


class Lading(Struct, frozen=True, kw_only=True):
    """What is loaded: one description with its weight."""

    text: str = ""
    commodity: str = ""
    commodity_qualifier: str = ""
    packaging: str = ""
    marks: str = ""
    weights: tuple[Weight, ...] = ()
    contacts: tuple[Contact, ...] = ()
    references: tuple[Reference, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    at: Places = {}


class Product(Struct, frozen=True, kw_only=True):
    """A number of an article. ``qualifier`` says whose: UP, VN, BP, ..."""

    qualifier: str
    value: str


class LadingDetail(Struct, frozen=True, kw_only=True):
    """What is loaded, article by article: how many, how heavy, which one."""

    packaging: str = ""
    pieces: int | None = None
    unit_weight_unit: str = ""
    unit_weight: Amount | None = None
    weight_unit: str = ""
    weight: Amount | None = None
    products: tuple[Product, ...] = ()  # at most three
    text: str = ""
    at: Places = {}


class OrderLine(Struct, frozen=True, kw_only=True):
    """An order, or a part of one, that is picked up or delivered at a stop.

    ``further_reference`` and ``last_reference`` are the second and third in its line.
    """

    reference: str = ""
    order: str = ""
    further_reference: str = ""
    quantity: Amount | None = None
    unit: str = ""
    weight: Amount | None = None
    weight_unit: str = ""
    volume: Amount | None = None
    volume_unit: str = ""
    last_reference: str = ""
    references: tuple[Reference, ...] = ()
    moments: tuple[Moment, ...] = ()
    details: tuple[LadingDetail, ...] = ()
    ladings: tuple[Lading, ...] = ()
    at: Places = {}


class Stop(Struct, frozen=True, kw_only=True):
    """A place to load or unload. ``number`` is the partner's; ``reason`` is LD, UL, CL, CU, ...

    ``point`` is its SPLC, ``accomplish`` the partner's code of what must be done there.
    """

    number: int | None
    reason: str
    weight: Amount | None = None
    weight_unit: str = ""
    units: Amount | None = None
    unit: str = ""
    volume: Amount | None = None
    volume_unit: str = ""
    text: str = ""
    point: str = ""
    accomplish: str = ""
    references: tuple[Reference, ...] = ()
    moments: tuple[Moment, ...] = ()
    weights: tuple[Weight, ...] = ()
    details: tuple[LadingDetail, ...] = ()
    handling: tuple[Handling, ...] = ()
    pallets: int | None = None
    pallet_exchange: str = ""
    pallet_weight_unit: str = ""
    pallet_weight: Amount | None = None
    notes: tuple[Note, ...] = ()
    parties: tuple[Party, ...] = ()
    ladings: tuple[Lading, ...] = ()
    orders: tuple[OrderLine, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    at: Places = {}


class TenderTotal(Struct, frozen=True, kw_only=True):
    """The tender's total weight, and the rate and charge that go with it if stated."""

    weight: Amount | None = None
    weight_qualifier: str = ""
    weight_unit: str = ""
    rate: Amount | None = None
    rate_qualifier: str = ""
    charge: Amount | None = None
    volume: Amount | None = None
    volume_unit: str = ""
    pieces: int | None = None
    at: Places = {}


class LoadTender(Struct, frozen=True, kw_only=True):
    """One tender. ``purpose``: 00 original, 01 cancel, 04 change, 05 replace.

    ``shipment_id`` is the shipper's name of the load; the answer names it again. ``respond_by`` is
    the moment marked so, or the only one; ``moments`` are the others.
    """

    shipment_id: str
    scac: str
    purpose: str
    payer: str = ""
    application: str = ""
    service: str = ""
    equipment_count: int | None = None
    terms: str = ""
    weight_unit: str = ""
    payment: str = ""
    respond_by: Moment | None = None
    moments: tuple[Moment, ...] = ()
    references: tuple[Reference, ...] = ()
    routing: tuple[RoutingLeg, ...] = ()
    handling: tuple[Handling, ...] = ()
    pallets: int | None = None
    notes: tuple[Note, ...] = ()
    parties: tuple[Party, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    stops: tuple[Stop, ...] = ()
    total: TenderTotal | None = None
    at: Places = {}
