"""What finance says over HTTP: a charge approved, a dispute closed, a customer's payment.

Who approved is whose key it is, never a field of the body.
"""

from datetime import datetime
from typing import Annotated, Any, TypeVar

from litestar import post
from litestar.params import JSONBody
from litestar.status_codes import HTTP_202_ACCEPTED
from msgspec import Meta, Struct, json, structs

from drawbar.flow.bill_state import BillState
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.word import approved_before
from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import ChargeApproved, DisputeClosed
from drawbar.freight.identity import key_for
from drawbar.freight.instant import Instant, utc
from drawbar.freight.invoice import InvoicePaid
from drawbar.freight.lineage import Receipt
from drawbar.freight.order import CustomerPaid
from drawbar.freight.reading import Reading
from drawbar.freight.stream import StreamKind
from drawbar.web.api.v1.body import decoded
from drawbar.web.api.v1.finance_check import (
    refuse_beyond_both,
    refuse_beyond_limit,
    refuse_closing,
    refuse_other_erp,
    refuse_payment,
    refuse_resolver,
)
from drawbar.web.api.v1.identity import fact_key
from drawbar.web.api.v1.inbound import Arriving, Inbound, TakenV1
from drawbar.web.api.v1.term import MoneyV1
from drawbar.web.api.v1.text import Line, Moment, Name, StopNumber, refuse_absurd
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope
from drawbar.web.problem import unknown

Because = Annotated[str, Meta(min_length=3, max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$(?!\n)")]

Said = TypeVar("Said", bound=Struct)

LineNumber = Annotated[int, Meta(ge=1, le=10_000)]


class ChargeApprovalV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Agree to pay a charge that the contract alone does not grant; said now unless it says when.

    A second approval in the same words is the same one. What is more than one person may approve
    waits until a second, other one approves it too.
    """

    shipment_ref: Name
    kind: ChargeKind
    money: MoneyV1
    approved_at: Moment | None = None
    reason: Because
    stop: StopNumber = 0

    def __post_init__(self) -> None:
        """Raise ``ValueError`` below zero or for an absurd time."""
        self.money.refuse_negative()
        refuse_absurd(self.approved_at)


class ChargeApprovalKeptV1(ChargeApprovalV1, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An approval as it is kept: with the role in which it was given, which the server adds."""

    role: Line = ""


class DisputeClosingV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """End a dispute about one line; ``conceded`` is what we pay of it after all, zero for none."""

    bill_ref: Name
    line: LineNumber
    conceded: MoneyV1
    closed_at: Moment | None = None
    reason: Because

    def __post_init__(self) -> None:
        """Raise ``ValueError`` below zero or for an absurd time."""
        self.conceded.refuse_negative()
        refuse_absurd(self.closed_at)


class DisputeClosingKeptV1(DisputeClosingV1, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The end of a dispute as it is kept: with the role of who closed it, which the server adds."""

    role: Line = ""


class CustomerPaymentV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A customer paid an invoice, or without ``invoice_ref`` something on account.

    ``payment_ref`` is the bank's number of the payment, or the ERP's where ``system`` names it: the
    ERP owns payments, and one that it reports too is the same by its number and counts once.
    """

    customer_ref: Name
    payment_ref: Name
    money: MoneyV1
    paid_at: Moment
    invoice_ref: Line = ""
    system: Line = ""

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for no money or less, or for an absurd time."""
        self.money.refuse_negative()
        if not self.money.money().amount:
            raise ValueError("the amount is zero; nothing was paid")
        refuse_absurd(self.paid_at)


def said_at(told: datetime | None, receipt: Receipt) -> Instant:
    """Return when somebody decided: as told, else when we learned of it."""
    return utc(told) if told else receipt.learned_at


@post("/v1/charge-approvals", status_code=HTTP_202_ACCEPTED, **policy(Scope.CHARGE_APPROVE))
def approve_charge(data: JSONBody[ChargeApprovalV1], inbound: Arriving) -> TakenV1:
    """Adjust what we agree to pay for a shipment, with a reason that stays for ever."""
    return take_approval(data, inbound)


@post("/v1/dispute-closings", status_code=HTTP_202_ACCEPTED, **policy(Scope.DISPUTE_CLOSE))
def close_dispute(data: JSONBody[DisputeClosingV1], inbound: Arriving) -> TakenV1:
    """Close a dispute about one line of a bill."""
    return take_closing(data, inbound)


@post("/v1/customer-payments", status_code=HTTP_202_ACCEPTED, **policy(Scope.PAYMENT_REPORT))
def report_payment(data: JSONBody[CustomerPaymentV1], inbound: Arriving) -> TakenV1:
    """Report a customer's payment; orders that wait for credit are looked at again."""
    company = inbound.settings.company
    if data.customer_ref not in company.customers:
        raise unknown("customer")
    refuse_other_erp(data.system, erp=company.policy.erp, is_on_invoice=bool(data.invoice_ref))
    if data.invoice_ref:
        state = inbound.must_know(StreamKind.CUSTOMER_INVOICE, data.invoice_ref)
        refuse_payment(state, customer_ref=data.customer_ref, money=data.money.money())
    return inbound.take("report-payment")


def take_approval(told: ChargeApprovalV1, inbound: Inbound) -> TakenV1:
    """Keep an approval and do it. Raise ``Refusal``: 403 beyond the limit, 404 for no shipment."""
    if not inbound.was_taken("approve-charge"):
        state = inbound.must_know(StreamKind.SHIPMENT, told.shipment_ref)
        who = inbound.caller
        before = approved_before(who.sender, state) if isinstance(state, ShipmentState) else ()
        refuse_beyond_both(told.money.money(), before, who, inbound.settings.company)
    kept = ChargeApprovalKeptV1(**structs.asdict(told), role=inbound.caller.role.value)
    return structs.replace(inbound, body=json.encode(kept)).take("approve-charge")


def waits_for_second(told: ChargeApprovalV1, inbound: Inbound) -> bool:
    """Return whether the approval that was taken is a proposal that another person must share."""
    state = inbound.must_know(StreamKind.SHIPMENT, told.shipment_ref)
    proposals = state.proposals if isinstance(state, ShipmentState) else ()
    said = (inbound.caller.sender, told.kind, told.stop, told.money.money())
    return said in {(one.approved_by, one.kind, one.stop, one.money) for one in proposals}


def take_closing(told: DisputeClosingV1, inbound: Inbound) -> TakenV1:
    """Keep the end of a dispute and do it. Raise ``Refusal``: 403, 404, 409 or 422."""
    if not inbound.was_taken("close-dispute"):
        state = inbound.must_know(StreamKind.FREIGHT_BILL, told.bill_ref)
        conceded, who = told.conceded.money(), inbound.caller
        refuse_closing(state, line=told.line, conceded=conceded)
        grants = state.granted if isinstance(state, BillState) else ()
        before = [one.money for one in grants if one.by == who.sender]
        if not _ended_before(state, told):
            refuse_resolver(state, conceded=conceded, who=who)
            if conceded.amount:
                inbound.refuse_editor(told.bill_ref)
            refuse_beyond_limit(conceded, before, who, inbound.settings.company)
    kept = DisputeClosingKeptV1(**structs.asdict(told), role=inbound.caller.role.value)
    return structs.replace(inbound, body=json.encode(kept)).take("close-dispute")


def _ended_before(state: Any, told: DisputeClosingV1) -> bool:
    return isinstance(state, BillState) and told.line in state.dropped


def read_approval(body: bytes, receipt: Receipt) -> Reading:
    """Read an approval; the sender of the message is who approved."""
    kept = decoded(body, ChargeApprovalKeptV1)
    told = _as_said(kept, ChargeApprovalV1)
    fact = ChargeApproved(
        key=fact_key("approval", receipt.sender, told.shipment_ref, body=told),
        happened_at=said_at(told.approved_at, receipt),
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        shipment_ref=told.shipment_ref,
        kind=told.kind,
        money=told.money.money(),
        stop=told.stop,
        approved_by=receipt.sender,
        role=kept.role,
        reason=told.reason,
    )
    return Reading(facts=(fact,))


def read_closing(body: bytes, receipt: Receipt) -> Reading:
    """Read the end of a dispute; the sender of the message is who closed it."""
    kept = decoded(body, DisputeClosingKeptV1)
    told = _as_said(kept, DisputeClosingV1)
    fact = DisputeClosed(
        key=fact_key("dispute-closed", told.bill_ref, str(told.line), body=told),
        happened_at=said_at(told.closed_at, receipt),
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        bill_ref=told.bill_ref,
        line=told.line,
        conceded=told.conceded.money(),
        closed_by=receipt.sender,
        role=kept.role,
        reason=told.reason,
    )
    return Reading(facts=(fact,))


def _as_said(kept: Struct, shape: type[Said]) -> Said:
    """Return what was said without the role: the same words again are the same fact."""
    return shape(**{name: getattr(kept, name) for name in shape.__struct_fields__})


def read_payment(body: bytes, receipt: Receipt) -> Reading:
    """Read a customer's payment: of an invoice of ours, else on account."""
    told = decoded(body, CustomerPaymentV1)
    paid = _of_invoice(told, receipt) if told.invoice_ref else _on_account(told, receipt)
    return Reading(facts=(paid,))


def _of_invoice(told: CustomerPaymentV1, receipt: Receipt) -> InvoicePaid:
    return InvoicePaid(
        key=_payment_key(told),
        happened_at=utc(told.paid_at),
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        invoice_ref=told.invoice_ref,
        money=told.money.money(),
        paid_on=told.paid_at.date(),  # the day there, by the offset that the sender gave
    )


def _on_account(told: CustomerPaymentV1, receipt: Receipt) -> CustomerPaid:
    return CustomerPaid(
        key=_payment_key(told),
        happened_at=utc(told.paid_at),
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        customer_ref=told.customer_ref,
        money=told.money.money(),
    )


def _payment_key(told: CustomerPaymentV1) -> str:
    """Return the key that the ERP's own report of the payment has, or one of the bank's number."""
    if told.system:
        return key_for(told.system, "payment", told.payment_ref)
    if told.invoice_ref:
        return key_for("api", "invoice-paid", told.invoice_ref, told.payment_ref)
    return key_for("api", "customer-paid", told.customer_ref, told.payment_ref)
