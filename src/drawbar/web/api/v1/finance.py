"""What finance says over HTTP: a charge approved, a dispute closed, a customer's payment.

Who approved is whose key it is, never a field of the body.
"""

from typing import Annotated

from litestar import post
from litestar.params import JSONBody
from litestar.status_codes import HTTP_202_ACCEPTED
from msgspec import Meta, Struct

from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import ChargeApproved, DisputeClosed
from drawbar.freight.identity import key_for
from drawbar.freight.instant import utc
from drawbar.freight.lineage import Receipt
from drawbar.freight.order import CustomerPaid
from drawbar.freight.reading import Reading
from drawbar.freight.stream import StreamKind
from drawbar.web.api.v1.body import decoded
from drawbar.web.api.v1.identity import fact_key
from drawbar.web.api.v1.inbound import Arriving, TakenV1
from drawbar.web.api.v1.term import MoneyV1
from drawbar.web.api.v1.text import Line, Moment, Name, StopNumber, refuse_absurd
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope

Because = Annotated[str, Meta(min_length=3, max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$(?!\n)")]


class ChargeApprovalV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Agree to pay a charge that the contract alone does not grant."""

    shipment_ref: Name
    kind: ChargeKind
    money: MoneyV1
    approved_at: Moment
    reason: Because
    stop: StopNumber = 0

    def __post_init__(self) -> None:
        """Raise ``ValueError`` below zero or for an absurd time."""
        self.money.refuse_negative()
        refuse_absurd(self.approved_at)


class DisputeClosingV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """End a dispute about one line; ``conceded`` is what we pay of it after all, zero for none."""

    bill_ref: Name
    line: Annotated[int, Meta(ge=1, le=10_000)]
    conceded: MoneyV1
    closed_at: Moment
    reason: Because

    def __post_init__(self) -> None:
        """Raise ``ValueError`` below zero or for an absurd time."""
        self.conceded.refuse_negative()
        refuse_absurd(self.closed_at)


class CustomerPaymentV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A customer paid. ``payment_ref`` is the bank's or the ERP's number of the payment."""

    customer_ref: Name
    payment_ref: Name
    money: MoneyV1
    paid_at: Moment
    invoice_ref: Line = ""

    def __post_init__(self) -> None:
        """Raise ``ValueError`` below zero or for an absurd time."""
        self.money.refuse_negative()
        refuse_absurd(self.paid_at)


@post("/v1/charge-approvals", status_code=HTTP_202_ACCEPTED, **policy(Scope.CHARGE_APPROVE))
def approve_charge(data: JSONBody[ChargeApprovalV1], inbound: Arriving) -> TakenV1:
    """Adjust what we agree to pay for a shipment, with a reason that stays for ever."""
    inbound.must_know(StreamKind.SHIPMENT, data.shipment_ref)
    return inbound.take("approve-charge")


@post("/v1/dispute-closings", status_code=HTTP_202_ACCEPTED, **policy(Scope.DISPUTE_CLOSE))
def close_dispute(data: JSONBody[DisputeClosingV1], inbound: Arriving) -> TakenV1:
    """Close a dispute about one line of a bill."""
    inbound.must_know(StreamKind.FREIGHT_BILL, data.bill_ref)
    return inbound.take("close-dispute")


@post("/v1/customer-payments", status_code=HTTP_202_ACCEPTED, **policy(Scope.PAYMENT_REPORT))
def report_payment(data: JSONBody[CustomerPaymentV1], inbound: Arriving) -> TakenV1:
    """Report a customer's payment; orders that wait for credit are looked at again."""
    return inbound.take("report-payment")


def read_approval(body: bytes, receipt: Receipt) -> Reading:
    """Read an approval; the sender of the message is who approved."""
    told = decoded(body, ChargeApprovalV1)
    fact = ChargeApproved(
        key=fact_key("approval", receipt.sender, told.shipment_ref, body=told),
        happened_at=utc(told.approved_at),
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        shipment_ref=told.shipment_ref,
        kind=told.kind,
        money=told.money.money(),
        stop=told.stop,
        approved_by=receipt.sender,
        reason=told.reason,
    )
    return Reading(facts=(fact,))


def read_closing(body: bytes, receipt: Receipt) -> Reading:
    """Read the end of a dispute; the sender of the message is who closed it."""
    told = decoded(body, DisputeClosingV1)
    fact = DisputeClosed(
        key=fact_key("dispute-closed", told.bill_ref, str(told.line), body=told),
        happened_at=utc(told.closed_at),
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        bill_ref=told.bill_ref,
        line=told.line,
        conceded=told.conceded.money(),
        closed_by=receipt.sender,
        reason=told.reason,
    )
    return Reading(facts=(fact,))


def read_payment(body: bytes, receipt: Receipt) -> Reading:
    """Read a customer's payment."""
    told = decoded(body, CustomerPaymentV1)
    fact = CustomerPaid(
        key=key_for("api", "customer-paid", told.customer_ref, told.payment_ref),
        happened_at=utc(told.paid_at),
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        customer_ref=told.customer_ref,
        money=told.money.money(),
        invoice_ref=told.invoice_ref,
    )
    return Reading(facts=(fact,))
