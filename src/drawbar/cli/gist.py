"""What a fact says, in half a line: who, what, how much; the decision's notes stand beside it."""

from collections.abc import Iterable

from drawbar.cli.gist_contest import of_contest
from drawbar.freight.certificate import FreightCertified
from drawbar.freight.delivery import AckReceived, DeliveryConfirmed, DocumentSeen
from drawbar.freight.evidence import EvidenceReceived
from drawbar.freight.fact import Fact
from drawbar.freight.freight_bill import (
    BillReceived,
    BillReviewed,
    BillWaitExpired,
    ChargeApproved,
    DisputeClosed,
    VoucherPaid,
)
from drawbar.freight.history import BillRecorded, FreightRecorded, OrderRecorded
from drawbar.freight.index import (
    ExchangePublished,
    IndexAwaited,
    IndexCorrected,
    IndexPublished,
    IndexReviewed,
)
from drawbar.freight.invoice import (
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
    HoldReviewed,
    Order,
    OrderCancelled,
    OrderChanged,
    OrderReleased,
    StockReserved,
)
from drawbar.freight.receipt import ReceiptOverdue
from drawbar.freight.tender import (
    DriverDispatched,
    HoldLifted,
    LoadHeld,
    LoadOffered,
    LoadOfferedToAll,
    LoadRetendered,
    TenderAnswered,
    TenderExpired,
    TenderWithdrawn,
)


def gist(fact: Fact) -> str:
    """Return what ``fact`` says; empty for one whose name says it all."""
    of_work = _of_load(fact) or _by_hand(fact) or _of_road(fact)
    return of_work or _of_money(fact) or of_contest(fact) or _of_systems(fact)


def _of_load(fact: Fact) -> str:
    match fact:
        case OrderReleased() | OrderChanged():
            return _order(fact.order)
        case OrderCancelled():
            return _phrase("order", fact.order_ref, fact.reason)
        case HoldReviewed():
            return f"order {fact.order_ref} of {fact.customer_ref}"
        case StockReserved():
            pieces = sum(fact.pieces.values())
            return f"{pieces} pieces for order {fact.order_ref} as {fact.reservation}"
        case TenderAnswered():
            pro = f"PRO {fact.pro}" if fact.pro else ""
            return _phrase(fact.carrier_ref, fact.answer.value, pro, fact.reason)
        case TenderExpired():
            return f"{fact.tender_ref} was not answered"
        case OrderRecorded():
            return f"past order {fact.order.order_ref}"
        case _:
            return ""


def _by_hand(fact: Fact) -> str:
    match fact:
        case LoadOffered():
            rate = f"at {fact.rate}" if fact.rate else ""
            return _phrase("to", fact.carrier_ref, rate, "by", fact.offered_by) + f": {fact.reason}"
        case LoadOfferedToAll():
            return f"by {fact.offered_by}: {fact.reason}"
        case TenderWithdrawn():
            return f"{fact.tender_ref} by {fact.withdrawn_by}: {fact.reason}"
        case LoadRetendered():
            return f"to the next carrier by {fact.retendered_by}: {fact.reason}"
        case LoadHeld():
            return f"by {fact.held_by}: {fact.reason}"
        case HoldLifted():
            return f"by {fact.lifted_by}: {fact.reason}"
        case ChangeRefused():
            return f"revision {fact.revision} by {fact.refused_by}: {fact.reason}"
        case _:
            return ""


def _order(placed: Order) -> str:
    first, last = placed.pickup.place, placed.delivery.place
    way = f"{first.city} {first.region} → {last.city} {last.region}"
    revision = f", revision {placed.revision}" if placed.revision > 1 else ""
    order = f"order {placed.order_ref}{revision} of {placed.customer_ref}"
    return f"{order}: {way}, {placed.pieces} pieces, {placed.weight_lb:,f} lb"


def _of_road(fact: Fact) -> str:
    match fact:
        case DriverDispatched():
            return f"{fact.carrier_ref} sent a driver"
        case MilestoneReported():
            stop = f"at stop {fact.stop}" if fact.stop else ""
            what = fact.milestone.value.replace("_", " ")
            told = f"says {fact.reported_by} ({fact.source.value})"
            return _phrase(what, stop, told, fact.reason)
        case TruckSilent():
            return f"nothing was heard of {fact.shipment_ref}"
        case PodReceived():
            signed = f"signed by {fact.signer}" if fact.signer else "not signed"
            on = f"on {fact.signed_on}" if fact.signed_on else ""
            pieces = f"{fact.pieces} pieces" if fact.pieces is not None else ""
            return _phrase(signed, on, pieces, fact.notes)
        case IndexPublished():
            return f"{fact.index} is {fact.price} on {fact.price_on}"
        case ExchangePublished():
            return f"{fact.source}: {fact.rate} {fact.quote} for one {fact.base} on {fact.rate_on}"
        case IndexCorrected():
            return fact.text
        case IndexAwaited() | IndexReviewed():
            return f"{fact.shipment_ref} by {fact.index}"
        case EvidenceReceived():
            over = f"over {fact.money}" if fact.money else ""
            at = f"at stop {fact.stop}" if fact.stop else ""
            kind = fact.charge.value.replace("_", " ")
            return _phrase(fact.evidence.value, over, f"for {kind}", at, fact.reason)
        case FreightCertified():
            weight = f"{fact.weight_lb:,f} lb" if fact.weight_lb is not None else ""
            of_class = f"class {fact.freight_class}" if fact.freight_class else ""
            return _phrase(f"certificate {fact.certificate_ref}", fact.sku, weight, of_class)
        case _:
            return ""


def _of_money(fact: Fact) -> str:
    match fact:
        case BillReceived(bill=bill):
            return f"{bill.carrier_ref} bills {bill.total} as {bill.invoice_number}"
        case BillReviewed():
            return f"{fact.bill_ref}: {fact.why}"
        case BillWaitExpired():
            return f"{fact.bill_ref} waited for its shipment in vain"
        case ChargeApproved():
            what = f"{fact.kind.value} {fact.money}"
            return f"{what} approved by {fact.approved_by}: {fact.reason}"
        case DisputeClosed():
            line = f"{fact.bill_ref} line {fact.line}"
            return f"{line}: {fact.conceded} conceded by {fact.closed_by}: {fact.reason}"
        case VoucherPaid():
            return f"{fact.money} paid on {fact.paid_on} for {fact.bill_ref} as {fact.document}"
        case InvoiceReady():
            return f"{fact.customer_ref} may be invoiced"
        case InvoicePeriodEnded():
            return f"the period of {fact.customer_ref} ended at {fact.period.until:%Y-%m-%d %H:%M}"
        case InvoiceAsked():
            return f"{len(fact.shipment_refs)} shipments released by {fact.released_by}"
        case InvoiceCredited():
            return f"{fact.invoice_ref} credited by {fact.credited_by}: {fact.reason}"
        case InvoiceContested():
            return f"{fact.money} of line {fact.line} of {fact.invoice_ref} is disputed"
        case InvoiceUpheld():
            return f"dispute of line {fact.line} refused by {fact.decided_by}: {fact.reason}"
        case InvoicePaid():
            return f"{fact.money} received on {fact.paid_on} for {fact.invoice_ref}"
        case BillRecorded() | FreightRecorded():
            return f"past cost of {fact.shipment_ref}"
        case _:
            return ""


def _of_systems(fact: Fact) -> str:
    match fact:
        case DeliveryConfirmed():
            return f"{fact.system} did {fact.delivery_kind} {fact.business_key}: {fact.document}"
        case DocumentSeen():
            held = f"{fact.system} holds {fact.business_key} as {fact.document}"
            return f"{held}, {fact.state}, {fact.total}"
        case AckReceived():
            word = "could read" if fact.accepted else "could not read"
            return _phrase(fact.partner, word, f"our message {fact.control}", fact.text)
        case ReceiptOverdue():
            way = f"; other way: {fact.fallback}" if fact.fallback else ""
            return f"{fact.system} has not confirmed {fact.control}{way}"
        case _:
            return ""


def _phrase(*parts: str) -> str:
    return " ".join(_filled(parts))


def _filled(parts: Iterable[str]) -> Iterable[str]:
    return (part for part in parts if part)
