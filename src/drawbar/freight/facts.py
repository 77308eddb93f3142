"""Every kind of fact there is, so that a stored fact can be read back as what it was."""

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
from drawbar.freight.index import (
    ExchangePublished,
    IndexAwaited,
    IndexCorrected,
    IndexPublished,
    IndexReviewed,
)
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
from drawbar.freight.payment import (
    PayeeChangeAsked,
    PayeeChangeConfirmed,
    PayeeChangeRefused,
    PaymentConfirmed,
    PaymentReturned,
    PaymentRunApproved,
    PaymentRunDropped,
    PaymentRunProposed,
    PaymentRunReleased,
    QuickPayAsked,
)
from drawbar.freight.period import PeriodClosed, PeriodReopened
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
from drawbar.freight.terms import TermsChanged
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
    | FreightCertified
    | EvidenceReceived
    | IndexPublished
    | ExchangePublished
    | IndexAwaited
    | IndexCorrected
    | IndexReviewed
    | PaperFiled
    | TruckSilent
    | BillReceived
    | BillDecided
    | BillAssigned
    | BillReviewed
    | BillWaitExpired
    | ChargeApproved
    | DisputeClosed
    | LineContested
    | LineEnded
    | CreditNoted
    | DisputeAnswered
    | DisputeSettled
    | DisputeUnanswered
    | ClaimOpened
    | ClaimFound
    | ClaimSaid
    | ClaimNetted
    | ClaimCredited
    | ClaimMadeGood
    | ClaimDue
    | InvoiceMissing
    | VoucherPaid
    | QuickPayAsked
    | PayeeChangeAsked
    | PayeeChangeConfirmed
    | PayeeChangeRefused
    | PaymentRunProposed
    | PaymentRunApproved
    | PaymentRunReleased
    | PaymentRunDropped
    | PaymentConfirmed
    | PaymentReturned
    | PeriodClosed
    | PeriodReopened
    | InvoiceReady
    | BillingReviewed
    | InvoicePeriodEnded
    | InvoiceAsked
    | InvoiceCredited
    | InvoiceContested
    | InvoiceUpheld
    | InvoicePaid
    | DeliveryConfirmed
    | DocumentSeen
    | AckReceived
    | ReceiptOverdue
    | OrderRecorded
    | BillRecorded
    | FreightRecorded
    | WaitExpired
    | TermsChanged
)
