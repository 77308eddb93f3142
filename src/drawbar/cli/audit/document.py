"""An audited bill and the summary, as they are given out: amounts are exact and written as text."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct


class Step(Struct, frozen=True, kw_only=True):
    """One step of a calculation: what was taken, and what came out of it."""

    text: str
    result: str = ""


class AgreedLine(Struct, frozen=True, kw_only=True):
    """What one charge should cost, by which clause of which version of a contract."""

    charge_ref: str
    charge: str
    stop: int
    amount: Decimal
    currency: str
    provisional: bool
    contract_ref: str
    contract_version: int
    clause: str
    steps: tuple[Step, ...]
    evidence: tuple[str, ...]


class AuditedLine(Struct, frozen=True, kw_only=True):
    """One billed line. ``payable`` plus ``disputed`` is ``billed``; ``place`` is where it stood."""

    number: int
    charge: str
    code: str
    stop: int
    description: str
    place: str
    billed: Decimal
    payable: Decimal
    disputed: Decimal
    claimed: Decimal
    decision: str
    reason: str
    is_open: bool
    text: str
    remedy: str
    steps: tuple[str, ...]
    uses: dict[str, Decimal]


class Event(Struct, frozen=True, kw_only=True):
    """Something reported about the shipment, at the clock of its stop, and where it was read."""

    what: str
    stop: int
    at: str
    by: str
    source: str
    place: str


class AuditedBill(Struct, frozen=True, kw_only=True):
    """One bill as it was decided, with its lines, what was agreed, and the evidence.

    ``payable`` plus ``disputed`` is ``billed``; ``disputed`` is ``not_owed`` plus ``undecided``.
    ``saved`` is what is not owed or claimed back.
    """

    type: Literal["bill"] = "bill"
    bill_ref: str
    carrier: str
    invoice: str
    billed_on: date
    received_at: datetime
    currency: str
    shipment: str
    customer: str
    lane: str
    references: tuple[str, ...]
    place: str
    decision: str
    reason: str
    text: str
    remedy: str
    billed: Decimal
    payable: Decimal
    disputed: Decimal
    not_owed: Decimal
    undecided: Decimal
    claimed: Decimal
    saved: Decimal
    contract_ref: str
    contract_version: int
    lines: tuple[AuditedLine, ...]
    agreed: tuple[AgreedLine, ...]
    events: tuple[Event, ...]
    log: tuple[str, ...]


class Missing(Struct, frozen=True, kw_only=True):
    """A shipment that nobody billed. ``is_overdue`` where its bill should have come by now."""

    type: Literal["missing"] = "missing"
    shipment: str
    carrier: str
    customer: str
    lane: str
    delivered_on: date | None
    expected: Decimal | None
    currency: str
    is_overdue: bool
    text: str


class UnreadInput(Struct, frozen=True, kw_only=True):
    """Something in the input that could not be read, or, for a note, that one should know."""

    type: Literal["unread"] = "unread"
    file: str
    places: tuple[str, ...]
    count: int
    field: str
    text: str
    remedy: str
    is_note: bool


class Sums(Struct, frozen=True, kw_only=True):
    """Sums over bills in one currency."""

    key: str
    currency: str
    bills: int
    billed: Decimal
    payable: Decimal
    not_owed: Decimal
    undecided: Decimal
    claimed: Decimal
    saved: Decimal


class ReasonSums(Struct, frozen=True, kw_only=True):
    """What was stopped for one reason: lines, and the money in one currency."""

    reason: str
    currency: str
    lines: int
    bills: int
    not_owed: Decimal
    undecided: Decimal
    claimed: Decimal


class Summary(Struct, frozen=True, kw_only=True):
    """The whole audit: sums per currency, by reason, carrier and lane, and the largest findings."""

    type: Literal["summary"] = "summary"
    drawbar: str
    folder: str = ""
    as_of: date | None = None
    bills: int = 0
    lines: int = 0
    shipments: int
    decisions: dict[str, int] = {}
    totals: tuple[Sums, ...] = ()
    by_reason: tuple[ReasonSums, ...] = ()
    by_carrier: tuple[Sums, ...] = ()
    by_lane: tuple[Sums, ...] = ()
    largest: tuple[str, ...] = ()
    missing_bills: int = 0
    overdue_bills: int = 0
    files: dict[str, str]
    unread: int = 0
    notes: int = 0
    taken: tuple[str, ...]
    contracts: tuple[str, ...]
    tolerance: str
    seconds: float = 0.0
