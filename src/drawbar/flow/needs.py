"""Which stories a fact touches: those it names outright, and those that its references lead to."""

from collections.abc import Iterable

from drawbar.flow.attribute_key import keys_of_move
from drawbar.flow.books import of_the_books, payee
from drawbar.flow.company import Company
from drawbar.flow.contest import of_the_contest
from drawbar.flow.decision import Needs
from drawbar.flow.factoring import carriers_of, spoken_for
from drawbar.flow.index_state import figure_key, index_key
from drawbar.flow.invoice_needs import to_invoice
from drawbar.flow.receipt_name import keys_named
from drawbar.freight.certificate import FreightCertified
from drawbar.freight.chase import InvoiceMissing
from drawbar.freight.claim import ClaimOpened
from drawbar.freight.delivery import AckReceived, DeliveryConfirmed, DocumentSeen
from drawbar.freight.evidence import EvidenceReceived
from drawbar.freight.facts import AnyFact
from drawbar.freight.freight_bill import (
    BillAssigned,
    BillDecided,
    BillReceived,
    BillReviewed,
    BillWaitExpired,
    ChargeApproved,
    DisputeClosed,
    FreightBill,
    VoucherPaid,
)
from drawbar.freight.history import BillRecorded, FreightRecorded, OrderRecorded
from drawbar.freight.identity import shipment_ref_of
from drawbar.freight.index import (
    ExchangePublished,
    IndexAwaited,
    IndexCorrected,
    IndexPublished,
    IndexReviewed,
    figure_name,
)
from drawbar.freight.invoice import (
    BillingReviewed,
    InvoiceContested,
    InvoicePaid,
    InvoiceUpheld,
)
from drawbar.freight.milestone import MilestoneReported, PodReceived, TruckSilent
from drawbar.freight.order import (
    ChangeRefused,
    CustomerPaid,
    HoldReviewed,
    Order,
    OrderCancelled,
    OrderChanged,
    OrderDropped,
    OrderReleased,
    ReceivablesStated,
    StockReserved,
)
from drawbar.freight.paper import PaperFiled
from drawbar.freight.payment import (
    PaymentConfirmed,
    PaymentReturned,
    PaymentRunApproved,
    PaymentRunDropped,
    PaymentRunReleased,
)
from drawbar.freight.receipt import ReceiptOverdue
from drawbar.freight.reference import PARTY_SCOPED, Reference, ReferenceKey, ReferenceKind
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.freight.tender import ByHand, DriverDispatched, TenderAnswered, TenderExpired
from drawbar.freight.terms import TermsChanged
from drawbar.freight.wait import WaitExpired
from drawbar.matching.correction import numbers_meant
from drawbar.settlement.payee import Unheard, recognise

ORDER_REF_LONGEST = 40


def customer(ref: str) -> StreamKey:
    """Return the story of a customer's account."""
    return StreamKey(StreamKind.CUSTOMER, ref)


def order(ref: str) -> StreamKey:
    """Return the story of an order."""
    return StreamKey(StreamKind.ORDER, ref)


def shipment(ref: str) -> StreamKey:
    """Return the story of a shipment."""
    return StreamKey(StreamKind.SHIPMENT, ref)


def back_order_ref(order_ref: str, revision: int) -> str:
    """Return what the goods are ordered under that were missing for this revision of an order."""
    tail = f"-B{revision}"
    return order_ref[: ORDER_REF_LONGEST - len(tail)] + tail


def bill(ref: str) -> StreamKey:
    """Return the story of a freight bill."""
    return StreamKey(StreamKind.FREIGHT_BILL, ref)


def invoice(ref: str) -> StreamKey:
    """Return the story of a customer invoice."""
    return StreamKey(StreamKind.CUSTOMER_INVOICE, ref)


def keys_of(
    references: Iterable[Reference], *, party: str, company: Company
) -> tuple[ReferenceKey, ...]:
    """Return the distinct keys of what ``party`` wrote; its own numbers count as its own."""
    keys = [company.key_of(_owned(reference, party)) for reference in references]
    return tuple(dict.fromkeys(key for key in keys if key.value))


def needs(fact: AnyFact, company: Company) -> Needs:
    """Return the streams that ``decide`` must see, locked, to decide ``fact``."""
    match fact:
        case OrderReleased(order=new) | OrderChanged(order=new):
            return _order(new.order_ref, new.customer_ref, found_by(fact, company))
        case HoldReviewed(order_ref=ref, customer_ref=payer):
            return _order(ref, payer)
        case OrderCancelled(order_ref=ref):
            own = (order(ref), shipment(shipment_ref_of(ref)))
            return Needs(streams=own, found_by=found_by(fact, company))
        case StockReserved(order_ref=ref, revision=revision):
            missing = order(back_order_ref(ref, revision))
            return Needs(streams=(order(ref), missing, shipment(shipment_ref_of(ref))))
        case ReceivablesStated() | CustomerPaid():
            return Needs(streams=(customer(fact.customer_ref),))
        case OrderDropped():
            return Needs(streams=(customer(fact.customer_ref), order(fact.order_ref)))
        case TenderExpired() | ChargeApproved() | TermsChanged():
            return Needs(streams=(shipment(fact.shipment_ref),))
        case InvoicePaid() | InvoiceContested() | InvoiceUpheld():
            return Needs(streams=(invoice(fact.invoice_ref),))
        case DeliveryConfirmed() | ReceiptOverdue():
            return Needs(streams=(fact.stream,))
        case OrderRecorded():
            return Needs(streams=(order(fact.order.order_ref), shipment(fact.shipment_ref)))
        case WaitExpired():
            return Needs()
        case (
            BillReceived()
            | BillReviewed()
            | BillWaitExpired()
            | VoucherPaid()
            | DisputeClosed()
            | BillDecided()
            | BillAssigned()
        ):
            return _bill(fact, company)
        case BillRecorded():
            return Needs(streams=(bill(fact.bill.bill_ref), shipment(fact.shipment_ref)))
        case _:
            return to_invoice(fact, company) or _named(fact, company)


def found_by(fact: AnyFact, company: Company) -> tuple[ReferenceKey, ...]:
    """Return the names by which ``fact`` speaks of a shipment or document; empty for most."""
    match fact:
        case TenderAnswered() | DriverDispatched():
            return keys_of(fact.references, party=fact.carrier_ref, company=company)
        case MilestoneReported() | PodReceived() | FreightCertified() | EvidenceReceived():
            return keys_of(fact.references, party=fact.reported_by, company=company)
        case BillReceived():
            return _named_on(fact.bill, company)
        case OrderReleased(order=Order(revision=1)):
            return ()  # nothing older is known under its name
        case OrderReleased(order=Order(order_ref=ref)) | OrderChanged(order=Order(order_ref=ref)):
            return (company.key_of(Reference(ReferenceKind.ORDER, ref)),)
        case OrderCancelled(order_ref=ref):
            return (company.key_of(Reference(ReferenceKind.ORDER, ref)),)
        case ClaimOpened():
            return (company.key_of(Reference(ReferenceKind.BILL, fact.bill_ref)),)
        case DocumentSeen():
            return (ReferenceKey(ReferenceKind.ERP_DOCUMENT, fact.business_key),)
        case AckReceived():
            return keys_named(fact)
        case FreightRecorded() if fact.other_ref:
            return (company.key_of(Reference(ReferenceKind.SHIPMENT, fact.other_ref)),)
        case IndexCorrected():
            return (figure_key(figure_name(fact.index, fact.figure_on)),)
        case PaymentConfirmed() | PaymentReturned():
            return (ReferenceKey(ReferenceKind.PAYMENT, fact.payment_ref),)
        case PaymentRunApproved() | PaymentRunReleased() | PaymentRunDropped():
            return (ReferenceKey(ReferenceKind.PAYMENT, fact.run_ref),)
        case _:
            return ()


def _named_on(billed: FreightBill, company: Company) -> tuple[ReferenceKey, ...]:
    """Return the names on a bill; a factor's numbers may be those of any carrier it bills for.

    Its attributes come last: they count where no other name leads anywhere.
    """
    keys: dict[ReferenceKey, None] = {}
    for carrier_ref in carriers_of(billed, company):
        own = spoken_for(billed, carrier_ref)
        said = (*own.references, *numbers_meant(own))
        keys |= dict.fromkeys(keys_of(said, party=carrier_ref, company=company))
    return tuple(dict.fromkeys((*keys, *keys_of_move(billed, company))))


def _order(order_ref: str, customer_ref: str, found_by: tuple[ReferenceKey, ...] = ()) -> Needs:
    streams = (customer(customer_ref), order(order_ref), shipment(shipment_ref_of(order_ref)))
    return Needs(streams=streams, found_by=found_by)


def _bill(
    fact: BillReceived
    | BillReviewed
    | BillWaitExpired
    | VoucherPaid
    | DisputeClosed
    | BillDecided
    | BillAssigned,
    company: Company,
) -> Needs:
    if isinstance(fact, BillReceived):
        names = found_by(fact, company)
        own = (bill(fact.bill.bill_ref), *_payee_asked(fact.bill, company))
        return Needs(streams=own, found_by=names)
    own_name = company.key_of(Reference(ReferenceKind.BILL, fact.bill_ref))
    meant = (shipment(fact.shipment_ref),) if isinstance(fact, BillAssigned) else ()
    return Needs(streams=(bill(fact.bill_ref), *meant), found_by=(own_name,))


def _payee_asked(billed: FreightBill, company: Company) -> tuple[StreamKey, ...]:
    """Return what was said of how a carrier is paid, where its file alone does not settle it."""
    carrier = company.carriers.get(billed.carrier_ref)
    if carrier is None or not billed.remit_to:
        return ()
    outcome = recognise(billed.remit_to, carrier, on=billed.billed_on)
    return (payee(billed.carrier_ref),) if isinstance(outcome, Unheard) else ()


def _named(fact: AnyFact, company: Company) -> Needs:
    return Needs(found_by=found_by(fact, company), streams=_named_outright(fact))


def _named_outright(fact: AnyFact) -> tuple[StreamKey, ...]:
    """Return the load that history, a dispatcher or a deadline speaks of."""
    if isinstance(fact, ChangeRefused):
        return (order(fact.order_ref), shipment(shipment_ref_of(fact.order_ref)))
    if isinstance(
        fact, FreightRecorded | TruckSilent | ByHand | BillingReviewed | PaperFiled | InvoiceMissing
    ):
        return (shipment(fact.shipment_ref),)
    return _of_the_market(fact) or of_the_books(fact) or of_the_contest(fact)


def _owned(reference: Reference, party: str) -> Reference:
    if reference.kind in PARTY_SCOPED and not reference.party:
        return Reference(reference.kind, reference.value, party)
    return reference


def _of_the_market(fact: AnyFact) -> tuple[StreamKey, ...]:
    """Return the index that a fact speaks of, and the load that waits for it."""
    match fact:
        case IndexPublished():
            return (index_key(fact.index),)
        case ExchangePublished():
            return (index_key(fact.source),)
        case IndexAwaited(order_ref=held) if held:
            return (index_key(fact.index),)
        case IndexAwaited():
            return (shipment(fact.shipment_ref), index_key(fact.index))
        case IndexReviewed():
            return (shipment(fact.shipment_ref),)
        case _:
            return ()
