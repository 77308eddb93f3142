"""A case: something that a person has to look at, with an owner and a time by which."""

from enum import StrEnum

from msgspec import Struct

from drawbar.freight.instant import Instant
from drawbar.freight.money import Money
from drawbar.freight.stream import StreamKey


class CaseKind(StrEnum):
    """What needs a person. Stored."""

    ORDER_ON_HOLD = "order_on_hold"
    STOCK_SHORT = "stock_short"
    UNCOVERED = "uncovered"
    CANCELLED_TOO_LATE = "cancelled_too_late"
    UNRATED = "unrated"
    STALE_ACCEPTANCE = "stale_acceptance"
    LATE_ACCEPTANCE = "late_acceptance"
    LOAD_ON_HOLD = "load_on_hold"
    CHANGE_REFUSED = "change_refused"
    CHANGE_UNANSWERED = "change_unanswered"
    SILENT_TRUCK = "silent_truck"
    SOURCE_CONFLICT = "source_conflict"
    SEQUENCE_INVALID = "sequence_invalid"
    TIME_INCONSISTENT = "time_inconsistent"
    UNKNOWN_SHIPMENT = "unknown_shipment"
    POD_INVALID = "pod_invalid"
    CARGO_CLAIM = "cargo_claim"
    BILL_STOPPED = "bill_stopped"
    OVERPAID = "overpaid"
    CREDIT_DUE = "credit_due"
    INVOICE_CONTESTED = "invoice_contested"
    PAYEE = "payee"
    PAYMENT_STOPPED = "payment_stopped"
    PAYMENT_RETURNED = "payment_returned"
    DISPUTE = "dispute"
    DISPUTE_ANSWER = "dispute_answer"
    DISPUTE_SILENT = "dispute_silent"
    CLAIM_ANSWER = "claim_answer"
    CLAIM_SILENT = "claim_silent"
    MISSING_INVOICE = "missing_invoice"
    AMBIGUOUS = "ambiguous"
    REFERENCE_CONFLICT = "reference_conflict"
    MATCH_FAILURE = "match_failure"
    CONTROL_TOTAL = "control_total"
    DUPLICATE = "duplicate"
    LATE_BILL = "late_bill"
    BILL_DATE = "bill_date"
    CONFLICTING_FACT = "conflicting_fact"
    DEAD_LETTER = "dead_letter"
    DELIVERY_REJECTED = "delivery_rejected"
    DELIVERY_UNSURE = "delivery_unsure"
    ACK_MISSING = "ack_missing"
    ERP_DIFFERENCE = "erp_difference"
    UNKNOWN_CODE = "unknown_code"
    IMPORT_LINE = "import_line"


class Case(Struct, frozen=True, kw_only=True):
    """What needs a person. ``cause`` groups cases that one answer resolves.

    There is one open case per kind, subject and item. ``text`` says what and why in one or two
    sentences, ``remedy`` what would mend it. ``money_at_risk`` may be unknown.
    """

    kind: CaseKind
    subject: StreamKey | None
    item: str = ""
    cause: str = ""
    text: str
    remedy: str
    owner: str
    due_at: Instant
    money_at_risk: Money | None = None


class CaseSettled(Struct, frozen=True, kw_only=True):
    """An open case whose reason is gone; settling one that is not open changes nothing."""

    kind: CaseKind
    subject: StreamKey
    item: str = ""
    because: str
