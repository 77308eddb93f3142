"""Every kind of fact there is, so that a stored fact can be read back as what it was."""

from drawbar.freight.delivery import DeliveryConfirmed, DocumentSeen
from drawbar.freight.freight_bill import (
    BillReceived,
    BillWaitExpired,
    ChargeApproved,
    DisputeClosed,
    VoucherPaid,
)
from drawbar.freight.history import BillRecorded, FreightRecorded, OrderRecorded
from drawbar.freight.invoice import InvoicePaid, InvoiceReady
from drawbar.freight.milestone import MilestoneReported, PodReceived
from drawbar.freight.order import (
    CreditFreed,
    CustomerPaid,
    OrderCancelled,
    OrderChanged,
    OrderReleased,
    ReceivablesStated,
    StockReserved,
)
from drawbar.freight.tender import DriverDispatched, TenderAnswered, TenderExpired
from drawbar.freight.wait import WaitExpired

AnyFact = (
    OrderReleased
    | OrderChanged
    | OrderCancelled
    | StockReserved
    | ReceivablesStated
    | CustomerPaid
    | CreditFreed
    | TenderAnswered
    | TenderExpired
    | DriverDispatched
    | MilestoneReported
    | PodReceived
    | BillReceived
    | BillWaitExpired
    | ChargeApproved
    | DisputeClosed
    | VoucherPaid
    | InvoiceReady
    | InvoicePaid
    | DeliveryConfirmed
    | DocumentSeen
    | OrderRecorded
    | BillRecorded
    | FreightRecorded
    | WaitExpired
)
