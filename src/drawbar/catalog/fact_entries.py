"""The facts that move our streams: who answers for each, and which streams it moves.

What a fact is about stands at its type; here stands whose it is.
"""

import inspect
from typing import get_args

from drawbar.catalog.entry import Entry, EntryKind
from drawbar.freight.fact import Fact
from drawbar.freight.facts import AnyFact

DISPUTE, CLAIM = "dispute", "claim"
PAYEE, PAYMENT_RUN, PERIOD = "payee", "payment_run", "period"
DISPATCH, FINANCE, SERVICE = "dispatch", "finance", "service"
SALES, INTEGRATION = "sales", "integration"
CUSTOMER, ORDER, SHIPMENT = "customer", "order", "shipment"
BILL, INVOICE, SERIES = "freight_bill", "customer_invoice", "number_series"

INDEX = "index"

_WHOSE: dict[str, tuple[str, tuple[str, ...]]] = {
    # the fact: its owner, the streams that it moves
    "OrderReleased": (SERVICE, (CUSTOMER, ORDER, SHIPMENT)),
    "OrderChanged": (SERVICE, (CUSTOMER, ORDER, SHIPMENT)),
    "OrderCancelled": (SERVICE, (ORDER, SHIPMENT)),
    "ChangeRefused": (DISPATCH, (ORDER, SHIPMENT)),
    "StockReserved": (SERVICE, (ORDER, SHIPMENT)),
    "ReceivablesStated": (FINANCE, (CUSTOMER,)),
    "CustomerPaid": (FINANCE, (CUSTOMER,)),
    "HoldReviewed": (SALES, (CUSTOMER, ORDER, SHIPMENT)),
    "OrderDropped": (FINANCE, (CUSTOMER,)),
    "TenderAnswered": (DISPATCH, (SHIPMENT,)),
    "TenderExpired": (DISPATCH, (SHIPMENT,)),
    "LoadOffered": (DISPATCH, (SHIPMENT,)),
    "LoadOfferedToAll": (DISPATCH, (SHIPMENT,)),
    "TenderWithdrawn": (DISPATCH, (SHIPMENT,)),
    "LoadRetendered": (DISPATCH, (SHIPMENT,)),
    "LoadHeld": (DISPATCH, (SHIPMENT,)),
    "HoldLifted": (DISPATCH, (SHIPMENT,)),
    "DriverDispatched": (DISPATCH, (SHIPMENT,)),
    "MilestoneReported": (SERVICE, (SHIPMENT,)),
    "PodReceived": (SERVICE, (SHIPMENT,)),
    "FreightCertified": (SERVICE, (SHIPMENT,)),
    "EvidenceReceived": (FINANCE, (SHIPMENT,)),
    "IndexPublished": (FINANCE, (INDEX,)),
    "ExchangePublished": (FINANCE, (INDEX,)),
    "IndexAwaited": (FINANCE, (SHIPMENT, INDEX)),
    "IndexCorrected": (FINANCE, (SHIPMENT, INDEX)),
    "IndexReviewed": (FINANCE, (SHIPMENT,)),
    "TruckSilent": (DISPATCH, (SHIPMENT,)),
    "BillReceived": (FINANCE, (BILL, SHIPMENT)),
    "BillDecided": (FINANCE, (BILL, SHIPMENT)),
    "BillAssigned": (FINANCE, (BILL, SHIPMENT)),
    "BillReviewed": (FINANCE, (BILL, SHIPMENT)),
    "BillWaitExpired": (FINANCE, (BILL, SHIPMENT)),
    "ChargeApproved": (FINANCE, (SHIPMENT,)),
    "DisputeClosed": (FINANCE, (BILL, SHIPMENT)),
    "LineContested": (FINANCE, (DISPUTE,)),
    "LineEnded": (FINANCE, (DISPUTE,)),
    "CreditNoted": (FINANCE, (DISPUTE,)),
    "ClaimCredited": (FINANCE, (CLAIM,)),
    "ClaimMadeGood": (FINANCE, (SHIPMENT,)),
    "DisputeAnswered": (FINANCE, (DISPUTE,)),
    "DisputeSettled": (FINANCE, (DISPUTE,)),
    "DisputeUnanswered": (FINANCE, (DISPUTE,)),
    "ClaimOpened": (FINANCE, (CLAIM, BILL)),
    "ClaimFound": (SERVICE, (CLAIM,)),
    "ClaimSaid": (SERVICE, (CLAIM,)),
    "ClaimNetted": (FINANCE, (CLAIM,)),
    "ClaimDue": (SERVICE, (CLAIM,)),
    "InvoiceMissing": (FINANCE, (SHIPMENT,)),
    "VoucherPaid": (FINANCE, (BILL, SHIPMENT)),
    "QuickPayAsked": (FINANCE, (BILL,)),
    "PayeeChangeAsked": (FINANCE, (PAYEE,)),
    "PayeeChangeConfirmed": (FINANCE, (PAYEE,)),
    "PayeeChangeRefused": (FINANCE, (PAYEE,)),
    "PaymentRunProposed": (FINANCE, (BILL, PAYMENT_RUN)),
    "PaymentRunApproved": (FINANCE, (PAYMENT_RUN,)),
    "PaymentRunReleased": (FINANCE, (BILL, CLAIM, PAYMENT_RUN)),
    "PaymentRunDropped": (FINANCE, (BILL, PAYMENT_RUN)),
    "PaymentConfirmed": (FINANCE, (BILL, PAYMENT_RUN)),
    "PaymentReturned": (FINANCE, (BILL, PAYMENT_RUN)),
    "PeriodClosed": (FINANCE, (PERIOD,)),
    "PeriodReopened": (FINANCE, (PERIOD,)),
    "InvoiceReady": (FINANCE, (CUSTOMER, SHIPMENT, SERIES)),
    "BillingReviewed": (FINANCE, (SHIPMENT,)),
    "PaperFiled": (SERVICE, (SHIPMENT,)),
    "InvoicePeriodEnded": (FINANCE, (CUSTOMER, SHIPMENT, SERIES)),
    "InvoiceAsked": (FINANCE, (CUSTOMER, SHIPMENT, SERIES)),
    "InvoiceCredited": (FINANCE, (CUSTOMER, SHIPMENT, INVOICE, SERIES)),
    "InvoiceContested": (FINANCE, (INVOICE,)),
    "InvoiceUpheld": (FINANCE, (INVOICE,)),
    "InvoicePaid": (FINANCE, (INVOICE,)),
    "DeliveryConfirmed": (INTEGRATION, (ORDER, SHIPMENT, BILL, INVOICE)),
    "DocumentSeen": (FINANCE, (SHIPMENT, BILL, INVOICE)),
    "AckReceived": (INTEGRATION, (SHIPMENT, BILL)),
    "ReceiptOverdue": (INTEGRATION, (SHIPMENT, BILL)),
    "OrderRecorded": (INTEGRATION, (ORDER, SHIPMENT)),
    "BillRecorded": (INTEGRATION, (BILL, SHIPMENT)),
    "FreightRecorded": (INTEGRATION, (SHIPMENT,)),
    "WaitExpired": (INTEGRATION, ()),
    "TermsChanged": (FINANCE, (SHIPMENT, BILL, INVOICE)),
}


class UncataloguedFact(ValueError):
    """A fact nobody answers for. Add its owner and its streams to the table above."""


def fact_types() -> tuple[type[Fact], ...]:
    """Return every type of fact, in the order of ``AnyFact``."""
    return get_args(AnyFact)


def fact_entries() -> tuple[Entry, ...]:
    """Return the entry of every fact. Raise ``UncataloguedFact``."""
    return tuple(_entry(fact) for fact in fact_types())


def _entry(fact: type[Fact]) -> Entry:
    name = fact.__name__
    if name not in _WHOSE:
        raise UncataloguedFact(name)
    owner, consumers = _WHOSE[name]
    about = (inspect.getdoc(fact) or "").split("\n\n")[0]
    return Entry(name=name, kind=EntryKind.FACT, owner=owner, consumers=consumers, about=about)
