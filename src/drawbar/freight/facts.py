"""Every kind of fact there is, so that a stored fact can be read back as what it was."""

from drawbar.freight.delivery import AckReceived, DeliveryConfirmed, DocumentSeen
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
from drawbar.freight.invoice import InvoicePaid, InvoiceReady
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
from drawbar.freight.wait import WaitExpired

AnyFact = (
    OrderReleased
    | OrderChanged
    | OrderCancelled
    | ChangeRefused
    | StockReserved
    | ReceivablesStated
    | CustomerPaid
    | HoldReviewed
    | OrderDropped
    | TenderAnswered
    | TenderExpired
    | LoadOffered
    | LoadOfferedToAll
    | TenderWithdrawn
    | LoadRetendered
    | LoadHeld
    | HoldLifted
    | DriverDispatched
    | MilestoneReported
    | PodReceived
    | TruckSilent
    | BillReceived
    | BillDecided
    | BillAssigned
    | BillReviewed
    | BillWaitExpired
    | ChargeApproved
    | DisputeClosed
    | VoucherPaid
    | InvoiceReady
    | InvoicePaid
    | DeliveryConfirmed
    | DocumentSeen
    | AckReceived
    | OrderRecorded
    | BillRecorded
    | FreightRecorded
    | WaitExpired
)
