"""A freight bill: what a carrier asks us to pay for one shipment.

A document may hold many bills; each is matched, judged and settled for itself.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from drawbar.freight.attribute import Move
from drawbar.freight.charge import ChargeKind
from drawbar.freight.dispute import Ending
from drawbar.freight.fact import Fact
from drawbar.freight.money import Currency, Money
from drawbar.freight.reference import Reference

LARGEST_FIGURE = Decimal(10) ** 9
"""No weight, distance or rate on a bill comes near it; one above is a broken feed."""

LINES_MAX = 10_000
"""No bill for one shipment has more lines; one that does is a broken feed, or several bills."""


class Shown(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The figures that a bill shows for a line; one that it does not show is None or empty.

    ``rate`` is per ``rate_unit`` as the carrier writes it: per mile, per hundred pounds, percent.
    """

    weight_lb: Decimal | None = None
    freight_class: str = ""
    distance_mi: Decimal | None = None
    rate: Decimal | None = None
    rate_unit: str = ""

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a figure that nothing on a truck can have."""
        for figure in (self.weight_lb, self.distance_mi, self.rate):
            if figure is not None and not (figure.is_finite() and 0 <= figure < LARGEST_FIGURE):
                raise ValueError(f"not a weight, a distance or a rate: {figure}")


class Sense(StrEnum):
    """Whether anybody knows what the code of a billed line means. Stored."""

    UNDERSTOOD = "understood"
    UNKNOWN = "unknown"
    NOT_AGREED = "not_agreed"


class BillLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One billed line. ``code`` is the carrier's word, ``place`` where it stands in the message.

    ``shown`` is how the carrier says it came to the amount, None where it does not say. A line that
    is not understood has no ``kind`` of its own; ``said`` is why its code is not agreed.
    """

    number: int
    kind: ChargeKind
    money: Money
    stop: int = 0
    code: str = ""
    text: str = ""
    place: str = ""
    shown: Shown | None = None
    sense: Sense = Sense.UNDERSTOOD
    said: str = ""


class FreightBill(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A carrier's bill as received. ``total`` is what its header says.

    ``document_total`` is the header of a document of many bills, with ``document_lines_total``, the
    sum of all its lines: when they differ, nothing of the document is paid. ``corrects`` is the
    number of the invoice that it replaces, where it says so. ``move`` is what it says of the move
    itself, None where that is nothing.
    """

    bill_ref: str
    carrier_ref: str
    invoice_number: str
    billed_on: date
    currency: Currency
    references: tuple[Reference, ...]
    lines: tuple[BillLine, ...]
    total: Money
    document_total: Money | None = None
    document_lines_total: Money | None = None
    remit_to: str = ""
    corrects: str = ""
    move: Move | None = None


class BillReceived(Fact, frozen=True, kw_only=True):
    """A carrier's freight bill came in."""

    bill: FreightBill


class BillReviewed(Fact, frozen=True, kw_only=True):
    """Something changed that a bill was stopped or waited for: judge it again."""

    bill_ref: str
    shipment_ref: str
    why: str


class BillWaitExpired(Fact, frozen=True, kw_only=True):
    """A bill waited for its shipment until its deadline and nobody knows the shipment."""

    bill_ref: str


class ChargeApproved(Fact, frozen=True, kw_only=True):
    """A named person agrees to pay a charge that the contract alone does not grant.

    ``role`` is in what capacity they spoke, which bounds how much they may approve.
    """

    shipment_ref: str
    kind: ChargeKind
    money: Money
    stop: int = 0
    approved_by: str
    role: str = ""
    reason: str


class DisputeClosed(Fact, frozen=True, kw_only=True):
    """The end of a dispute about one line: a credit memo from the carrier, or we pay after all.

    ``conceded`` is what we now pay of the disputed money; the rest is dropped, and ``ending`` says
    how. ``against`` is the carrier's credit bill that took the same money off already: what such a
    credit does not cover of the line stays in dispute.
    """

    bill_ref: str
    line: int
    conceded: Money
    closed_by: str
    role: str = ""
    reason: str
    ending: Ending = Ending.CREDITED
    against: str = ""


class VoucherPaid(Fact, frozen=True, kw_only=True):
    """The ERP paid a voucher. ``document`` is the ERP's own number."""

    bill_ref: str
    document: str
    money: Money
    paid_on: date


class BillAnswer(StrEnum):
    """What a person decides about a bill. Stored."""

    SHORT_PAY = "short_pay"
    PAY_AS_BILLED = "pay_as_billed"
    REJECT = "reject"
    ASK = "ask"
    IS_DUPLICATE = "is_duplicate"
    BOTH_OWED = "both_owed"


class DecisionCode(StrEnum):
    """Why a person decided as they did, to count by; the words beside it say the rest. Stored."""

    AS_AGREED = "as_agreed"
    CARRIER_IS_RIGHT = "carrier_is_right"
    DOCUMENT_SEEN = "document_seen"
    DOCUMENT_MISSING = "document_missing"
    SENT_TWICE = "sent_twice"
    DONE_TWICE = "done_twice"
    NOT_OURS = "not_ours"
    OUR_MISTAKE = "our_mistake"
    GOODWILL = "goodwill"


class BillDecided(Fact, frozen=True, kw_only=True):
    """A named person decides about a bill that the rules alone could not end.

    ``role`` is in what capacity they spoke, which bounds how much they may approve; ``disputed`` is
    the money in dispute that they saw: more than that they did not approve.
    """

    bill_ref: str
    answer: BillAnswer
    decided_by: str
    role: str
    code: DecisionCode
    reason: str
    disputed: Money | None = None


class BillAssigned(Fact, frozen=True, kw_only=True):
    """A named person says which shipment a bill is for."""

    bill_ref: str
    shipment_ref: str
    assigned_by: str
    reason: str
