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
    hazard_class: str = ""
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


class OrderLine(Struct, frozen=True, kw_only=True):
    """An order, or a part of one, that is picked up or delivered at a stop."""

    reference: str = ""
    order: str = ""
    quantity: Amount | None = None
    unit: str = ""
    weight: Amount | None = None
    weight_unit: str = ""
    volume: Amount | None = None
    volume_unit: str = ""
    moments: tuple[Moment, ...] = ()
    ladings: tuple[Lading, ...] = ()
    at: Places = {}


class Stop(Struct, frozen=True, kw_only=True):
    """A place to load or unload. ``number`` is the partner's; ``reason`` is LD, UL, CL, CU, ..."""

    number: int | None
    reason: str
    weight: Amount | None = None
    weight_unit: str = ""
    units: Amount | None = None
    unit: str = ""
    volume: Amount | None = None
    volume_unit: str = ""
    references: tuple[Reference, ...] = ()
    moments: tuple[Moment, ...] = ()
    weights: tuple[Weight, ...] = ()
    handling: tuple[Handling, ...] = ()
    pallets: int | None = None
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

    ``shipment_id`` is the shipper's name of the load; the answer names it again.
    """

    shipment_id: str
    scac: str
    purpose: str
    payer: str = ""
    application: str = ""
    weight_unit: str = ""
    respond_by: Moment | None = None
    references: tuple[Reference, ...] = ()
    handling: tuple[Handling, ...] = ()
    notes: tuple[Note, ...] = ()
    parties: tuple[Party, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    stops: tuple[Stop, ...] = ()
    total: TenderTotal | None = None
    at: Places = {}
