"""What one row or message says, in the form in which it waits until everything was read."""

from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.accessorial import Evidence
from drawbar.freight.attribute import Move
from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import Shown
from drawbar.freight.milestone import MilestoneKind, Source
from drawbar.freight.money import Money
from drawbar.freight.order import Goods, StopPurpose
from drawbar.freight.place import Place
from drawbar.freight.reference import Reference


class Window(Struct, frozen=True, kw_only=True):
    """When a truck is expected at a stop; what nobody says is None."""

    earliest_at: datetime | None = None
    latest_at: datetime | None = None
    appointment_at: datetime | None = None


class Seen(Struct, frozen=True, kw_only=True):
    """Something that happened at a stop, from a column of its shipment or stop."""

    kind: MilestoneKind
    stop: int
    at: datetime
    where: str


class StopPaper(Struct, frozen=True, kw_only=True):
    """One stop of a shipment; ``purpose`` is None where the row does not say."""

    number: int
    purpose: StopPurpose | None
    place: Place
    window: Window
    seen: tuple[Seen, ...] = ()
    where: str = ""


class Signed(Struct, frozen=True, kw_only=True):
    """What a receiver signed."""

    signer: str
    signed_on: date | None
    pieces: int | None
    where: str


class LostRow(Struct, frozen=True, kw_only=True):
    """A description of a shipment that could not be read. ``revision`` is None if it is not known.

    ``text`` says which row, and why.
    """

    revision: int | None
    text: str


class LoadPaper(Struct, frozen=True, kw_only=True):
    """One shipment as a row or a message tells it; its stops may stand elsewhere."""

    shipment_ref: str
    order_ref: str
    customer_ref: str
    carrier_ref: str
    references: tuple[Reference, ...]
    equipment: str = ""
    service: str = ""
    tendered_at: datetime | None = None
    dispatched_at: datetime | None = None
    cancelled_at: datetime | None = None
    revision: int = 0
    stops: tuple[StopPaper, ...] = ()
    goods: tuple[Goods, ...] = ()
    signed: tuple[Signed, ...] = ()
    where: str = ""


class EventPaper(Struct, frozen=True, kw_only=True):
    """One report about a shipment that ``references`` name. ``local_at`` has no zone."""

    references: tuple[Reference, ...]
    kind: MilestoneKind
    source: Source
    reported_by: str
    at: datetime
    local_at: datetime | None = None
    stop: int = 0
    reason: str = ""
    signer: str = ""
    pieces: int | None = None
    where: str = ""
    key: str = ""


class ApprovalPaper(Struct, frozen=True, kw_only=True):
    """A named person's word for one charge of a shipment; with ``evidence``, what is on file."""

    references: tuple[Reference, ...]
    kind: ChargeKind
    money: Money
    stop: int = 0
    approved_by: str
    reason: str = ""
    evidence: Evidence | None = None
    count: Decimal = Decimal(1)
    by_carrier: bool = False
    where: str = ""


class LinePaper(Struct, frozen=True, kw_only=True):
    """One billed line with the head of its bill. ``kind`` is None for a code without meaning."""

    carrier_ref: str
    invoice: str
    billed_on: date
    received_at: datetime
    references: tuple[Reference, ...]
    currency: str
    total: Money | None
    invoice_total: Money | None
    remit_to: str
    number: int | None
    kind: ChargeKind | None
    money: Money
    stop: int
    code: str
    text: str
    shown: Shown | None
    where: str
    move: Move | None = None
