"""A carrier's word of what happened to a shipment, where and when (X12 214)."""

from msgspec import Struct

from drawbar.edi.detail import (
    Equipment,
    Handling,
    Moment,
    Note,
    Party,
    Reference,
    RoutingLeg,
    Weight,
)
from drawbar.edi.detail_general import Mark
from drawbar.edi.place import Places


class StatusPlace(Struct, frozen=True, kw_only=True):
    """Where the carrier says it is: a city, or coordinates as written (DDDMMSS)."""

    city: str = ""
    state: str = ""
    country: str = ""
    postal_code: str = ""
    longitude: str = ""
    latitude: str = ""
    longitude_direction: str = ""
    latitude_direction: str = ""
    at: Places = {}


class LadingException(Struct, frozen=True, kw_only=True):
    """Freight that is short, over, damaged or refused."""

    code: str
    packaging: str = ""
    pieces: int | None = None
    at: Places = {}


class StatusEvent(Struct, frozen=True, kw_only=True):
    """One thing that happened, is expected, or is agreed.

    Either ``status`` is filled (an event, with ``reason``), or ``appointment`` (an appointment,
    with ``appointment_reason``); ``moment`` is then the event's time or the appointment's.
    """

    status: str = ""
    reason: str = ""
    appointment: str = ""
    appointment_reason: str = ""
    moment: Moment = Moment()
    place: StatusPlace | None = None
    equipment: Equipment | None = None
    at: Places = {}


class StatusOrder(Struct, frozen=True, kw_only=True):
    """An order that the events are about."""

    order: str
    references: tuple[Reference, ...] = ()
    at: Places = {}


class StatusLine(Struct, frozen=True, kw_only=True):
    """Events that belong together, with the references, weights and remarks they are about.

    ``number`` is None where the carrier numbered no line.
    """

    number: int | None = None
    events: tuple[StatusEvent, ...] = ()
    references: tuple[Reference, ...] = ()
    weights: tuple[Weight, ...] = ()
    marks: tuple[Mark, ...] = ()
    exceptions: tuple[LadingException, ...] = ()
    handling: tuple[Handling, ...] = ()
    orders: tuple[StatusOrder, ...] = ()
    notes: tuple[Note, ...] = ()
    at: Places = {}


class ShipmentStatus(Struct, frozen=True, kw_only=True):
    """One status message. ``reference`` is the carrier's (PRO), ``shipment_id`` the shipper's."""

    reference: str
    shipment_id: str
    scac: str
    references: tuple[Reference, ...] = ()
    marks: tuple[Mark, ...] = ()
    routing: tuple[RoutingLeg, ...] = ()
    notes: tuple[Note, ...] = ()
    parties: tuple[Party, ...] = ()
    lines: tuple[StatusLine, ...] = ()
    at: Places = {}
