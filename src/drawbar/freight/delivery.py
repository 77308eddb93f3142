"""A delivery: something that must reach another system once, and what that system said.

A delivery is a row before it is a call; its business key lets the far side be asked afterwards.
"""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from drawbar.freight.fact import Fact
from drawbar.freight.freight_bill import BillLine
from drawbar.freight.instant import Instant
from drawbar.freight.invoice import CustomerInvoice
from drawbar.freight.ledger import Entry
from drawbar.freight.money import Money
from drawbar.freight.order import Goods, Stop
from drawbar.freight.payment import PaymentOrder
from drawbar.freight.receipt import ReceiptOwed
from drawbar.freight.reference import Reference
from drawbar.freight.stream import StreamKey


class Lane(StrEnum):
    """Work that must not wait for other work. Stored."""

    DISPATCH = "dispatch"
    MILESTONES = "milestones"
    FINANCE = "finance"
    NOTIFY = "notify"


class TenderPurpose(StrEnum):
    """Whether a load is offered for the first time, changed, or taken back. Stored."""

    OFFER = "offer"
    CHANGE = "change"
    CANCEL = "cancel"


class Payload(Struct, frozen=True, kw_only=True, tag=True, tag_field="kind"):
    """What is delivered. The class name is the stored name of the kind of delivery."""


class TenderLoad(Payload, frozen=True, kw_only=True):
    """Offer a load to a carrier, change it, or take it back."""

    tender_ref: str
    shipment_ref: str
    version: int
    purpose: TenderPurpose
    carrier_ref: str
    references: tuple[Reference, ...]
    stops: tuple[Stop, ...]
    goods: tuple[Goods, ...]
    equipment: str
    note: str = ""
    answer_by: Instant | None = None
    pay: Money | None = None


class ReserveStock(Payload, frozen=True, kw_only=True):
    """Ask the WMS to set the goods of one revision of an order aside."""

    order_ref: str
    revision: int = 1
    goods: tuple[Goods, ...]


class ReleaseStock(Payload, frozen=True, kw_only=True):
    """Give a reservation back to the WMS."""

    order_ref: str


class PostJournal(Payload, frozen=True, kw_only=True):
    """Post a journal entry in the ERP."""

    entry: Entry


class PostVoucher(Payload, frozen=True, kw_only=True):
    """Post what we approved of a carrier's bill in the ERP's accounts payable."""

    bill_ref: str
    carrier_ref: str
    invoice_number: str
    revision: int
    lines: tuple[BillLine, ...]
    total: Money
    due_at: Instant
    entry: Entry


class PostInvoice(Payload, frozen=True, kw_only=True):
    """Post a released customer invoice in the ERP's accounts receivable."""

    invoice: CustomerInvoice
    entry: Entry


class RefuseBill(Payload, frozen=True, kw_only=True):
    """Tell a carrier, once, what of its bill we do not pay, and why."""

    bill_ref: str
    carrier_ref: str
    invoice_number: str
    reason: str
    text: str
    refused: Money | None = None


class Topic(StrEnum):
    """What a carrier is told about. Stored; the carrier reads it too."""

    DISPUTE_ROUND = "dispute_round"
    OVERCHARGE_CLAIM = "overcharge_claim"
    CARGO_CLAIM = "cargo_claim"
    MISSING_INVOICE = "missing_invoice"


class TellCarrier(Payload, frozen=True, kw_only=True):
    """Tell a carrier something once: a claim, our answer in a dispute, or that we miss its bill.

    ``about`` is our reference for the matter, by which it answers.
    """

    topic: Topic
    about: str
    carrier_ref: str
    shipment_ref: str
    invoice_number: str = ""
    text: str
    money: Money | None = None
    answer_by: Instant | None = None

    @property
    def words(self) -> str:
        """Return all that it says, for people who read it."""
        amount = f" Amount: {self.money}." if self.money else ""
        by = self.answer_by
        until = f" Please answer before {by:%Y-%m-%d %H:%M} UTC." if by else ""
        return f"{self.text}{amount}{until}"


class InstructPayments(Payload, frozen=True, kw_only=True):
    """Instruct the bank to make the payments of one run, each above zero, on a day."""

    run_ref: str
    created_at: Instant
    pay_on: date
    orders: tuple[PaymentOrder, ...]


class SendRemittance(Payload, frozen=True, kw_only=True):
    """Tell a payee what one payment is for, bill by bill."""

    order: PaymentOrder
    paid_on: date


class Acknowledge(Payload, frozen=True, kw_only=True):
    """Acknowledge a partner's interchange. ``answer`` is the document that says what we made of it.

    ``group`` is the group control number that it answers.
    """

    message_ref: str
    group: str
    answer: bytes


class Delivery(Struct, frozen=True, kw_only=True):
    """One effect to bring about. Deliveries of one system, lane and stream go out in order.

    ``business_key`` is what the far side knows the effect by; it is unique per system.
    ``depart_at`` gives priority between streams: the sooner, the earlier.
    """

    system: str
    lane: Lane
    stream: StreamKey
    business_key: str
    payload: "AnyPayload"
    depart_at: Instant | None = None


AnyPayload = (
    TenderLoad
    | ReserveStock
    | ReleaseStock
    | PostJournal
    | PostVoucher
    | PostInvoice
    | RefuseBill
    | TellCarrier
    | InstructPayments
    | SendRemittance
    | Acknowledge
)


class Confirmed(Struct, frozen=True, kw_only=True, tag=True):
    """The far side did it now. ``document`` is its own number; ``said`` its raw answer."""

    document: str
    said: bytes = b""


class Existing(Struct, frozen=True, kw_only=True, tag=True):
    """The far side had done it already; nothing was done twice."""

    document: str
    said: bytes = b""


class Conflict(Struct, frozen=True, kw_only=True, tag=True):
    """The far side holds something else, or several things, under our key."""

    documents: tuple[str, ...]
    text: str
    said: bytes = b""


class Rejected(Struct, frozen=True, kw_only=True, tag=True):
    """The far side understood and refused. ``field`` is what it did not like, if it says so."""

    text: str
    field: str = ""
    said: bytes = b""


class NeedsConfirmation(Struct, frozen=True, kw_only=True, tag=True):
    """The far side asks a person something before it goes on."""

    text: str
    said: bytes = b""


class Unknown(Struct, frozen=True, kw_only=True, tag=True):
    """Nobody knows whether it was done (time-out, 5xx, cut line). Only a look-up settles it.

    ``busy_seconds`` is how long the far side may still be at it: a look before that proves nothing.
    """

    text: str
    busy_seconds: float = 0.0
    said: bytes = b""


Outcome = Confirmed | Existing | Conflict | Rejected | NeedsConfirmation | Unknown


class DeliveryConfirmed(Fact, frozen=True, kw_only=True):
    """Another system did what we asked, once. ``document`` is its own number for it.

    ``control`` is the type and number of the group in which it went out, such as ``SM 17``,
    ``envelope`` the number around it; ``receipt`` says by when the far side owes us one.
    """

    system: str
    delivery_kind: str
    business_key: str
    stream: StreamKey
    document: str
    control: str = ""
    envelope: str = ""
    receipt: ReceiptOwed | None = None


class DocumentSeen(Fact, frozen=True, kw_only=True):
    """The ERP's own record of a document that we caused, read back from it.

    ``business_key`` is our reference on it; ``total`` is the sum of its debits.
    """

    system: str
    business_key: str
    document: str
    state: str
    total: Money


ADVICE = "advice"  # stored
"""Stands for the type of group where a partner accepted something and named no group."""


class AckReceived(Fact, frozen=True, kw_only=True):
    """A partner's system confirms that it could read what we sent, or says what was wrong with it.

    ``control`` is the number of our group that it answers, ``group_type`` its type, ``system`` the
    one that the partner speaks through. ``text`` is what was wrong, also with what was accepted.
    """

    partner: str
    control: str
    accepted: bool
    text: str = ""
    system: str = ""
    group_type: str = ""
