"""The run of a logistics firm: what each fact needs to know, and what follows from it."""

from collections.abc import Mapping
from typing import Any, Self

from msgspec import structs

from drawbar.cases.desk import assigned
from drawbar.flow import (
    account,
    acknowledgement,
    board,
    by_hand,
    cancellation,
    certified,
    change,
    chase,
    claim,
    claim_watch,
    customer_billing,
    customer_invoice_review,
    delivered,
    dispute_round,
    evidence,
    freight_bill,
    history,
    holding,
    index,
    milestone,
    order,
    payment,
    payment_payee,
    payment_run,
    period,
    planning,
    silence,
    tender,
    terms,
    wait,
)
from drawbar.flow.account import CustomerState
from drawbar.flow.aftermath import with_aftermath
from drawbar.flow.bill_state import BillState
from drawbar.flow.claim_state import ClaimState
from drawbar.flow.company import Company
from drawbar.flow.customer_invoice import InvoiceState, SeriesState
from drawbar.flow.decision import Decision, Known, Needs
from drawbar.flow.dispute_state import DisputeState
from drawbar.flow.history import PastBillState, PastOrderState, PastShipmentState
from drawbar.flow.index_state import IndexState, index_key, seeing
from drawbar.flow.needs import needs
from drawbar.flow.order_state import OrderState
from drawbar.flow.payment_payee import PayeeFact, PayeeState
from drawbar.flow.payment_run import RunFact
from drawbar.flow.payment_state import RunState
from drawbar.flow.period import PeriodState
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.case import Case
from drawbar.freight.certificate import FreightCertified
from drawbar.freight.chase import InvoiceMissing
from drawbar.freight.claim import (
    ClaimCredited,
    ClaimDue,
    ClaimFound,
    ClaimMadeGood,
    ClaimNetted,
    ClaimOpened,
    ClaimSaid,
)
from drawbar.freight.delivery import AckReceived, DeliveryConfirmed, DocumentSeen
from drawbar.freight.dispute import (
    CreditNoted,
    DisputeAnswered,
    DisputeSettled,
    DisputeUnanswered,
    LineContested,
    LineEnded,
)
from drawbar.freight.evidence import EvidenceReceived
from drawbar.freight.fact import Fact
from drawbar.freight.freight_bill import (
    BillAssigned,
    BillDecided,
    BillReceived,
    BillReviewed,
    BillWaitExpired,
    ChargeApproved,
    DisputeClosed,
    VoucherPaid,
)
from drawbar.freight.history import BillRecorded, FreightRecorded, OrderRecorded
from drawbar.freight.invoice import (
    BillingReviewed,
    InvoiceAsked,
    InvoiceContested,
    InvoiceCredited,
    InvoicePaid,
    InvoicePeriodEnded,
    InvoiceReady,
    InvoiceUpheld,
)
from drawbar.freight.milestone import MilestoneReported, PodReceived, TruckSilent
from drawbar.freight.order import (
    ChangeRefused,
    CustomerPaid,
    HoldReviewed,
    OrderCancelled,
    OrderChanged,
    OrderDropped,
    OrderReleased,
    ReceivablesStated,
    StockReserved,
)
from drawbar.freight.paper import PaperFiled
from drawbar.freight.payment import QuickPayAsked
from drawbar.freight.period import PeriodClosed, PeriodReopened
from drawbar.freight.receipt import ReceiptOverdue
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.freight.tender import ByHand, DriverDispatched, TenderAnswered, TenderExpired
from drawbar.freight.terms import TermsChanged
from drawbar.freight.wait import WaitExpired

STATES: Mapping[StreamKind, Any] = {
    StreamKind.CUSTOMER: CustomerState,
    StreamKind.ORDER: OrderState | PastOrderState,
    StreamKind.SHIPMENT: ShipmentState | PastShipmentState,
    StreamKind.FREIGHT_BILL: BillState | PastBillState,
    StreamKind.CUSTOMER_INVOICE: InvoiceState,
    StreamKind.NUMBER_SERIES: SeriesState,
    StreamKind.DISPUTE: DisputeState,
    StreamKind.CLAIM: ClaimState,
    StreamKind.INDEX: IndexState,
    StreamKind.PERIOD: PeriodState,
    StreamKind.PAYEE: PayeeState,
    StreamKind.PAYMENT_RUN: RunState,
}
"""What the stored state of each kind of stream is read back as."""


class FreightRun:
    """The flow under one company's decisions, as the engine asks it."""

    def __init__(self, company: Company) -> None:
        """Decide under ``company`` from now on."""
        self.company = company

    def under(self, company: Company) -> Self:
        """Return the same flow under another version of the company folder."""
        return type(self)(company)

    def needs(self, fact: Fact) -> Needs:
        """Return which streams and names the decision about ``fact`` must know."""
        asked = needs(fact, self.company)  # type: ignore[arg-type]  # every Fact is one of AnyFact
        published = tuple(map(index_key, self.company.sources))
        return structs.replace(asked, reads=published) if published else asked

    def decide(self, fact: Fact, known: Known) -> Decision:
        """Return everything that follows from ``fact``, each entry in an open period."""
        company = seeing(self.company, known)
        decision = customer_invoice_review.woken(decide(fact, known, company), fact, known)
        return period.in_the_books(decision, known, company)

    def on_desk(self, case: Case) -> Case:
        """Return a new case on the desk, and due, as the firm says."""
        return assigned(case, self.company.policy.cases)

    def state_type(self, kind: StreamKind) -> Any:
        """Return what the stored states of ``kind`` are decoded into."""
        return STATES[kind]

    def board(self, key: StreamKey, state: Any) -> Mapping[str, object]:
        """Return the searchable columns of a stream."""
        assert key.kind in STATES
        return board.row(state)


def decide(fact: Fact, known: Known, company: Company) -> Decision:
    """Return everything that follows from ``fact``, given what is known."""
    return with_aftermath(_decided(fact, known, company), fact, known, company)


def _decided(fact: Fact, known: Known, company: Company) -> Decision:
    match fact:
        case OrderReleased() | HoldReviewed():
            return order.decide(fact, known, company)
        case OrderChanged():
            return change.decide(fact, known, company)
        case OrderCancelled():
            return cancellation.decide(fact, known, company)
        case StockReserved():
            return planning.stocked(fact, known, company)
        case ReceivablesStated() | CustomerPaid() | OrderDropped():
            used = account.account_of(fact.customer_ref, known, currency=company.currency)
            return account.decide(fact, used, known)
        case BillReceived() | BillReviewed() | BillWaitExpired() | DisputeClosed() | VoucherPaid():
            return freight_bill.decide(fact, known, company)
        case BillDecided() | BillAssigned():
            return freight_bill.decide(fact, known, company)
        case OrderRecorded() | BillRecorded() | FreightRecorded():
            return history.decide(fact, known, company)
        case _:
            return _on_the_way(fact, known, company)


def _on_the_way(fact: Fact, known: Known, company: Company) -> Decision:
    match fact:
        case TenderAnswered():
            return tender.answered(fact, known, company)
        case TenderExpired():
            return tender.expired(fact, known, company)
        case DriverDispatched():
            return tender.driver_dispatched(fact, known, company)
        case AckReceived():
            return acknowledgement.acknowledged(fact, known, company)
        case ReceiptOverdue():
            return acknowledgement.overdue(fact)
        case MilestoneReported():
            return milestone.reported(fact, known, company)
        case PodReceived():
            return milestone.pod_received(fact, known, company)
        case EvidenceReceived():
            return evidence.received(fact, known, company)
        case FreightCertified():
            return certified.certified(fact, known, company)
        case ChargeApproved():
            return milestone.approved(fact, known, company)
        case (
            InvoiceReady()
            | InvoiceAsked()
            | InvoicePeriodEnded()
            | InvoiceCredited()
            | InvoiceContested()
            | InvoiceUpheld()
            | InvoicePaid()
            | BillingReviewed()
            | PaperFiled()
        ):
            return customer_billing.decide(fact, known, company)
        case DeliveryConfirmed():
            return delivered.confirmed(fact, known, company)
        case DocumentSeen():
            return delivered.seen(fact, known)
        case WaitExpired():
            return wait.gave_up(fact)
        case _:
            return _at_the_desk(fact, known, company)


def _at_the_desk(fact: Fact, known: Known, company: Company) -> Decision:
    if isinstance(fact, ByHand):
        return by_hand.decide(fact, known, company)
    if isinstance(fact, index.IndexFact):
        return index.decide(fact, known, company)
    if isinstance(fact, RunFact):
        return payment_run.decide(fact, known, company)
    if isinstance(fact, PayeeFact):
        return payment_payee.decide(fact, known, company)
    match fact:
        case ChangeRefused():
            return holding.change_refused(fact, known, company)
        case PeriodClosed() | PeriodReopened():
            return period.decide(fact, known, company)
        case QuickPayAsked():
            return payment.asked_early(fact, known)
        case TruckSilent():
            return silence.fell(fact, known, company)
        case TermsChanged():
            return terms.changed(fact, known, company)
        case InvoiceMissing():
            return chase.listed(fact, known, company)
        case _:
            return _beside_the_bills(fact, known, company)


def _beside_the_bills(fact: Fact, known: Known, company: Company) -> Decision:
    match fact:
        case LineContested() | LineEnded() | CreditNoted() | DisputeAnswered():
            return dispute_round.decide(fact, known, company)
        case DisputeSettled() | DisputeUnanswered():
            return dispute_round.decide(fact, known, company)
        case ClaimMadeGood():
            return claim_watch.claimed_back(fact, known, company)
        case ClaimCredited():
            return claim.decide(fact, known, company)
        case ClaimOpened() | ClaimFound() | ClaimSaid() | ClaimNetted() | ClaimDue():
            return claim.decide(fact, known, company)
        case _:
            raise TypeError(f"nobody decides a {type(fact).__name__}")
