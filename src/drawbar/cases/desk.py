"""The desks: for each kind of case who owns it, how soon it is due, and what closes it.

One table, the default policy of a firm; a company folder may say otherwise.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from msgspec import Struct, structs

from drawbar.freight.case import Case, CaseKind
from drawbar.freight.instant import Instant
from drawbar.freight.money import Money
from drawbar.freight.stream import StreamKey

DUE_HOURS_MAX = 8_760  # a year


class Desk(StrEnum):
    """Who owns a case. Stored as its owner."""

    DISPATCH = "dispatch"
    FINANCE = "finance"
    SERVICE = "service"
    INTEGRATION = "integration"
    SALES = "sales"


class Duty(Struct, frozen=True, kw_only=True):
    """Who owns a kind of case, within how many hours, and what ends it."""

    desk: Desk
    due_hours: int
    closed_by: str


class Assignment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a firm says of one kind of case: whose it is, how soon it is due; None as usual."""

    owner: Desk | None = None
    due_hours: int | None = None

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a time that is over before it began."""
        if self.due_hours is not None and not 0 < self.due_hours <= DUE_HOURS_MAX:
            raise ValueError(f"due_hours is {self.due_hours}, not from 1 to {DUE_HOURS_MAX:,}")


DUTIES: Mapping[CaseKind, Duty] = {
    CaseKind.ORDER_ON_HOLD: Duty(
        desk=Desk.SALES, due_hours=4, closed_by="the order is released, changed or cancelled"
    ),
    CaseKind.STOCK_SHORT: Duty(
        desk=Desk.SERVICE,
        due_hours=8,
        closed_by="the rest is reserved, or the back-order is cancelled",
    ),
    CaseKind.UNCOVERED: Duty(
        desk=Desk.DISPATCH, due_hours=1, closed_by="a carrier accepts, or the order is cancelled"
    ),
    CaseKind.CANCELLED_TOO_LATE: Duty(
        desk=Desk.DISPATCH,
        due_hours=2,
        closed_by="the freight is turned round, or delivered after all",
    ),
    CaseKind.UNRATED: Duty(
        desk=Desk.SALES, due_hours=24, closed_by="a rate contract covers the lane"
    ),
    CaseKind.STALE_ACCEPTANCE: Duty(
        desk=Desk.DISPATCH,
        due_hours=1,
        closed_by="the carrier answers the version that stands, or loses the load",
    ),
    CaseKind.LATE_ACCEPTANCE: Duty(
        desk=Desk.DISPATCH,
        due_hours=1,
        closed_by="the carrier is asked again, or told that it came too late",
    ),
    CaseKind.LOAD_ON_HOLD: Duty(
        desk=Desk.DISPATCH, due_hours=4, closed_by="the hold is lifted, or the order is cancelled"
    ),
    CaseKind.CHANGE_REFUSED: Duty(
        desk=Desk.SALES,
        due_hours=4,
        closed_by="the ERP sends another revision or cancels, or dispatch lifts the hold",
    ),
    CaseKind.CHANGE_UNANSWERED: Duty(
        desk=Desk.DISPATCH,
        due_hours=1,
        closed_by="a carrier accepts the load as it is now, or the order is cancelled",
    ),
    CaseKind.SILENT_TRUCK: Duty(
        desk=Desk.DISPATCH,
        due_hours=1,
        closed_by="anybody reports what happened to the load, or it is cancelled",
    ),
    CaseKind.SOURCE_CONFLICT: Duty(
        desk=Desk.SERVICE, due_hours=24, closed_by="a correction names the report that is wrong"
    ),
    CaseKind.SEQUENCE_INVALID: Duty(
        desk=Desk.SERVICE, due_hours=24, closed_by="a correction puts the times in a possible order"
    ),
    CaseKind.TIME_INCONSISTENT: Duty(
        desk=Desk.SERVICE, due_hours=24, closed_by="a correction puts arrival before departure"
    ),
    CaseKind.UNKNOWN_SHIPMENT: Duty(
        desk=Desk.SERVICE,
        due_hours=24,
        closed_by="the shipment appears, or its number is corrected",
    ),
    CaseKind.POD_INVALID: Duty(
        desk=Desk.SERVICE, due_hours=48, closed_by="a complete proof of delivery comes in"
    ),
    CaseKind.CARGO_CLAIM: Duty(
        desk=Desk.SERVICE,
        due_hours=72,
        closed_by="the carrier or its insurer pays, or the claim is dropped",
    ),
    CaseKind.BILL_STOPPED: Duty(
        desk=Desk.FINANCE,
        due_hours=48,
        closed_by="an approval, a document or a credit memo settles each line",
    ),
    CaseKind.OVERPAID: Duty(
        desk=Desk.FINANCE,
        due_hours=48,
        closed_by="the carrier pays back, or a later bill is reduced",
    ),
    CaseKind.CREDIT_DUE: Duty(
        desk=Desk.FINANCE,
        due_hours=48,
        closed_by="the customer has a credit note, or what was invoiced is owed again",
    ),
    CaseKind.INVOICE_CONTESTED: Duty(
        desk=Desk.FINANCE,
        due_hours=120,
        closed_by="the line is credited, or the dispute is refused with a reason",
    ),
    CaseKind.PAYEE: Duty(
        desk=Desk.FINANCE, due_hours=24, closed_by="two persons confirm whom to pay"
    ),
    CaseKind.PAYMENT_STOPPED: Duty(
        desk=Desk.FINANCE,
        due_hours=8,
        closed_by="the run is released, or dropped and proposed anew",
    ),
    CaseKind.PAYMENT_RETURNED: Duty(
        desk=Desk.FINANCE,
        due_hours=24,
        closed_by="the payee's account is corrected, and another run pays it",
    ),
    CaseKind.DISPUTE: Duty(
        desk=Desk.FINANCE, due_hours=720, closed_by="a credit memo, a payment or a write-off"
    ),
    CaseKind.DISPUTE_ANSWER: Duty(
        desk=Desk.FINANCE, due_hours=120, closed_by="we answer the carrier, or the dispute ends"
    ),
    CaseKind.DISPUTE_SILENT: Duty(
        desk=Desk.FINANCE, due_hours=72, closed_by="somebody answers, or the dispute ends"
    ),
    CaseKind.CLAIM_ANSWER: Duty(
        desk=Desk.SERVICE, due_hours=120, closed_by="we accept, insist, or let the claim go"
    ),
    CaseKind.CLAIM_SILENT: Duty(
        desk=Desk.SERVICE, due_hours=72, closed_by="the claim goes on, or is let go"
    ),
    CaseKind.MISSING_INVOICE: Duty(
        desk=Desk.FINANCE, due_hours=120, closed_by="the carrier bills the load"
    ),
    CaseKind.AMBIGUOUS: Duty(
        desk=Desk.FINANCE, due_hours=24, closed_by="a reference or a person names one shipment"
    ),
    CaseKind.REFERENCE_CONFLICT: Duty(
        desk=Desk.FINANCE,
        due_hours=24,
        closed_by="the carrier or a person says which reference is wrong",
    ),
    CaseKind.MATCH_FAILURE: Duty(
        desk=Desk.FINANCE,
        due_hours=48,
        closed_by="the carrier names a shipment that it moved for us",
    ),
    CaseKind.CONTROL_TOTAL: Duty(
        desk=Desk.FINANCE, due_hours=24, closed_by="the carrier sends a document whose sums agree"
    ),
    CaseKind.DUPLICATE: Duty(
        desk=Desk.FINANCE, due_hours=48, closed_by="a person confirms it, or says why both are owed"
    ),
    CaseKind.LATE_BILL: Duty(
        desk=Desk.FINANCE, due_hours=72, closed_by="a person lets it rest, or has it sent anew"
    ),
    CaseKind.BILL_DATE: Duty(
        desk=Desk.FINANCE, due_hours=48, closed_by="the carrier sends it with the day it was made"
    ),
    CaseKind.CONFLICTING_FACT: Duty(
        desk=Desk.INTEGRATION,
        due_hours=8,
        closed_by="the sender says which of the two messages is right",
    ),
    CaseKind.DEAD_LETTER: Duty(
        desk=Desk.INTEGRATION,
        due_hours=8,
        closed_by="the message is corrected and replayed, or dropped with a reason",
    ),
    CaseKind.DELIVERY_REJECTED: Duty(
        desk=Desk.INTEGRATION,
        due_hours=4,
        closed_by="the other system takes it, or a person skips it",
    ),
    CaseKind.DELIVERY_UNSURE: Duty(
        desk=Desk.INTEGRATION,
        due_hours=2,
        closed_by="a look-up or a person says whether it was done",
    ),
    CaseKind.ACK_MISSING: Duty(
        desk=Desk.INTEGRATION,
        due_hours=4,
        closed_by="the partner confirms that it could read the message",
    ),
    CaseKind.ERP_DIFFERENCE: Duty(
        desk=Desk.FINANCE, due_hours=24, closed_by="the ERP and our books show the same amount"
    ),
    CaseKind.UNKNOWN_CODE: Duty(
        desk=Desk.INTEGRATION,
        due_hours=8,
        closed_by="the code is mapped, and all its messages are replayed",
    ),
    CaseKind.IMPORT_LINE: Duty(
        desk=Desk.INTEGRATION,
        due_hours=24,
        closed_by="the line is corrected and imported, or dropped",
    ),
}


def opened(
    kind: CaseKind,
    *,
    subject: StreamKey | None,
    text: str,
    remedy: str,
    now: Instant,
    item: str = "",
    cause: str = "",
    money_at_risk: Money | None = None,
) -> Case:
    """Return a new case on the desk of its kind, due that many hours from ``now``."""
    duty = DUTIES[kind]
    return Case(
        kind=kind,
        subject=subject,
        item=item,
        cause=cause,
        text=text,
        remedy=remedy,
        owner=duty.desk.value,
        due_at=now + timedelta(hours=duty.due_hours),
        money_at_risk=money_at_risk,
    )


def assigned(case: Case, said: Mapping[CaseKind, Assignment]) -> Case:
    """Return a new case on the desk, and due, as a firm says of its kind; else as it is."""
    own = said.get(case.kind)
    if own is None:
        return case
    usual = DUTIES[case.kind].due_hours
    later = (own.due_hours or usual) - usual
    return structs.replace(
        case,
        owner=own.owner.value if own.owner else case.owner,
        due_at=case.due_at + timedelta(hours=later),
    )
